/** What the server tells the workbench. */

export interface Figure {
  /** Its number in the document's annex; 0 for words of the period, which have no sources. */
  n: number;
  title: string;
  scope: string;
  /** Why it has no value. */
  note: string;
  typed: boolean;
  /** What it prints, by the aspects that a writer is offered; `others` say nothing of their own but may stand. */
  words: Record<string, string>;
  others: Record<string, string>;
}

export interface Setup {
  url: string;
  text: string;
  n: number;
  figured: string;
  figures: Record<string, Figure>;
  aspects: Record<string, string>;
  account: number;
  writes: boolean;
}

export interface Writer {
  session: string;
  name: string;
  place: number;
}

export interface Standing {
  n: number;
  text: string | null;
  by: string;
  sealed: boolean;
  figured: string;
  figures: number;
  variants: number;
  writers: Writer[];
}

export interface Indicator {
  code: string;
  title: string;
  unit: string;
}
