/** Around the text: the outline with its red dots, the tool bar, the state of saving, the tabs of the side. */
import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { h, icon } from "../phone/dom";
import { move, redo, removeBlock, style, undo } from "./commands";
import type { Figures } from "./figures";
import { headings, typedDigits } from "./signs";
import type { State } from "./sync";
import type { Writer } from "./types";

const STATES: Record<State, [string, string]> = {
  saved: ["已保存", "done"],
  dirty: ["正在修改", "todo"],
  saving: ["正在保存", "todo"],
  away: ["网络不通，已存在本机，恢复后自动保存", "late"],
  login: ["登录已过期，已存在本机；请在新窗口登录后继续", "late"],
  sealed: ["文书已封存，没有保存的内容仍在本机", "late"],
  refused: ["没有保存", "late"],
};

/** Headings with a red dot where the section has a figure that is red, or a number without a source. */
export function drawOutline(nav: HTMLElement, view: EditorView, figures: Figures): void {
  const { doc } = view.state;
  const found = headings(doc);
  const wrong = (from: number, to: number): number => {
    let count = typedDigits(doc, from, to).length;
    doc.nodesBetween(from, to, (node: Node) => {
      if (node.type.name === "figure" && figures.tone(node.attrs["key"] as string)[0] === " figure--late") count += 1;
    });
    return count;
  };
  const line = (n: number): HTMLElement => {
    const one = found[n]!;
    const end = found[n + 1]?.pos ?? doc.content.size;
    const words = one.node.textBetween(0, one.node.content.size, "", (leaf) => figures.words(leaf.attrs["key"] as string, leaf.attrs["aspect"] as string));
    const count = wrong(one.pos, end);
    const go = (event: Event): void => {
      event.preventDefault();
      (view.nodeDOM(one.pos) as HTMLElement | null)?.scrollIntoView({ block: "start", behavior: "smooth" });
    };
    return h("li", { class: `outline-${one.level}` }, h("a", { href: "#paper", onclick: go }, one.mark + words, count ? h("span", { class: "outline-wrong", title: `${count} 处需要核对` }, String(count)) : null));
  };
  nav.querySelector("ol")?.replaceChildren(...found.map((_, n) => line(n)));
}

export class ToolBar {
  readonly dom: HTMLElement;
  private readonly state = h("span", { class: "workbench-state", role: "status" });
  private readonly people = h("span", { class: "workbench-people" });
  private readonly level = h("select", { "aria-label": "层级" }, ...["正文", "一级标题", "二级标题", "三级标题", "四级标题"].map((word, n) => h("option", { value: String(n) }, word)));

  constructor(view: () => EditorView, pick: () => void) {
    const run = (command: ReturnType<typeof style>) => (): void => {
      command(view().state, view().dispatch, view());
      view().focus();
    };
    const button = (name: string, label: string, act: () => void, more = ""): HTMLElement => {
      const made = h("button", { type: "button", class: `button button--quiet button--small ${more}`, title: label, "aria-label": label, onclick: act }, icon(name));
      made.addEventListener("mousedown", (event) => event.preventDefault());
      return made;
    };
    this.level.addEventListener("change", run((...args) => style(Number(this.level.value))(...args)));
    this.dom = h(
      "div",
      { class: "workbench-bar no-print", role: "toolbar", "aria-label": "编辑" },
      button("undo-2", "撤销 Ctrl+Z", run(undo)),
      button("redo-2", "重做 Ctrl+Y", run(redo)),
      this.level,
      h("button", { type: "button", class: "button button--small", title: "Ctrl+K", onclick: pick }, icon("plus"), "插入数字"),
      button("arrow-up", "段落上移 Alt+↑", run(move(-1)), "desk-only"),
      button("arrow-down", "段落下移 Alt+↓", run(move(1)), "desk-only"),
      button("trash-2", "删除段落", run(removeBlock)),
      this.people,
      this.state,
    );
  }

  follow(view: EditorView): void {
    const { parent } = view.state.selection.$from;
    this.level.value = String(parent.type.name === "heading" ? parent.attrs["level"] : 0);
    this.level.disabled = parent.type.name === "cell";
  }

  say(state: State, words = ""): void {
    const [word, tone] = STATES[state];
    this.state.className = `workbench-state workbench-state--${tone}`;
    this.state.textContent = state === "refused" ? `${word}：${words}` : word;
    this.state.dataset["state"] = state;
  }

  show(writers: Writer[]): void {
    const names = [...new Set(writers.map((writer) => writer.name))];
    this.people.replaceChildren(...names.map((name) => h("span", { class: "workbench-person", title: `${name}也打开了这份公文` }, name)));
  }
}

/** The tabs 来源 and 核对; on a phone the side is a sheet that comes up from below. */
export class Side {
  constructor(private readonly side: HTMLElement) {
    side.querySelector(".side-tabs")?.removeAttribute("hidden");
    for (const tab of side.querySelectorAll<HTMLElement>("[data-shows]")) {
      tab.addEventListener("click", () => {
        const again = tab.getAttribute("aria-selected") === "true" && side.classList.contains("is-up");
        this.open(tab.dataset["shows"] ?? "source-pane", !again);
      });
    }
  }

  open(pane: string, up = true): void {
    for (const tab of this.side.querySelectorAll<HTMLElement>("[data-shows]")) tab.setAttribute("aria-selected", String(tab.dataset["shows"] === pane));
    for (const each of this.side.querySelectorAll<HTMLElement>(".side-pane")) each.hidden = each.id !== pane;
    this.side.classList.toggle("is-up", up);
  }

  down(): void {
    this.side.classList.remove("is-up");
  }

  count(count: number, must: number): void {
    const badge = this.side.querySelector<HTMLElement>(".side-count");
    if (!badge) return;
    badge.textContent = String(count);
    badge.hidden = count === 0;
    badge.classList.toggle("side-count--late", must > 0);
  }
}
