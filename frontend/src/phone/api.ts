/** Asking the server. A lost line, an ended login and a refusal are three different things, and each is said as itself. */
import type { Answer, Entry, Found, Kept, Kit, LinkValue, Option, Position, Refusal, Shown, Value } from "./types";

export class Offline extends Error {}
export class LoginEnded extends Error {}
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.detail);
  }
}

const PATIENCE_MS = 15_000;
const FILE_PATIENCE_MS = 120_000;

async function ask<T>(path: string, options: RequestInit = {}, patience = PATIENCE_MS): Promise<T> {
  const headers = new Headers(options.headers);
  if (options.method === "POST") headers.set("X-CSRFToken", cookie("csrftoken"));
  let answer: Response;
  const patient = new AbortController();
  const timer = window.setTimeout(() => patient.abort(), patience);
  try {
    answer = await fetch(`/m/${path}`, { ...options, headers, credentials: "same-origin", signal: patient.signal });
  } catch {
    throw new Offline();
  } finally {
    window.clearTimeout(timer);
  }
  if (answer.status === 401 || answer.redirected) throw new LoginEnded();
  if (answer.status === 502 || answer.status === 503 || answer.status === 504) throw new Offline();
  let body: unknown;
  try {
    body = await answer.json();
  } catch {
    // A page of somebody in between (a hotel's login, a proxy's error), or our own fault: nothing was taken.
    if (answer.status === 403) throw new LoginEnded();
    throw answer.ok ? new Offline() : new Refused({ status: answer.status, kind: "failed", detail: "平台出错，请稍后再试；填写的内容仍在本机。" });
  }
  if (!answer.ok) throw new Refused({ kind: "failed", detail: "平台没有接收。", ...(body as Partial<Refusal>), status: answer.status });
  return body as T;
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

const at = (place: Position | null, mark: string): string =>
  place ? `${mark}at=${place.longitude.toFixed(6)},${place.latitude.toFixed(6)}` : "";

export const kit = (place: Position | null): Promise<Kit> => ask(`kit.json${at(place, "?")}`, {}, 30_000);
export const near = (place: Position): Promise<{ found: Found[] }> => ask(`near.json${at(place, "?")}`);
export const record = (ledger: string, number: string): Promise<Shown> => ask(`records/${ledger}/${encodeURIComponent(number)}/`);
export const options = (ledger: string, name: string, words: string): Promise<{ options: Option[] }> =>
  ask(`options/${ledger}/${name}/?q=${encodeURIComponent(words)}`);

/** Give a file, unless the server has it: it is asked for by what is in it, so a lost answer costs nothing. */
export async function giveFile(ledger: string, field: string, kept: Kept): Promise<void> {
  const path = `files/${ledger}/${kept.digest}/`;
  const { held } = await ask<{ held: boolean }>(path);
  if (held) return;
  const body = new FormData();
  body.set("file", kept.blob, kept.name);
  body.set("field", field);
  body.set("taken", JSON.stringify(kept.taken));
  await ask(path, { method: "POST", body }, FILE_PATIENCE_MS);
}

export function giveEntry(entry: Entry): Promise<Answer> {
  const body = JSON.stringify({ ...sayable(entry), sent_at: new Date().toISOString() });
  return ask("entries/", { method: "POST", body, headers: { "Content-Type": "application/json" } });
}

/** An entry as the server reads it; the same words every time, since they tell a repetition from a change. */
function sayable(entry: Entry): Record<string, unknown> {
  const values = Object.fromEntries(Object.entries(entry.values).map(([name, value]) => [name, said(value)]));
  const { id, account, kind, ledger, made_at } = entry;
  const moved = kind === "move" ? { number: entry.number, version: entry.version, move: entry.move, comment: entry.comment ?? "" } : {};
  return { id, account, kind, ledger, made_at, values, ...moved };
}

function said(value: Value): unknown {
  return isLink(value) ? ("entry" in value ? { entry: value.entry } : value.number) : value;
}

export function isLink(value: unknown): value is LinkValue {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
