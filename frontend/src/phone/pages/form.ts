/** A form on the phone: of a new record, of a move, or of an entry that came back. What is typed is kept as it is typed. */
import { app, go } from "../app";
import { empty, h } from "../dom";
import { control, isEmpty, type Control } from "../fields";
import { titled } from "../filling";
import * as queue from "../queue";
import { draft as keptDraft, dropDraft, entry as keptEntry, keepDraft } from "../store";
import type { Entry, Field, Form, Move, Shown, Value, Values } from "../types";
import type { View } from "../views";

const TYPING_MS = 400;

interface Filled {
  controls: Control[];
  values: () => Values;
  element: HTMLElement;
}

/** The fields with what they hold; values of fields that are not asked for (carried along) stay as they are. */
function filled(ledger: string, fields: Field[], held: Values, changed: () => void): Filled {
  const kit = app.kit;
  if (!kit) throw new Error("no kit");
  const around = { kit, ledger, pending: app.entries, changed };
  const controls = fields.map((field) => control(field, held[field.name], around));
  const values = (): Values => {
    const found: Values = { ...held };
    for (const one of controls) found[one.field.name] = one.value();
    return found;
  };
  return { controls, values, element: h("div", { class: "fields" }, ...controls.map((one) => one.element)) };
}

/** Mark what is missing; true where nothing is. */
function complete(controls: Control[], needed: (field: Field) => boolean): boolean {
  const lacking = controls.filter((one) => needed(one.field) && isEmpty(one.value()));
  for (const one of controls) one.wrong(lacking.includes(one) ? "请填写。" : "");
  lacking[0]?.element.scrollIntoView({ block: "center" });
  return lacking.length === 0;
}

/** What goes to the server: a field left empty is not sent, so that the ledger may fill it itself. */
function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

const gone = (words: string): View => ({ title: "上报", tab: "report", back: "#/report", children: [empty("打不开", words)] });

/** A new record: `#/draft/<id>/<ledger>`, and `#/draft/<id>` for one that was begun before. */
export async function draft(id: string, key: string): Promise<View> {
  const held = await keptDraft(id);
  const form = app.form(held?.ledger ?? key);
  if (!form) return gone("这张草稿已经不在了，或者您没有权限。");
  return fill(form, held?.values ?? {}, id, null);
}

/** An entry that came back, to be corrected under its own id. */
export async function again(id: string): Promise<View> {
  const entry = await keptEntry(id);
  const form = entry && app.form(entry.ledger);
  if (!entry || !form || entry.state === "sent") return gone("这一条已经上传，或者已放弃。");
  return entry.kind === "move" ? moving(form, entry.ledger, "", entry.move ?? "", entry) : fill(form, entry.values, id, entry);
}

function fill(form: Form, held: Values, id: string, entry: Entry | null): View {
  let timer = 0;
  const keep = (): Promise<unknown> =>
    keepDraft({ id, account: app.account, ledger: form.key, values: made.values(), at: new Date().toISOString() });
  const changed = (): void => {
    window.clearTimeout(timer);
    if (!entry) timer = window.setTimeout(() => void keep(), TYPING_MS);
  };
  const made = filled(form.key, form.fields, held, changed);
  for (const one of made.controls) one.wrong(entry?.refusal?.errors?.[one.field.name] ?? "");
  const save = async (): Promise<void> => {
    if (!complete(made.controls, (field) => field.required)) return;
    window.clearTimeout(timer);
    const values = given(made.values());
    const title = titled(form.title, form.fields, values);
    if (entry) await queue.correct(entry, { values, title });
    else await queue.add({ id, account: app.account, kind: "create", ledger: form.key, title, values });
    await dropDraft(id);
    await app.read();
    history.replaceState(null, "", `#/ledger/${form.key}`);
    go(`#/entry/${id}`);
    void app.send();
  };
  const later = async (): Promise<void> => {
    window.clearTimeout(timer);
    await keep();
    go(`#/ledger/${form.key}`);
  };
  const word = entry ? "改好，重新上传" : form.then ? `保存并${form.then}` : "保存";
  const buttons = h(
    "div",
    { class: "foot" },
    entry ? null : h("button", { class: "button", type: "button", onclick: () => void later() }, "存草稿"),
    once(h("button", { class: "button button--primary", type: "submit" }, word)),
  );
  const element = h("form", { class: "form", novalidate: true }, refusalOf(entry), made.element, buttons);
  onSubmit(element, save);
  return { title: form.title, tab: "report", back: entry ? `#/entry/${id}` : `#/ledger/${form.key}`, children: [element], still: true };
}

/** A move of a record that the phone keeps or can still ask for. */
export async function move(ledger: string, number: string, name: string): Promise<View> {
  const form = app.form(ledger);
  if (!form) return gone("您没有权限办理。");
  return moving(form, ledger, number, name, null);
}

function moving(form: Form, ledger: string, number: string, name: string, entry: Entry | null): View {
  const step: Move | undefined = form.moves[name];
  // What came back is decided on the record as it is now.
  const record: Shown | undefined = entry ? (entry.refusal?.now ?? entry.seen) : (app.record(ledger, number) ?? app.opened);
  if (!step || !record || (!entry && record.number !== number)) return gone("请先打开这条记录，再办理。");
  const needed = record.needs[name] ?? [];
  const held: Values = entry ? entry.values : begun(step.fields, record);
  const made = filled(ledger, step.fields, held, () => undefined);
  const label = step.comment ? "理由" : "意见";
  const comment = h("textarea", { id: "f-comment", class: "input", rows: 3 }, entry?.comment ?? "");
  const wrong = h("p", { class: "error", role: "alert", hidden: true }, `请写明${label}。`);
  const star = step.comment ? h("span", { class: "required", "aria-hidden": "true" }, "*") : null;
  const save = async (): Promise<void> => {
    wrong.hidden = !step.comment || comment.value.trim() !== "";
    if (!complete(made.controls, (field) => field.required || needed.includes(field.name)) || !wrong.hidden) return;
    const values = given(made.values());
    const told = { values, comment: comment.value.trim(), version: record.version, seen: record };
    const id = entry?.id ?? queue.newId();
    const title = record.title;
    if (entry) await queue.correct(entry, told);
    else await queue.add({ id, account: app.account, kind: "move", ledger, title, number, move: name, ...told });
    await app.read();
    history.replaceState(null, "", `#/ledger/${ledger}`);
    go(`#/entry/${id}`);
    void app.send();
  };
  const element = h(
    "form",
    { class: "form", novalidate: true },
    refusalOf(entry),
    h("p", { class: "lead" }, h("strong", {}, record.title), h("small", {}, `${record.number}　${record.word} → ${step.to}`)),
    made.element,
    h("div", { class: "field" }, h("label", { class: "label", for: "f-comment" }, label, star), comment, wrong),
    h("div", { class: "foot" }, once(h("button", { class: "button button--primary", type: "submit" }, entry ? `改好，重新${step.label}` : step.label))),
  );
  onSubmit(element, save);
  return { title: step.label, tab: "report", back: entry ? `#/entry/${entry.id}` : `#/record/${ledger}/${number}`, children: [element], still: true };
}

/** What the fields of a move hold in the record already. */
function begun(fields: Field[], record: Shown): Values {
  const found: Values = {};
  for (const field of fields) {
    const value = record.values[field.name];
    if (Array.isArray(value) && field.control === "link") found[field.name] = { number: String(value[0]), name: String(value[1]) };
    else if (value !== undefined && value !== "") found[field.name] = value as Value;
  }
  return found;
}

function refusalOf(entry: Entry | null): HTMLElement | null {
  return entry?.refusal ? h("p", { class: "message message--late", role: "alert" }, entry.refusal.detail) : null;
}

/** A button that one form presses once, however often it is tapped. */
function once(button: HTMLButtonElement): HTMLButtonElement {
  button.dataset.once = "";
  return button;
}

function onSubmit(form: HTMLFormElement, save: () => Promise<void>): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector<HTMLButtonElement>("[data-once]");
    if (!button || button.disabled) return;
    button.disabled = true;
    save()
      .catch(() => form.prepend(h("p", { class: "message message--late", role: "alert" }, "本机没有存下：手机空间可能不足。请清理后再试。")))
      .finally(() => (button.disabled = false));
  });
}
