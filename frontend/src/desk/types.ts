/** What the server says of a pass; the names are those of `web/desk/shown.py`. */

export interface Group {
  name: string;
  loads: number[];
  sum: number;
  limit: number | null;
  over: string;
  single: boolean;
}

export interface Medium {
  kind: string;
  title: string;
  src: string;
  away: string;
}

export interface Row {
  day: string;
  words: string;
  url: string;
}

export interface Pass {
  number: string;
  version: number;
  url: string;
  state: string;
  stateLabel: string;
  accept: { name: string; label: string } | null;
  plate: string;
  plateRear: string;
  example: boolean;
  facts: [string, string][];
  weights: [string, number][];
  excess: { kg: number; rate: string; fine: string };
  due: string | null;
  overdue: boolean;
  axles: Group[];
  doubts: { look: string; words: string }[];
  proofs: { title: string; holds: boolean; lacks: string }[];
  media: Medium[];
  links: { title: string; words: string; url: string }[];
  place: GeoJSON.Point | null;
  earlier: { count: number; rows: Row[] };
  cases: { count: number; rows: Row[] };
  case: Row | null;
  judgement: string;
  edition: string;
  readings: string[];
}

export interface Counts {
  today: number;
  waiting: number;
  looking: { name: string; passes: number }[];
}

export interface Reason {
  code: string;
  label: string;
}

export interface Setup {
  passes: Pass[];
  counts: Counts;
  reasons: Reason[];
  ahead: number;
  account: number;
}

/** A decision on its way: kept in the browser until the server has said what became of it. */
export interface Decision {
  number: string;
  plate: string;
  version: number;
  move: string;
  /** What was decided, in words. */
  label: string;
  reason: string;
  comment: string;
  /** When it is sent, in milliseconds of the browser's clock; until then it can be taken back. */
  sendAt: number;
  tries: number;
}
