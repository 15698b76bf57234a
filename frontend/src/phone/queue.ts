/** The queue: entries wait on the phone until the server has said that it took them, and go one after another in their order.
 *
 * An entry that was refused stays with the server's words until its person corrects it or gives it up; those that rest
 * on it wait behind it, all others go on.
 */
import { giveEntry, giveFile, isLink, LoginEnded, Offline, Refused } from "./api";
import * as store from "./store";
import type { Entry, Refusal, Values } from "./types";

export type Line = "online" | "offline" | "login";

interface Told {
  /** The state of the line after a try. */
  line: Line;
  /** Whether an entry changed its state. */
  changed: boolean;
}

/** A new random id; made here, so that the entry has its name before anybody else knows of it. */
export function newId(): string {
  return crypto.randomUUID();
}

export async function add(entry: Omit<Entry, "order" | "state" | "made_at">): Promise<Entry> {
  const order = ((await store.note<number>("order")) ?? 0) + 1;
  await store.keepNote("order", order);
  const kept: Entry = { ...entry, order, state: "waiting", made_at: new Date().toISOString() };
  await store.keepEntry(kept);
  return kept;
}

/** Correct an entry under its own id: it goes again, as if it had never been refused. */
export async function correct(entry: Entry, changes: Partial<Entry>): Promise<void> {
  const { refusal: _, ...rest } = entry;
  await store.keepEntry({ ...rest, ...changes, state: "waiting" });
}

export async function own(account: number): Promise<Entry[]> {
  return (await store.allEntries()).filter((one) => one.account === account);
}

/** Ids of entries on which this one rests. */
export function restsOn(entry: Entry): string[] {
  const links = Object.values(entry.values).filter(isLink).filter((one) => "entry" in one);
  const found = links.map((one) => ("entry" in one ? one.entry : ""));
  return typeof entry.number === "object" ? [entry.number.entry, ...found] : found;
}

let sending: Promise<Told> | null = null;

/** Send what waits; several calls at once share one sending, and several open pages take turns. */
export function send(account: number, onStep: () => void): Promise<Told> {
  sending ??= locked(() => sendAll(account, onStep)).finally(() => {
    sending = null;
  });
  return sending;
}

async function locked(work: () => Promise<Told>): Promise<Told> {
  return "locks" in navigator ? navigator.locks.request("tonggui-phone-queue", work) : work();
}

async function sendAll(account: number, onStep: () => void): Promise<Told> {
  let changed = false;
  const held = new Set<string>();
  for (const entry of await own(account)) {
    if (entry.state === "sent") continue;
    if (entry.state === "refused" || restsOn(entry).some((id) => held.has(id))) {
      held.add(entry.id);
      continue;
    }
    try {
      await sendOne(entry);
    } catch (problem) {
      if (problem instanceof Offline) return { line: "offline", changed };
      if (problem instanceof LoginEnded) return { line: "login", changed };
      if (!(problem instanceof Refused)) throw problem;
      // Somebody else has logged in meanwhile: the entry is as good as before, and waits for its own person.
      if (problem.refusal.kind === "account") return { line: "login", changed };
      held.add(entry.id);
      // A fault of the platform, or something that has yet to come, is no judgement of the entry: it is tried again.
      if (passing(problem.refusal)) continue;
      await store.keepEntry({ ...entry, state: "refused", refusal: problem.refusal });
    }
    changed = true;
    onStep();
  }
  return { line: "online", changed };
}

function passing(refusal: Refusal): boolean {
  return refusal.status >= 500 || ["failed", "waits", "files", "damaged"].includes(refusal.kind);
}

async function sendOne(entry: Entry): Promise<void> {
  const files = filesOf(entry.values);
  for (const [field, digest] of files) {
    const kept = await store.file(digest);
    if (kept) await giveFile(entry.ledger, field, kept);
  }
  const answer = await giveEntry(entry);
  await store.keepEntry({ ...entry, state: "sent", answer });
  await sweep();
}

/** [field, digest] of the pictures of an entry; they alone are lists of SHA-256. */
export function filesOf(values: Values): [string, string][] {
  const found: [string, string][] = [];
  for (const [field, value] of Object.entries(values)) {
    if (Array.isArray(value)) for (const one of value) if (/^[0-9a-f]{64}$/.test(one)) found.push([field, one]);
  }
  return found;
}

const SENT_KEPT = 30;
const DAY_MS = 86_400_000;

/** Give up an entry for good; those that rest on it come back to their person. */
export async function giveUp(entry: Entry): Promise<void> {
  for (const other of await own(entry.account)) {
    if (other.state !== "sent" && restsOn(other).includes(entry.id)) {
      const detail = `它所依据的“${entry.title}”已放弃。请改填关联后重传，或一并放弃。`;
      await store.keepEntry({ ...other, state: "refused", refusal: { status: 409, kind: "orphan", detail } });
    }
  }
  await store.dropEntry(entry.id);
  await sweep();
}

/** Forget old entries that arrived, and pictures that nothing on this phone needs any more.
 *
 * A picture that belongs to nothing yet may belong to a form that is being filled, so it has a day.
 */
export async function sweep(): Promise<void> {
  const entries = await store.allEntries();
  const waiting = entries.filter((one) => one.state !== "sent");
  const rests = new Set(waiting.flatMap(restsOn));
  const sent = entries.filter((one) => one.state === "sent" && !rests.has(one.id));
  for (const old of sent.slice(0, Math.max(0, sent.length - SENT_KEPT))) await store.dropEntry(old.id);
  const digests = (values: Values): string[] => filesOf(values).map(([, digest]) => digest);
  const needed = new Set([...waiting, ...(await store.allDrafts())].flatMap((one) => digests(one.values)));
  const arrived = new Set(sent.flatMap((one) => digests(one.values)));
  for (const file of await store.allFiles()) {
    const forgotten = arrived.has(file.digest) || Date.now() - file.kept > DAY_MS;
    if (forgotten && !needed.has(file.digest)) await store.dropFile(file.digest);
  }
}
