/** Shapes of what the server gives (web/phone/kit.py, forms.py) and of what the phone keeps. */

export type Position = { longitude: number; latitude: number; accuracy: number; at: number };
/** [number, name, longitude, latitude] of a record that a link can name. */
export type Option = [string, string, number | null, number | null];

export interface Field {
  name: string;
  label: string;
  control: string;
  required: boolean;
  unit: string;
  hint: string;
  first: unknown;
  options?: [string, string][];
  to?: string;
}

export interface Move {
  label: string;
  to: string;
  comment: boolean;
  fields: Field[];
  from: string[];
  leads: string;
}

export interface Follow {
  ledger: string;
  label: string;
  carries: Record<string, string>;
}

export interface Form {
  key: string;
  ledger: string;
  menu: string;
  title: string;
  big: string;
  enters: boolean;
  then: string;
  nearest: string;
  fields: Field[];
  moves: Record<string, Move>;
  follows: Follow[];
}

export interface Shown {
  ledger: string;
  number: string;
  version: number;
  title: string;
  state: string;
  word: string;
  tone: string;
  due: string | null;
  at: [number, number] | null;
  rows: [string, string][];
  photos: string[];
  moves: string[];
  needs: Record<string, string[]>;
  values: Record<string, unknown>;
  url: string;
}

export interface Todo {
  title: string;
  url: string;
  ledger: string;
  step: string;
  due: string | null;
}

export interface Found {
  ledger: string;
  kind: string;
  number: string;
  title: string;
  word: string;
  tone: string;
  at: [number, number];
  metres: number;
  url: string;
}

export interface Sent {
  id: string;
  ledger: string;
  number: string;
  title: string;
  at: string;
}

export interface Kit {
  account: { id: number; name: string; unit: string };
  at: string;
  forms: Form[];
  options: Record<string, Option[]>;
  records: Record<string, Shown[]>;
  todos: Todo[];
  sent: Sent[];
}

/** A value of a form: words, several choices, or digests of files. A link is kept with the name that was shown. */
export type Value = string | string[] | LinkValue;
export type LinkValue = { number: string; name: string } | { entry: string; name: string };
export type Values = Record<string, Value>;

export interface Answer {
  ledger: string;
  number: string;
  title: string;
  word: string;
  url: string;
  received_at: string;
}

/** Why an entry was not taken: what the server said, with the record as it is now where there is one. */
export interface Refusal {
  status: number;
  kind: string;
  detail: string;
  errors?: Record<string, string>;
  now?: Shown | null;
  answer?: Answer;
  missing?: string[];
}

export interface Entry {
  id: string;
  account: number;
  order: number;
  kind: "create" | "move";
  ledger: string;
  title: string;
  values: Values;
  number?: string | { entry: string };
  version?: number;
  move?: string;
  comment?: string;
  /** The record as the phone had it when the move was entered. */
  seen?: Shown;
  made_at: string;
  state: "waiting" | "refused" | "sent";
  refusal?: Refusal;
  answer?: Answer;
}

export interface Draft {
  id: string;
  account: number;
  ledger: string;
  values: Values;
  at: string;
}

export interface Kept {
  digest: string;
  blob: Blob;
  name: string;
  /** When it was put on this phone, in milliseconds. */
  kept: number;
  taken: { at?: string; longitude?: number; latitude?: number; accuracy?: number };
}
