/**
 * Decisions on their way to the server.
 *
 * A decision waits some seconds before it is sent, so that it can be taken back as if it had never been; then it is
 * sent, and sent again until the server has said what became of it. It lies in the browser's own store, so a closed
 * page or a lost line loses none. The server takes a decision that comes twice once.
 */
import { ask, type Answer } from "./api";
import type { Counts, Decision, Pass } from "./types";

export const TAKE_BACK_MS = 5_000;
const AGAIN_MS = [2_000, 5_000, 15_000, 30_000];

export interface Decided {
  done: { number: string; state: string; stateLabel: string; url: string };
  passes: Pass[];
  counts: Counts;
  /** A refused pass as it stands now, and whether it still waits for this person. */
  pass: Pass;
  again: boolean;
}

export class Outbox {
  private waiting: Decision[];
  private sending = new Set<string>();
  private timer = 0;

  constructor(
    private readonly account: number,
    private readonly queue: () => Record<string, unknown>,
    private readonly tell: (decision: Decision, answer: Answer<Decided>) => void,
    private readonly changed: () => void,
  ) {
    this.waiting = this.read();
    addEventListener("online", () => this.sendDue(true));
    addEventListener("pagehide", () => this.flush(true));
    this.plan();
  }

  get all(): readonly Decision[] {
    return this.waiting;
  }

  /** Decisions that failed at least once and are sent again. */
  get stuck(): Decision[] {
    return this.waiting.filter((one) => one.tries > 0);
  }

  put(decision: Omit<Decision, "sendAt" | "tries">): void {
    this.waiting.push({ ...decision, sendAt: Date.now() + TAKE_BACK_MS, tries: 0 });
    this.keep();
  }

  /** The last decision that has not left yet, taken back; null where all are on their way. */
  takeBack(): Decision | null {
    const last = this.waiting.at(-1);
    if (!last || last.tries > 0 || this.sending.has(last.number)) return null;
    this.waiting.pop();
    this.keep();
    return last;
  }

  /** Send everything now, without waiting for seconds in which it could be taken back. */
  async flush(leaving = false): Promise<void> {
    await Promise.all(this.waiting.map((one) => this.send(one, leaving)));
  }

  private sendDue(now = false): void {
    for (const one of this.waiting) if (now ? one.tries > 0 : one.sendAt <= Date.now()) void this.send(one);
  }

  private async send(decision: Decision, leaving = false): Promise<void> {
    if (this.sending.has(decision.number)) return;
    this.sending.add(decision.number);
    const { number, version, move, reason, comment } = decision;
    const body = { number, version, move, reason, comment, ...(leaving ? {} : this.queue()) };
    const answer = await ask<Decided>("/desk/passes/decide/", body, leaving);
    this.sending.delete(number);
    if (answer.kind === "away" || answer.kind === "login") {
      decision.sendAt = Date.now() + (AGAIN_MS[Math.min(decision.tries, AGAIN_MS.length - 1)] ?? 0);
      decision.tries += 1;
    } else {
      this.waiting = this.waiting.filter((one) => one !== decision);
    }
    this.keep();
    this.tell(decision, answer);
  }

  private plan(): void {
    clearTimeout(this.timer);
    const next = Math.min(...this.waiting.filter((one) => !this.sending.has(one.number)).map((one) => one.sendAt));
    if (!Number.isFinite(next)) return;
    this.timer = window.setTimeout(() => {
      this.sendDue();
      this.plan();
    }, Math.max(0, next - Date.now()));
  }

  private get name(): string {
    return `desk-decisions-${this.account}`;
  }

  private keep(): void {
    try {
      localStorage.setItem(this.name, JSON.stringify(this.waiting));
    } catch {
      // A browser without a store: what is decided is still sent while the page is open.
    }
    this.changed();
    this.plan();
  }

  private read(): Decision[] {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "[]") as Decision[];
    } catch {
      return [];
    }
  }
}
