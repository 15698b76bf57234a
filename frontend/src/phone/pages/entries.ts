/** The queue, and one entry of it: waiting, arrived, or come back with the reason and what can be done about it. */
import { app, go } from "../app";
import { badge, empty, h, icon, when } from "../dom";
import { listed } from "../filling";
import { correct, giveUp } from "../queue";
import type { Entry, Field, Form } from "../types";
import type { View } from "../views";
import { entryRow } from "./lists";
import { followUps, rows } from "./record";

export async function queue(): Promise<View> {
  const { waiting, refused, entries } = app;
  const sent = entries.filter((one) => one.state === "sent").reverse();
  const part = (title: string, found: Entry[]): HTMLElement | null => (found.length > 0 ? h("section", {}, h("h2", {}, title), ...found.map(entryRow)) : null);
  const button = h("button", { class: "big", type: "button", disabled: app.busy, onclick: () => void app.meet() }, app.busy ? "正在上传…" : "立即上传");
  const children = [
    waiting.length > 0 ? button : null,
    part(`未被接收 ${refused.length}`, refused),
    part(`待上传 ${waiting.length}`, waiting),
    part("已上传", sent),
    app.others > 0 ? h("p", { class: "quiet" }, `本机另有其他帐号填写的 ${app.others} 条待上传，须由其本人登录后上传。`) : null,
    entries.length === 0 ? empty("没有待上传的", "没有信号时填写的内容会先存在这里。") : null,
  ];
  return { title: "待上传", tab: "me", back: "#/me", children };
}

export async function entry(id: string): Promise<View> {
  const found = app.entries.find((one) => one.id === id);
  const form = found && app.form(found.ledger);
  if (!found || !form) return { title: "上报", tab: "report", back: "#/report", children: [empty("没有这一条", "它可能已放弃，或者由其他帐号填写。")] };
  const step = found.kind === "move" ? form.moves[found.move ?? ""] : undefined;
  const fields = step?.fields ?? form.fields;
  const children = [state(found), told(found, form, fields), ...actions(found, form)];
  return { title: step?.label ?? form.title, tab: "report", back: `#/ledger/${found.ledger}`, children };
}

function state(found: Entry): HTMLElement {
  if (found.state === "sent" && found.answer) {
    return h("div", { class: "state state--done", role: "status" }, icon("circle-check"), h("strong", {}, "已上传"), h("p", {}, `${found.answer.number}　${found.answer.word}`), h("small", {}, `平台 ${when(found.answer.received_at)} 收到，手机 ${when(found.made_at)} 填写`));
  }
  if (found.state === "refused") {
    const word = found.refusal?.kind === "conflict" ? "这条记录已被别人改动" : "没有被接收";
    return h("div", { class: "state state--late", role: "alert" }, icon("circle-alert"), h("strong", {}, word), h("p", {}, found.refusal?.detail), h("small", {}, `手机 ${when(found.made_at)} 填写，内容仍在本机`));
  }
  return h("div", { class: "state state--todo", role: "status" }, icon("clock"), h("strong", {}, "待上传"), h("p", {}, "已存在本机，有信号时自动上传。"), h("small", {}, `手机 ${when(found.made_at)} 填写`));
}

/** What was filled in; beside a conflict, the record as it was seen and as it is now, what differs marked. */
function told(found: Entry, form: Form, fields: Field[]): HTMLElement {
  const mine = h("section", {}, h("h2", {}, "您填写的"), listed(fields, found.values), found.comment ? h("p", { class: "quote" }, found.comment) : null);
  const now = found.refusal?.now;
  if (!now || !found.seen) return mine;
  const before = new Map(found.seen.rows);
  const after = new Map(now.rows);
  const changed = new Set([...before.keys(), ...after.keys()].filter((label) => before.get(label) !== after.get(label)));
  const either = (map: Map<string, string>): [string, string][] => [...changed].map((label) => [label, map.get(label) ?? "—"]);
  const side = (title: string, word: string, tone: string, map: Map<string, string>): HTMLElement =>
    h("section", { class: "side" }, h("h2", {}, title, badge(word, tone)), changed.size > 0 ? rows(either(map), changed) : h("p", { class: "quiet" }, "内容相同"));
  return h(
    "div",
    {},
    h("div", { class: "sides" }, side("填写时看到的", found.seen.word, found.seen.tone, before), side("现在", now.word, now.tone, after)),
    mine,
    h("a", { class: "button button--wide", href: `#/record/${form.key}/${now.number}` }, "看这条记录"),
  );
}

function actions(found: Entry, form: Form): (HTMLElement | null)[] {
  if (found.state === "sent") {
    const next = form.enters && found.kind === "create" ? h("a", { class: "button button--wide", href: `#/new/${found.ledger}` }, icon("plus"), "再填一条") : null;
    const open = found.answer ? h("a", { class: "button button--wide", href: `#/record/${found.ledger}/${found.answer.number}` }, "查看记录") : null;
    return [followUps(form, found), next, open];
  }
  if (found.state === "waiting") return [followUps(form, found), h("div", { class: "stack" }, change(found, "修改"), leave(found))];
  const kind = found.refusal?.kind;
  const closed = kind === "taken" || kind === "gone" || (found.kind === "move" && found.refusal?.now != null && !found.refusal.now.moves.includes(found.move ?? ""));
  const why = closed ? h("p", { class: "quiet" }, kind === "taken" ? "先前上传的一次已经写入，这里只剩没有写入的改动。" : "这条记录现在不能再办理这一步。") : null;
  const retry = h("button", { class: "button button--wide", type: "button" }, "不改，再传一次");
  retry.addEventListener("click", () => void correct(found, {}).then(() => app.read()).then(() => app.send()));
  return [why, h("div", { class: "stack" }, closed ? null : change(found, "改后重传"), kind === "refused" && !closed ? retry : null, leave(found))];
}

function change(found: Entry, word: string): HTMLElement {
  return h("a", { class: "button button--primary button--wide", href: `#/again/${found.id}` }, word);
}

/** Giving up asks once more, in place: it is the only thing here that cannot be taken back. */
function leave(found: Entry): HTMLElement {
  const button = h("button", { class: "button button--danger button--wide", type: "button" }, "放弃这一条");
  let asked = false;
  button.addEventListener("click", () => {
    if (!asked) {
      asked = true;
      button.textContent = "再点一次，确认放弃（内容将删除）";
      return;
    }
    void giveUp(found).then(() => app.read()).then(() => go(`#/ledger/${found.ledger}`));
  });
  return button;
}
