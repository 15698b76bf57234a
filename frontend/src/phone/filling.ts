/** Putting values and records into words, and beginning one form from another. */
import { isLink } from "./api";
import { h } from "./dom";
import { thumbnail } from "./fields";
import { newId } from "./queue";
import { keepDraft } from "./store";
import { app, go } from "./app";
import type { Entry, Field, Follow, Shown, Value, Values } from "./types";

/** A value as people read it. */
export function said(field: Field, value: Value): string {
  if (isLink(value)) return value.name;
  const words = new Map(field.options ?? []);
  if (Array.isArray(value)) return value.map((one) => words.get(one) ?? one).join("、");
  return `${words.get(value) ?? value.replace("T", " ")}${value && field.unit ? ` ${field.unit}` : ""}`;
}

/** Label and value of all that was filled in, pictures as pictures. */
export function listed(fields: Field[], values: Values): HTMLElement {
  const rows = fields.flatMap((field) => {
    const value = values[field.name];
    if (value === undefined || (!isLink(value) && value.length === 0)) return [];
    const isFile = Array.isArray(value) && (field.control === "files" || field.control === "sign");
    const shown = isFile ? h("div", { class: "photos" }, ...value.map((one) => thumbnail(one, null))) : said(field, value);
    return [h("dt", {}, field.label), h("dd", {}, shown)];
  });
  return h("dl", { class: "rows" }, ...rows);
}

/** What an entry is called while it has no number: the form's title and its first words. */
export function titled(title: string, fields: Field[], values: Values): string {
  for (const field of fields.filter((one) => ["link", "text"].includes(one.control))) {
    const words = said(field, values[field.name] ?? "");
    if (words) return `${title} ${words}`;
  }
  return title;
}

/** Begin a follow-up of a record or of an entry that may not have arrived: a draft that knows what its source knows. */
export async function followUp(follow: Follow, source: Shown | Entry): Promise<void> {
  const values: Values = {};
  for (const [name, from] of Object.entries(follow.carries)) {
    const value = from === "self" ? self(source) : carried(source.values[from]);
    if (value !== "") values[name] = value;
  }
  const id = newId();
  await keepDraft({ id, account: app.account, ledger: follow.ledger, values, at: new Date().toISOString() });
  go(`#/draft/${id}`);
}

function self(source: Shown | Entry): Value {
  if ("version" in source && "number" in source && "rows" in source) return { number: source.number, name: source.title };
  const entry = source as Entry;
  return entry.answer ? { number: entry.answer.number, name: entry.answer.title } : { entry: entry.id, name: entry.title };
}

/** A value carried along; a link of a record comes as [number, name]. */
function carried(value: unknown): Value {
  if (Array.isArray(value) && value.length === 2 && typeof value[0] === "string") return { number: value[0], name: String(value[1]) };
  if (Array.isArray(value)) return value.map(String);
  return isLink(value) ? value : String(value ?? "");
}
