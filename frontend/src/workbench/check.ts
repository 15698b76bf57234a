/** The list 核对: everything to look at before the document is taken away, each line leading to its place. */
import type { Node } from "prosemirror-model";
import { NodeSelection, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { part } from "./api";
import type { Figures } from "./figures";
import { blocks, inline } from "./schema";

const PAUSE_MS = 3_000;

export class Check {
  private timer = 0;
  count = 0;

  constructor(
    private readonly pane: HTMLElement,
    private readonly url: string,
    private readonly figures: Figures,
    private readonly view: () => EditorView,
    private readonly told: { counted(count: number, must: number): void; chosen(): void; jumped(): void },
  ) {
    pane.addEventListener("click", (event) => this.press(event));
    pane.addEventListener("submit", (event) => void this.submit(event));
  }

  /** The text has changed: look again when its writer pauses. */
  later(ms = PAUSE_MS): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), ms);
  }

  async load(): Promise<void> {
    clearTimeout(this.timer);
    const found = await part(`${this.url}check/`);
    if (found) this.show(found);
    else if (!this.pane.querySelector("#check")) this.pane.textContent = "读不到核对结果：网络不通或平台暂时无法访问，稍后自动再试。";
  }

  private show(found: HTMLElement): void {
    const open = this.pane.contains(document.activeElement) && this.pane.querySelector("details[open] input:focus");
    if (open) return this.later();
    this.figures.tones = JSON.parse(found.querySelector("#check-tones")?.textContent ?? "{}") as Record<string, string>;
    for (const form of found.querySelectorAll<HTMLElement>("[data-marks]")) form.replaceChildren(this.printed(form.textContent ?? ""));
    for (const button of found.querySelectorAll<HTMLElement>("[data-apply]")) button.hidden = !this.view().editable;
    this.pane.replaceChildren(found);
    this.count = Number(found.dataset["count"] ?? 0);
    this.figures.changed();
    this.told.counted(this.count, Number(found.dataset["must"] ?? 0));
  }

  private printed(words: string): string {
    const said = (node: Node): string => (node.isText ? (node.text ?? "") : this.figures.words(node.attrs["key"] as string, node.attrs["aspect"] as string));
    return inline(words.replace(/^#{1,4} /, "")).map(said).join("");
  }

  private press(event: Event): void {
    const target = (event.target as Element).closest<HTMLElement>(".check-go, [data-apply]");
    if (!target) return;
    event.preventDefault();
    const { key, block, words, apply } = target.dataset;
    const found = key ? this.figureAt(key) : this.wordsAt(Number(block ?? -1), words ?? "");
    if (!found) {
      target.title = "这一处已经改过，核对结果稍后更新";
      return this.later(0);
    }
    const view = this.view();
    const [from, to] = found;
    if (apply !== undefined) {
      view.dispatch(view.state.tr.insertText(apply, from, to));
      target.closest("li")?.remove();
      this.later();
    } else {
      const { doc } = view.state;
      const selection = key ? NodeSelection.create(doc, from) : TextSelection.create(doc, from, to);
      view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
      view.focus();
      (view.nodeDOM(from) ?? view.domAtPos(from).node.parentElement)?.parentElement?.scrollIntoView({ block: "center" });
      this.told.jumped();
    }
  }

  private figureAt(key: string): [number, number] | null {
    let found: [number, number] | null = null;
    this.view().state.doc.descendants((node, pos) => {
      if (!found && node.type.name === "figure" && node.attrs["key"] === key) found = [pos, pos + 1];
      return !found;
    });
    return found;
  }

  /** Words in a block, or the whole block where they run over figures. */
  private wordsAt(n: number, words: string): [number, number] | null {
    const block = blocks(this.view().state.doc)[n];
    if (!block) return null;
    let found: [number, number] | null = null;
    block.node.descendants((node, offset) => {
      const at = !found && node.isText && words ? (node.text ?? "").indexOf(words) : -1;
      const from = block.pos + 1 + offset + at;
      if (at >= 0) found = [from, from + words.length];
    });
    return found ?? (block.node.isTextblock ? [block.pos + 1, block.pos + block.node.nodeSize - 1] : null);
  }

  private async submit(event: Event): Promise<void> {
    const sent = event.target as HTMLFormElement;
    if (!sent.matches("[data-part]")) return;
    event.preventDefault();
    const body = new FormData(sent, (event as SubmitEvent).submitter as HTMLButtonElement | null);
    const found = await part(sent.getAttribute("action") ?? "", body);
    if (found) this.show(found);
    this.told.chosen();
  }
}
