/** The summary workbench: a text between figures that several people write, with the sources of every sentence beside. */
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { Slice } from "prosemirror-model";
import { h } from "../phone/dom";
import { get } from "./api";
import { Check } from "./check";
import { insertFigure, plugins } from "./commands";
import { askSource, pickFigure } from "./dialogs";
import { Drafts, session } from "./drafts";
import { Figures } from "./figures";
import { drawOutline, Side, ToolBar } from "./frame";
import { inline, read, schema } from "./schema";
import { signs, typedDigits, writersKey, type Typed } from "./signs";
import { Sources } from "./source";
import { Sync, type State } from "./sync";
import type { Figure, Setup, Standing } from "./types";

const AGAIN_MS = 60_000;

const setup = JSON.parse(document.getElementById("workbench-setup")?.textContent ?? "null") as Setup;
const place = document.getElementById("text") as HTMLElement;
const outline = document.querySelector<HTMLElement>(".outline") as HTMLElement;
const side = new Side(document.getElementById("side") as HTMLElement);
const figures = new Figures(setup.figures, setup.figured, setup.url);
const bar = new ToolBar(() => view, pick);
const phone = matchMedia("(max-width: 56rem)");

function pick(): void {
  pickFigure(figures, (key) => {
    insertFigure(key)(view.state, view.dispatch);
    view.focus();
  });
}

/** The source of a number that was typed; the number becomes a figure where it still stands. */
function typed(one: Typed): void {
  const replace = (key: string): void => {
    const there = typedDigits(view.state.doc).filter((each) => each.words === one.words);
    const near = there.sort((a, b) => Math.abs(a.from - one.from) - Math.abs(b.from - one.from))[0];
    if (near) insertFigure(key, near.from, near.to)(view.state, view.dispatch);
    view.focus();
  };
  askSource(figures, one.words, replace, () => pickFigure(figures, replace));
}

const sources = new Sources(document.getElementById("source-pane") as HTMLElement, figures, setup.aspects, () => view, typed);
const check = new Check(document.getElementById("check-pane") as HTMLElement, setup.url, figures, () => view, {
  counted: (count, must) => side.count(count, must),
  chosen: () => void sync.look(),
  jumped: () => phone.matches && side.down(),
});

const view: EditorView = new EditorView({ mount: h("div", { class: "official-text", "aria-label": "正文", lang: "zh-CN", spellcheck: "false" }) }, {
  state: EditorState.create({
    doc: read(setup.text),
    plugins: [
      ...plugins(figures, () => {
        pick();
        return true;
      }),
      signs(),
    ],
  }),
  editable: () => setup.writes,
  nodeViews: { figure: (node) => figures.view(node) },
  attributes: { role: "textbox", "aria-multiline": "true" },
  dispatchTransaction(tr) {
    view.updateState(view.state.apply(tr));
    if (tr.docChanged) {
      later();
      if (!tr.getMeta("received")) sync.changed();
    }
    if (tr.docChanged || tr.selectionSet) {
      bar.follow(view);
      if (tr.selectionSet || view.hasFocus()) sources.follow(view.state);
    }
  },
  handleClickOn(_view, _pos, node, pos) {
    if (node.type.name !== "figure") return false;
    const key = node.attrs["key"] as string;
    if (!figures.address(key)) return false;
    window.setTimeout(() => {
      sources.press(view.state, key);
      side.open("source-pane");
      // The sheet of a phone covers the lower half: the figure stays in sight above it.
      if (phone.matches) (view.nodeDOM(pos) as HTMLElement | null)?.scrollIntoView({ block: "start" });
    });
    return false;
  },
  handleDOMEvents: {
    click(_view, event) {
      const target = event.target as Element;
      if (target.closest("a.figure") && !event.ctrlKey && !event.metaKey) event.preventDefault();
      return false;
    },
  },
  handleClick(_view, pos, event) {
    if (!setup.writes || !(event.target as Element).closest(".typed-digit")) return false;
    const one = typedDigits(view.state.doc).find((each) => each.from <= pos && pos <= each.to);
    if (one) typed(one);
    return false;
  },
  clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, "\n", (leaf) => figures.words(leaf.attrs["key"] as string, leaf.attrs["aspect"] as string)),
  clipboardTextParser(text) {
    const lines = text.split(/\r?\n+/).map((line) => line.trim()).filter(Boolean);
    const known = (line: string): string => line.replace(/\[\[([^[\]|]+)(\|[a-z_]+)?\]\]/g, (whole, key: string) => (figures.all[key] ? whole : key));
    return Slice.maxOpen(schema.node("doc", null, lines.map((line) => schema.node("paragraph", null, inline(known(line))))).content);
  },
});

place.replaceChildren(view.dom);
place.classList.add("is-live");
const drafts = new Drafts(setup.account, setup.url, session());
const sync = new Sync(view, setup, drafts, { state: say, standing });

function say(state: State, words?: string): void {
  bar.say(state, words);
  if (state === "saved") check.later();
  if (state === "sealed") keepAside();
}

/** The document was sealed while words were still here: they are shown, to be copied into another one. */
function keepAside(): void {
  if (document.getElementById("left-over")) return;
  const words = h("textarea", { rows: "10", readonly: true, "aria-label": "没有保存的正文" });
  words.value = view.state.doc.textBetween(0, view.state.doc.content.size, "\n", (leaf) => figures.words(leaf.attrs["key"] as string, leaf.attrs["aspect"] as string));
  const box = h("div", { class: "message message--late", id: "left-over", role: "alert" }, h("div", {}, h("p", {}, "文书已封存，下面是没有保存进去的正文，请复制到新的一份中。"), words));
  document.querySelector(".workbench")?.before(box);
}

let figured = setup.figured;
let counted = Object.values(setup.figures).filter((one) => one.n).length;
let variants = -1;

/** What the server says of the document: who else is here, and whether figures or forms of paragraphs have changed. */
function standing(now: Standing): void {
  bar.show(now.writers);
  if (JSON.stringify(writersKey.getState(view.state)?.writers) !== JSON.stringify(now.writers)) {
    view.dispatch(view.state.tr.setMeta(writersKey, now.writers));
  }
  if (now.figured !== figured || now.figures !== counted) void renew(now);
  if (now.variants !== variants && variants >= 0) void check.load();
  variants = now.variants;
  if (now.sealed && setup.writes && !sync.dirty) location.reload();
}

async function renew(now: Standing): Promise<void> {
  const found = await get<{ figures: Record<string, Figure>; figured: string }>(`${setup.url}figures/`);
  if (!found) return;
  [figured, counted] = [now.figured, now.figures];
  figures.all = found.figures;
  figures.figured = found.figured;
  figures.changed();
  sources.forget();
  void check.load();
}

let waiting = 0;
function later(): void {
  clearTimeout(waiting);
  waiting = window.setTimeout(() => drawOutline(outline, view, figures), 250);
}

figures.onChange(later);
later();
if (setup.writes) {
  place.before(bar.dom);
  bar.say("saved");
  void sync.sendLeft();
}
void check.load();
setInterval(() => document.hidden || void check.load(), AGAIN_MS);

/** Taking the document away: what is still to be looked at is said first. */
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-export]");
  const dialog = document.getElementById("export-dialog") as HTMLDialogElement | null;
  if (!link || !dialog || !check.count || link.closest("dialog")) return;
  event.preventDefault();
  dialog.querySelector<HTMLElement>("[data-left]")!.textContent = String(check.count);
  dialog.querySelector<HTMLAnchorElement>("a[data-export]")!.href = link.href;
  dialog.showModal();
});
document.getElementById("export-check")?.addEventListener("click", () => {
  (document.getElementById("export-dialog") as HTMLDialogElement).close();
  side.open("check-pane");
});
