/**
 * Saving in the background and receiving what others write. A save carries the text from which its writer went out (the
 * ancestor) and the text as it is; the server merges and gives the text of all. While a save is on its way, or while an
 * input method composes, nothing is put into the editor: it comes with the next answer.
 */
import type { EditorView } from "prosemirror-view";
import { ask } from "../desk/api";
import { get } from "./api";
import { number, type Draft, type Drafts } from "./drafts";
import { receive } from "./receive";
import { blocks, write } from "./schema";
import type { Setup, Standing } from "./types";

const PAUSE_MS = 1_000;
const LOOK_MS = 2_500;
const AGAIN_MS = [2_000, 5_000, 15_000, 30_000];
/** A request that outlives its page may carry no more than 64 KB. */
const LEAVING_BYTES = 60_000;

export type State = "saved" | "dirty" | "saving" | "away" | "login" | "sealed" | "refused";

export class Sync {
  private ancestor: string;
  private n: number;
  private pending = "";
  private busy = false;
  private tries = 0;
  private timer = 0;

  constructor(
    private readonly view: EditorView,
    private readonly setup: Setup,
    private readonly drafts: Drafts,
    private readonly told: { state(state: State, words?: string): void; standing(standing: Standing): void },
  ) {
    this.ancestor = write(view.state.doc);
    this.n = setup.n;
    addEventListener("online", () => void this.save());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden || void this.look());
    setInterval(() => document.hidden || void this.look(), LOOK_MS);
  }

  get dirty(): boolean {
    return write(this.view.state.doc) !== this.ancestor;
  }

  /** The writer has changed something: it is kept here at once and sent after a pause. */
  changed(): void {
    if (!this.dirty) return;
    this.pending = number();
    this.drafts.keep({ number: this.pending, ancestor: this.ancestor, text: write(this.view.state.doc) });
    if (!this.tries) this.told.state("dirty");
    this.plan(PAUSE_MS);
  }

  /** Send what earlier pages left behind, then take the text as it is. */
  async sendLeft(): Promise<number> {
    const left = this.drafts.left();
    let sent = 0;
    for (const draft of left) if (await this.send(draft)) sent += 1;
    return sent;
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    if (this.busy || !this.setup.writes || !this.dirty) return;
    const text = write(this.view.state.doc);
    this.pending ||= number();
    const save = { session: this.drafts.session, number: this.pending, ancestor: this.ancestor, text, at: 0 };
    this.told.state("saving");
    await this.send(save);
    if (this.dirty) this.plan(this.tries ? (AGAIN_MS[Math.min(this.tries, AGAIN_MS.length) - 1] ?? PAUSE_MS) : PAUSE_MS);
  }

  /** What others have done since. */
  async look(): Promise<void> {
    if (this.busy) return;
    const { doc, selection } = this.view.state;
    const place = this.view.hasFocus() ? blocks(doc).findIndex((block) => block.pos + block.node.nodeSize > selection.head) : -1;
    const asked = new URLSearchParams({ session: this.drafts.session, n: String(this.n), place: String(place + 1) });
    const standing = await get<Standing>(`${this.setup.url}changes/?${asked}`);
    if (!standing || this.busy) return;
    if (this.dirty) void this.save();
    else if (standing.text !== null && standing.n > this.n && this.put(standing.text)) this.n = standing.n;
    this.told.standing(standing);
  }

  private async send(draft: Draft): Promise<boolean> {
    this.busy = true;
    const { session, number: id, ancestor, text } = draft;
    const answer = await ask<Standing>(`${this.setup.url}save/`, { session, number: id, ancestor, text });
    this.busy = false;
    if (answer.kind === "away" || answer.kind === "login") {
      this.tries += 1;
      this.told.state(answer.kind, answer.words);
      return false;
    }
    this.tries = 0;
    if (answer.kind !== "done") {
      this.told.state(answer.kind === "overtaken" ? "sealed" : "refused", answer.words);
      return false;
    }
    this.drafts.forget(session);
    this.take(text, answer.content);
    return true;
  }

  /** The answer to a save: the text of all, taken in unless the writer has gone on meanwhile. */
  private take(sent: string, standing: Standing): void {
    const here = write(this.view.state.doc);
    const goneOn = here !== sent && here !== this.ancestor;
    if (goneOn || this.view.composing || standing.text === null) {
      this.ancestor = sent;
      this.changed();
    } else if (this.put(standing.text)) {
      this.n = standing.n;
      this.pending = "";
      this.told.state("saved");
    }
    this.told.standing(standing);
  }

  private put(text: string): boolean {
    if (this.view.composing) return false;
    const tr = receive(this.view.state, text);
    if (tr) this.view.dispatch(tr);
    this.ancestor = write(this.view.state.doc);
    return true;
  }

  private plan(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), ms);
  }

  private leave(): void {
    if (!this.setup.writes) return;
    const { session } = this.drafts;
    if (this.dirty) {
      const text = write(this.view.state.doc);
      const small = (this.ancestor.length + text.length) * 3 < LEAVING_BYTES;
      if (small) void ask(`${this.setup.url}save/`, { session, number: this.pending, ancestor: this.ancestor, text }, true);
    }
    void ask(`${this.setup.url}leave/?session=${session}`, {}, true);
  }
}
