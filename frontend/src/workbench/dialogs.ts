/** What opens over the text: the figures that can be inserted, and the source of a typed number. */
import { h } from "../phone/dom";
import { form, get } from "./api";
import type { Figures } from "./figures";
import type { Figure, Indicator } from "./types";

const SHOWN = 80;

interface Added {
  key: string;
  figure: Figure;
}

function open(title: string, ...children: (Node | string)[]): HTMLDialogElement {
  const dialog = h("dialog", { class: "dialog workbench-dialog", "aria-label": title }, h("h2", {}, title), ...children);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

interface Line {
  code: string;
  title: string;
  value: string;
  fresh: boolean;
}

/** Every figure of the document, then every indicator that it does not have yet; one is picked by words and Enter. */
export function pickFigure(figures: Figures, picked: (key: string) => void): void {
  const search = h("input", { type: "search", placeholder: "按名称或代码查找，如 隐患、HAZ-01", "aria-label": "查找指标", autocomplete: "off" });
  const list = h("ul", { class: "figure-list", role: "listbox", "aria-label": "指标" });
  const said = h("p", { class: "hint", role: "status" });
  const dialog = open("插入数字", h("div", { class: "dialog-body" }, search, list, said), actions(() => dialog));
  let chosen = 0;
  let shown: Line[] = [];

  const lines = (): Line[] => {
    const there = Object.entries(figures.all).map(([code, one]) => ({ code, title: [one.scope, one.title].filter(Boolean).join(" "), value: one.words["value"] ?? "", fresh: false }));
    const more = figures.more.map(({ code, title, unit }: Indicator) => ({ code, title, value: unit, fresh: true }));
    return [...there, ...more];
  };
  const draw = (): void => {
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const all = lines().filter((line) => wanted.every((word) => `${line.code} ${line.title} ${line.value}`.toLowerCase().includes(word)));
    shown = all.slice(0, SHOWN);
    chosen = Math.min(chosen, Math.max(0, shown.length - 1));
    list.replaceChildren(
      ...shown.map((line, n) =>
        h(
          "li",
          { role: "option", "aria-selected": String(n === chosen), onclick: () => void take(line) },
          h("span", { class: "figure-list-value" }, line.fresh ? "未取数" : line.value),
          h("span", {}, line.title),
          h("span", { class: "mono small faint" }, line.code),
        ),
      ),
    );
    said.textContent = all.length > SHOWN ? `共 ${all.length} 个，先列 ${SHOWN} 个，请再输入几个字。` : all.length ? "回车插入；没有取数的指标插入时按本期计算。" : "没有这样的指标。手工数字可直接在正文中录入，再注明来源。";
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const take = async (line: Line): Promise<void> => {
    if (line.fresh) {
      said.textContent = `正在由台账计算“${line.title}”`;
      const body = new FormData();
      body.set("code", line.code);
      const added = await form<Added>(`${figures.url}figures/insert/`, body);
      if (typeof added === "string") {
        said.textContent = added;
        return;
      }
      figures.add(added.key, added.figure);
    }
    dialog.close();
    picked(line.code);
  };
  search.addEventListener("input", () => {
    chosen = 0;
    draw();
  });
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      chosen = Math.max(0, Math.min(shown.length - 1, chosen + step));
      draw();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const line = shown[chosen];
      if (line) void take(line);
    }
  });
  draw();
  if (!figures.more.length) {
    void get<{ more: Indicator[] }>(`${figures.url}figures/`).then((found) => {
      figures.more = found?.more ?? [];
      draw();
    });
  }
  search.focus();
}

/** A typed number may stay with the file it rests on; it becomes a figure marked 手工. */
export function askSource(figures: Figures, typed: string, done: (key: string) => void, instead: () => void): void {
  const words = h("input", { name: "words", required: true, maxlength: "40", value: typed });
  const name = h("input", { name: "source", maxlength: "200", placeholder: "如 县统计局2026年上半年统计月报" });
  const file = h("input", { type: "file", name: "file", accept: ".pdf,.jpg,.png,.docx,.xlsx,.doc,.xls,.wps,.et,.ofd" });
  const said = h("p", { class: "error", role: "alert" });
  const field = (label: string, control: HTMLElement, hint = ""): HTMLElement => h("div", { class: "field" }, h("label", {}, label, control), hint ? h("p", { class: "hint" }, hint) : null);
  const send = h("button", { class: "button button--primary", type: "submit" }, "注明来源");
  const sheet = h(
    "form",
    {},
    h("div", { class: "dialog-body" }, field("数字", words, "只填数字和单位"), field("来源文件名称", name), field("上传来源文件", file, "上传了文件可以不填名称"), said),
    h(
      "div",
      { class: "dialog-actions" },
      h("button", { class: "button button--quiet", type: "button", onclick: () => (dialog.close(), instead()) }, "改用指标"),
      h("button", { class: "button", type: "button", onclick: () => dialog.close() }, "取消"),
      send,
    ),
  );
  const dialog = open("手工数字的来源", sheet);
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    send.disabled = true;
    void form<Added>(`${figures.url}figures/typed/`, new FormData(sheet)).then((added) => {
      send.disabled = false;
      if (typeof added === "string") {
        said.textContent = added;
        return;
      }
      figures.add(added.key, added.figure);
      dialog.close();
      done(added.key);
    });
  });
  name.focus();
}

const actions = (dialog: () => HTMLDialogElement): HTMLElement =>
  h("div", { class: "dialog-actions" }, h("button", { class: "button", type: "button", onclick: () => dialog().close() }, "关闭 Esc"));
