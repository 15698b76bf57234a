/** 待办, 上报 and a ledger's own page. */
import { app } from "../app";
import { badge, empty, h, icon, localTime, when, whole } from "../dom";
import { draftsOf, dropDraft } from "../store";
import type { Entry, Form, Shown, Todo } from "../types";
import type { View } from "../views";

const RECORD = /^\/ledgers\/([^/]+)\/([^/]+)\/$/;

/** Where a record opens: on the phone where its ledger has a phone form, else on its full page. */
export function addressOf(url: string): string {
  const [, ledger, number] = RECORD.exec(url) ?? [];
  return ledger && number && app.form(ledger) ? `#/record/${ledger}/${number}` : url;
}

export async function todo(): Promise<View> {
  const todos = app.kit?.todos ?? [];
  const today = localTime().slice(0, 10);
  const late = todos.filter((one) => one.due && one.due < today);
  const now = todos.filter((one) => one.due === today);
  const rest = todos.filter((one) => !one.due || one.due > today);
  const part = (title: string, tone: string, found: Todo[]): HTMLElement | null =>
    found.length > 0 ? h("section", {}, h("h2", {}, title, badge(String(found.length), tone)), ...found.map((one) => todoRow(one, tone))) : null;
  const nothing = todos.length === 0 ? empty("没有待办", "轮到您办理的事项会出现在这里。") : null;
  return { title: "待办", tab: "todo", children: [queueCard(), part("逾期", "late", late), part("今天到期", "todo", now), part("待办", "normal", rest), nothing] };
}

function todoRow(one: Todo, tone: string): HTMLElement {
  return h(
    "a",
    { class: "row", href: addressOf(one.url) },
    h("strong", {}, one.title),
    h("small", {}, `${one.ledger}　${one.step}${one.due ? `　期限 ${whole(one.due)}` : ""}`),
    tone === "late" ? badge("逾期", "late") : null,
  );
}

/** What waits or came back, on top of everything until it is dealt with. */
function queueCard(): HTMLElement | null {
  const [waiting, refused] = [app.waiting.length, app.refused.length];
  if (waiting + refused === 0) return null;
  return h(
    "a",
    { class: `row row--queue${refused ? " row--late" : ""}`, href: "#/queue" },
    h("strong", {}, refused ? `${refused} 条没有被接收，请处理` : `待上传 ${waiting} 条`),
    h("small", {}, refused && waiting ? `另有待上传 ${waiting} 条` : "点开查看"),
  );
}

export async function report(): Promise<View> {
  const forms = app.kit?.forms ?? [];
  const tiles = forms.map((form) => {
    const pending = app.entries.filter((one) => one.ledger === form.key && one.state !== "sent").length;
    const open = app.kit?.records[form.key]?.length ?? 0;
    return h(
      "a",
      { class: "tile", href: `#/ledger/${form.key}` },
      h("strong", {}, form.title),
      h("small", {}, form.ledger === form.title ? form.menu : form.ledger),
      pending ? badge(`待上传 ${pending}`, "todo") : open ? badge(`可办理 ${open}`, "normal") : null,
    );
  });
  const nothing = forms.length === 0 ? empty("没有可以上报的台账", "需要时请联系本单位系统管理员开通权限。") : null;
  return { title: "上报", tab: "report", children: [queueCard(), h("div", { class: "tiles" }, ...tiles), nothing] };
}

export async function ledger(key: string): Promise<View> {
  const form = app.form(key);
  if (!form) return { title: "上报", tab: "report", back: "#/report", children: [empty("没有这个台账", "它可能已停用，或者您没有权限。")] };
  const records = app.kit?.records[key] ?? [];
  const entries = app.entries.filter((one) => one.ledger === key && one.state !== "sent");
  const sent = (app.kit?.sent ?? []).filter((one) => one.ledger === key).slice(0, 10);
  const drafts = (await draftsOf(app.account)).filter((one) => one.ledger === key);
  const section = (title: string, rows: HTMLElement[]): HTMLElement | null => (rows.length > 0 ? h("section", {}, h("h2", {}, title), ...rows) : null);
  const children = [
    form.enters ? h("a", { class: form.big === "new" ? "big" : "big big--plain", href: `#/new/${key}` }, icon("plus"), form.title) : null,
    section("待上传", entries.map(entryRow)),
    section("草稿", drafts.map((one) => draftRow(one.id, one.at))),
    section("可以办理", records.map((one) => recordRow(form, one))),
    section("最近上报", sent.map((one) => h("a", { class: "row", href: `#/record/${key}/${one.number}` }, h("strong", {}, one.title), h("small", {}, `${one.number}　${when(one.at)} 收到`)))),
  ];
  return { title: form.title, tab: "report", back: "#/report", children };
}

export function entryRow(entry: Entry): HTMLElement {
  const word = entry.state === "sent" ? badge("已上传", "done") : entry.state === "refused" ? badge("未接收", "late") : badge("待上传", "todo");
  const step = entry.kind === "move" ? `　${app.form(entry.ledger)?.moves[entry.move ?? ""]?.label ?? entry.move}` : "";
  const why = entry.refusal?.detail ?? (entry.answer ? `${entry.answer.number}　${when(entry.answer.received_at)} 收到` : `${when(entry.made_at)} 填写${step}`);
  return h("a", { class: `row${entry.state === "refused" ? " row--late" : ""}`, href: `#/entry/${entry.id}` }, h("strong", {}, entry.title), h("small", {}, why), word);
}

function draftRow(id: string, at: string): HTMLElement {
  const row = h("div", { class: "row" }, h("a", { href: `#/draft/${id}` }, h("strong", {}, "没有填完的一条"), h("small", {}, `${when(at)} 存`)));
  const drop = h("button", { class: "button", type: "button" }, "删除");
  drop.addEventListener("click", () => void dropDraft(id).then(() => row.remove()));
  row.append(drop);
  return row;
}

/** A record that waits; where the form's big button is a move, it stands here already. */
function recordRow(form: Form, record: Shown): HTMLElement {
  const pending = app.pendingMove(form.key, record.number);
  const big = form.big !== "new" && record.moves.includes(form.big) && !pending ? form.moves[form.big] : undefined;
  const line = h(
    "a",
    { class: "row", href: `#/record/${form.key}/${record.number}` },
    h("strong", {}, record.title),
    h("small", {}, `${record.number}${record.due ? `　期限 ${whole(record.due)}` : ""}`),
    pending ? badge("待上传", "todo") : badge(record.word, record.tone),
  );
  if (!big) return line;
  return h("div", { class: "with-big" }, line, h("a", { class: "big", href: `#/move/${form.key}/${record.number}/${form.big}` }, big.label));
}
