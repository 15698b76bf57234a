/** The state of the page: whose it is, what the phone knows, how the line is, and what waits. Pages read it and ask it to act. */
import * as api from "./api";
import { fresh, remembered } from "./place";
import * as queue from "./queue";
import * as store from "./store";
import type { Entry, Form, Kit, Shown } from "./types";

type Listener = () => void;

class App {
  kit: Kit | null = null;
  line: queue.Line = navigator.onLine ? "online" : "offline";
  /** Entries of this account on this phone, in their order. */
  entries: Entry[] = [];
  /** Entries of other accounts that wait on this phone. */
  others = 0;
  busy = false;
  /** What the platform said when it could not give the kit. */
  trouble = "";
  /** The record that was last opened from the server, for its moves. */
  opened: Shown | undefined;
  private listeners: Listener[] = [];

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  get account(): number {
    return this.kit?.account.id ?? 0;
  }

  get waiting(): Entry[] {
    return this.entries.filter((one) => one.state === "waiting");
  }

  get refused(): Entry[] {
    return this.entries.filter((one) => one.state === "refused");
  }

  form(key: string): Form | undefined {
    return this.kit?.forms.find((one) => one.key === key);
  }

  /** The record as the phone keeps it. */
  record(ledger: string, number: string): Shown | undefined {
    return this.kit?.records[ledger]?.find((one) => one.number === number);
  }

  /** A move of the record that waits on this phone. */
  pendingMove(ledger: string, number: string): Entry | undefined {
    return this.entries.find((one) => one.kind === "move" && one.ledger === ledger && one.number === number && one.state !== "sent");
  }

  /** What the phone kept from last time, before anything is asked of the server. */
  async open(): Promise<void> {
    const last = await store.note<number>("account");
    if (last) this.kit = (await store.kitOf(last)) ?? null;
    await remembered();
    await this.read();
  }

  async read(): Promise<void> {
    const all = await store.allEntries();
    this.entries = all.filter((one) => one.account === this.account);
    this.others = all.filter((one) => one.account !== this.account && one.state !== "sent").length;
    this.tell();
  }

  /** Fetch the kit anew; true where the server gave one. */
  async refresh(): Promise<boolean> {
    try {
      const kit = await api.kit(fresh() ?? (await remembered()));
      await store.keepKit(kit);
      await store.keepNote("account", kit.account.id);
      this.kit = kit;
      [this.line, this.trouble] = ["online", ""];
      await this.read();
      return true;
    } catch (problem) {
      this.failed(problem);
      return false;
    }
  }

  /** Send what waits, then see what has become of the rest. */
  async send(): Promise<void> {
    if (this.busy || !this.account || this.waiting.length === 0) return;
    this.busy = true;
    this.tell();
    try {
      const told = await queue.send(this.account, () => void this.read());
      this.line = told.line;
      if (told.changed) await this.refresh();
    } finally {
      this.busy = false;
      await this.read();
    }
  }

  /** Fetch and send: on opening, when the line comes back, and by a tap. */
  async meet(): Promise<void> {
    if (await this.refresh()) await this.send();
  }

  failed(problem: unknown): void {
    if (problem instanceof api.LoginEnded) this.line = "login";
    else if (problem instanceof api.Offline) this.line = "offline";
    else if (problem instanceof api.Refused) this.trouble = problem.message;
    else throw problem;
    this.tell();
  }

  lost(): void {
    this.line = "offline";
    this.tell();
  }
}

export const app = new App();

export function go(hash: string): void {
  location.hash = hash;
}
