/** What lies on the phone: the kit of each account, entries, drafts, pictures. IndexedDB, written before anything is said to be kept. */
import type { Draft, Entry, Kept, Kit } from "./types";

type Store = "kits" | "entries" | "drafts" | "files" | "notes";
const KEYS: Record<Store, string> = { kits: "account.id", entries: "id", drafts: "id", files: "digest", notes: "name" };

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("tonggui-phone", 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(KEYS)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("indexedDB"));
  });
  return opened;
}

/** Run `work` on a store; resolves when the transaction is complete, so that what was put is on the disk. */
async function inside<T>(store: Store, mode: IDBTransactionMode, work: (one: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await database();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(store, mode);
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error("indexedDB"));
  });
}

const put = (store: Store, value: unknown): Promise<IDBValidKey> => inside(store, "readwrite", (one) => one.put(value));
const drop = (store: Store, key: IDBValidKey): Promise<undefined> => inside(store, "readwrite", (one) => one.delete(key));

export const keepKit = (kit: Kit): Promise<unknown> => put("kits", kit);
export const dropKit = (account: number): Promise<unknown> => drop("kits", account);
export const kitOf = (account: number): Promise<Kit | undefined> => inside("kits", "readonly", (one) => one.get(account));

export const keepEntry = (entry: Entry): Promise<unknown> => put("entries", entry);
export const dropEntry = (id: string): Promise<unknown> => drop("entries", id);
export const entry = (id: string): Promise<Entry | undefined> => inside("entries", "readonly", (one) => one.get(id));
/** Entries of every account on this phone, in the order in which they were made. */
export async function allEntries(): Promise<Entry[]> {
  const found: Entry[] = await inside("entries", "readonly", (one) => one.getAll());
  return found.sort((a, b) => a.order - b.order);
}

export const keepDraft = (draft: Draft): Promise<unknown> => put("drafts", draft);
export const dropDraft = (id: string): Promise<unknown> => drop("drafts", id);
export const draft = (id: string): Promise<Draft | undefined> => inside("drafts", "readonly", (one) => one.get(id));
export const allDrafts = (): Promise<Draft[]> => inside("drafts", "readonly", (one) => one.getAll());
export async function draftsOf(account: number): Promise<Draft[]> {
  const found = await allDrafts();
  return found.filter((one) => one.account === account).sort((a, b) => b.at.localeCompare(a.at));
}

export const keepFile = (file: Kept): Promise<unknown> => put("files", file);
export const dropFile = (digest: string): Promise<unknown> => drop("files", digest);
export const file = (digest: string): Promise<Kept | undefined> => inside("files", "readonly", (one) => one.get(digest));
export const allFiles = (): Promise<Kept[]> => inside("files", "readonly", (one) => one.getAll());

export const note = async <T>(name: string): Promise<T | undefined> =>
  (await inside<{ value: T } | undefined>("notes", "readonly", (one) => one.get(name)))?.value;
export const keepNote = (name: string, value: unknown): Promise<unknown> => put("notes", { name, value });
