/** The panel 来源: all figures of the sentence under the cursor, one of them open with its records. */
import type { Node } from "prosemirror-model";
import { NodeSelection, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { h, icon } from "../phone/dom";
import { part } from "./api";
import type { Figures } from "./figures";
import { typedDigits, type Typed } from "./signs";

const ENDS = "。；！？";
const PAUSE_MS = 150;

export interface Sentence {
  keys: string[];
  typed: Typed[];
}

/** The figures of the sentence in which a place lies, and the typed numbers of its paragraph. */
export function sentenceAt(state: EditorState, place: number): Sentence {
  const at = state.doc.resolve(Math.min(place, state.doc.content.size));
  if (!at.parent.inlineContent) return { keys: [], typed: [] };
  const start = at.start();
  let from = 0;
  let to = at.parent.content.size;
  at.parent.forEach((node: Node, offset) => {
    if (!node.isText) return;
    for (const [n, sign] of [...(node.text ?? "")].entries()) {
      if (!ENDS.includes(sign)) continue;
      const end = offset + n + 1;
      if (end <= at.parentOffset && end > from) from = end;
      if (end > at.parentOffset && end < to) to = end;
    }
  });
  const keys: string[] = [];
  at.parent.forEach((node, offset) => {
    const key = node.attrs["key"] as string | undefined;
    if (node.type.name === "figure" && key && offset >= from && offset < to && !keys.includes(key)) keys.push(key);
  });
  return { keys, typed: typedDigits(state.doc, start, start + at.parent.content.size) };
}

export class Sources {
  private keys: string[] = [];
  private open = "";
  private loaded = "";
  private pressed = "";
  private timer = 0;
  private kept = new Map<string, HTMLElement>();
  private readonly tabs = h("div", { class: "source-tabs", role: "tablist", "aria-label": "这一句的数字" });
  private readonly asks = h("div", { class: "source-asks" });
  private readonly body = h("div", { class: "source-body" });

  constructor(
    private readonly pane: HTMLElement,
    private readonly figures: Figures,
    private readonly aspects: Record<string, string>,
    private readonly view: () => EditorView,
    private readonly askSource: (typed: Typed) => void,
  ) {
    const opened = pane.querySelector<HTMLElement>(".source");
    this.body.append(...pane.childNodes);
    pane.append(this.asks, this.tabs, this.body);
    if (opened?.querySelector(".source-value")) this.tabs.hidden = true;
    this.body.addEventListener("click", (event) => this.turn(event));
    figures.onChange(() => this.tabs.childElementCount && this.drawTabs());
  }

  /** The cursor has moved: show its sentence, and the figure that is selected or the first. */
  follow(state: EditorState): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.show(state), PAUSE_MS);
  }

  /** A figure was pressed: open it at once and, when it is there, let the address say so. */
  press(state: EditorState, key: string): void {
    clearTimeout(this.timer);
    this.pressed = key;
    this.show(state, key);
    if (this.open === key) this.tellAddress(key);
  }

  private tellAddress(key: string): void {
    if (this.pressed === key && this.loaded === key) history.replaceState(history.state, "", this.figures.address(key));
  }

  forget(): void {
    this.kept.clear();
    if (this.open) void this.load(this.open);
  }

  private show(state: EditorState, wanted = ""): void {
    const { selection } = state;
    const chosen = selection instanceof NodeSelection ? (selection.node.attrs["key"] as string | undefined) : undefined;
    const { keys, typed } = sentenceAt(state, selection.from);
    this.ask(typed);
    this.keys = keys.filter((key) => this.figures.address(key));
    const next = [wanted, chosen, this.open, this.keys[0]].find((key) => key && this.keys.includes(key)) ?? "";
    this.drawTabs(next);
    if (next && next !== this.open) void this.load(next);
    this.drawAspect(state);
  }

  private ask(typed: Typed[]): void {
    const button = (one: Typed): HTMLElement => h("button", { class: "button button--small", type: "button", onclick: () => this.askSource(one) }, "注明来源");
    this.asks.replaceChildren(
      ...(this.view().editable ? typed.slice(0, 5) : []).map((one) => h("p", {}, icon("triangle-alert"), `“${one.words}”是手工录入的，没有来源。`, button(one))),
    );
  }

  private drawTabs(open = this.open): void {
    this.tabs.hidden = this.keys.length === 0;
    const tab = (key: string): HTMLElement => {
      const figure = this.figures.all[key];
      const [tone] = this.figures.tone(key);
      return h(
        "button",
        { type: "button", role: "tab", class: `source-tab${tone}`, "aria-selected": String(key === open), title: figure?.title, onclick: () => this.press(this.view().state, key) },
        h("span", { class: "source-tab-value" }, this.figures.words(key, "value")),
        h("span", { class: "source-tab-name" }, [figure?.scope, figure?.title].filter(Boolean).join(" ")),
      );
    };
    this.tabs.replaceChildren(...this.keys.map(tab));
  }

  /** As what a selected figure is printed: value, 同比, its name. */
  private drawAspect(state: EditorState): void {
    this.pane.querySelector(".source-aspect")?.remove();
    const { selection } = state;
    if (!(selection instanceof NodeSelection) || selection.node.type.name !== "figure" || !this.view().editable) return;
    const { key, aspect } = selection.node.attrs as { key: string; aspect: string };
    const words = this.figures.all[key]?.words ?? {};
    const option = (name: string): HTMLElement =>
      h("option", { value: name, selected: name === aspect }, `${this.aspects[`${key}|${name}`] ?? this.aspects[name] ?? name}：${words[name] ?? ""}`);
    const pick = h("select", { "aria-label": "这里印作" }, ...Object.keys(words).map(option));
    pick.addEventListener("change", () => {
      const view = this.view();
      view.dispatch(view.state.tr.setNodeMarkup(selection.from, null, { key, aspect: pick.value }));
    });
    this.asks.after(h("label", { class: "source-aspect" }, "这里印作 ", pick));
  }

  private async load(key: string, page = ""): Promise<void> {
    this.open = key;
    const address = this.figures.address(key) + page;
    const name = `${address} ${this.figures.figured}`;
    const wait = window.setTimeout(() => this.body.classList.add("is-waiting"), 300);
    const found = this.kept.get(name) ?? (await part(address));
    clearTimeout(wait);
    this.body.classList.remove("is-waiting");
    if (this.open !== key) return;
    if (!found) {
      this.body.replaceChildren(h("p", { class: "source-reason" }, "读不到来源：网络不通或平台暂时无法访问，请稍后再点一次。"));
      this.open = "";
      return;
    }
    this.kept.set(name, found);
    this.body.replaceChildren(found);
    this.loaded = key;
    this.tellAddress(key);
  }

  /** The pages of the records turn in the panel. */
  private turn(event: Event): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[hx-get]");
    if (!link || !this.open) return;
    event.preventDefault();
    event.stopPropagation();
    void this.load(this.open, new URL(link.href).search);
  }
}
