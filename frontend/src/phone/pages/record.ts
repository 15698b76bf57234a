/** One record on the phone: what it says, what can be done with it now, what follows from it. */
import * as api from "../api";
import { app } from "../app";
import { badge, empty, h, icon } from "../dom";
import { followUp } from "../filling";
import type { Follow, Form, Shown } from "../types";
import type { View } from "../views";

export async function record(ledger: string, number: string): Promise<View> {
  const form = app.form(ledger);
  const shown = await latest(ledger, number);
  const back = `#/ledger/${ledger}`;
  if (!form || !shown) return { title: "记录", tab: "report", back, children: [empty("现在打不开", app.line === "offline" ? "这条记录没有存在本机，有信号时再看。" : "它可能已办结，或者您无权查看。")] };
  const pending = app.pendingMove(ledger, number);
  const names = pending ? [] : shown.moves.filter((name) => form.moves[name]);
  const buttons = names.sort((a, b) => Number(b === form.big) - Number(a === form.big)).map((name) => {
    const isBig = name === form.big;
    const href = `#/move/${ledger}/${number}/${name}`;
    return h("a", { class: isBig ? "big" : "button button--wide", href }, form.moves[name]?.label);
  });
  const children = [
    h("p", { class: "lead" }, h("strong", {}, shown.title), h("small", {}, shown.number), badge(shown.word, shown.tone)),
    pending ? h("a", { class: "row row--queue", href: `#/entry/${pending.id}` }, h("strong", {}, `“${form.moves[pending.move ?? ""]?.label ?? ""}”待上传`), h("small", {}, "已存在本机")) : null,
    h("div", { class: "stack" }, ...buttons),
    rows(shown.rows),
    shown.photos.length > 0 && app.line === "online" ? h("div", { class: "photos" }, ...shown.photos.map((source) => h("a", { class: "photo", href: source }, h("img", { src: source, alt: "照片", loading: "lazy" })))) : null,
    followUps(form, shown),
    h("a", { class: "button button--wide", href: shown.url }, icon("file-text"), "查看完整页面"),
  ];
  return { title: form.ledger, tab: "report", back, children };
}

/** The record as the server has it now, or as the phone keeps it. */
async function latest(ledger: string, number: string): Promise<Shown | undefined> {
  if (app.line !== "offline") {
    try {
      app.opened = await api.record(ledger, number);
      return app.opened;
    } catch (problem) {
      app.failed(problem);
    }
  }
  return app.record(ledger, number);
}

export function rows(found: [string, string][], marked: Set<string> = new Set()): HTMLElement {
  return h("dl", { class: "rows" }, ...found.flatMap(([label, text]) => [h("dt", {}, label), h("dd", { class: marked.has(label) ? "changed" : null }, text)]));
}

/** Buttons of the follow-ups that may be entered from here. */
export function followUps(form: Form, source: Parameters<typeof followUp>[1]): HTMLElement | null {
  const able = form.follows.filter((follow: Follow) => app.form(follow.ledger)?.enters);
  if (able.length === 0) return null;
  return h("div", { class: "stack" }, ...able.map((follow) => h("button", { class: "button button--wide", type: "button", onclick: () => void followUp(follow, source) }, icon("plus"), follow.label)));
}
