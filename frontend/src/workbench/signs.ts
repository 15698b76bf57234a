/** What is drawn over the text and is no part of it: level marks, typed digits, who is where. */
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { source } from "./schema";
import type { Writer } from "./types";

const DIGITS = /[0-9０-９][0-9０-９.,，．]*%?/g;
const HAN = "零一二三四五六七八九";

export function chinese(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  return (tens === 0 ? "" : tens === 1 ? "十" : `${HAN[tens] ?? ""}十`) + (ones ? (HAN[ones] ?? "") : "");
}

/** The mark of the n-th heading of a level (GB/T 9704-2012, 结构层次序数). */
export function levelMark(level: number, n: number): string {
  const said = level < 3 ? chinese(n) : String(n);
  return [`${said}、`, `（${said}）`, `${said}.`, `（${said}）`][level - 1] ?? "";
}

export interface Heading {
  node: Node;
  pos: number;
  level: number;
  mark: string;
}

export function headings(doc: Node): Heading[] {
  const counts = [0, 0, 0, 0];
  const found: Heading[] = [];
  doc.forEach((node, pos) => {
    if (node.type.name !== "heading" || !node.content.size) return;
    const level = node.attrs["level"] as number;
    counts[level - 1] = (counts[level - 1] ?? 0) + 1;
    counts.fill(0, level);
    found.push({ node, pos, level, mark: levelMark(level, counts[level - 1] ?? 1) });
  });
  return found;
}

export interface Typed {
  from: number;
  to: number;
  words: string;
}

/** Numbers typed by hand between the figures: each needs a source. */
export function typedDigits(doc: Node, from = 0, to = doc.content.size): Typed[] {
  const found: Typed[] = [];
  doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isText) return;
    for (const match of (node.text ?? "").matchAll(DIGITS)) {
      found.push({ from: pos + match.index, to: pos + match.index + match[0].length, words: match[0] });
    }
  });
  return found;
}

export const writersKey = new PluginKey<{ writers: Writer[]; set: DecorationSet }>("signs");

function draw(doc: Node, writers: Writer[]): DecorationSet {
  const found = headings(doc).map(({ pos, node, mark }) => Decoration.node(pos, pos + node.nodeSize, { "data-mark": mark }));
  for (const { from, to, words } of typedDigits(doc)) {
    found.push(Decoration.inline(from, to, { class: "typed-digit", title: `“${words}”是手工录入的数字，请点这里注明来源，或改用指标` }));
  }
  const places = new Map<number, string[]>();
  for (const writer of writers) if (writer.place >= 0) places.set(writer.place, [...(places.get(writer.place) ?? []), writer.name]);
  if (places.size) {
    let n = -1;
    doc.forEach((node, pos) => {
      if (source(node)) n += 1;
      const names = source(node) ? places.get(n) : undefined;
      if (names) found.push(Decoration.node(pos, pos + node.nodeSize, { class: "someone-here", "data-who": names.join("、") }));
    });
  }
  return DecorationSet.create(doc, found);
}

export const signs = (): Plugin =>
  new Plugin({
    key: writersKey,
    state: {
      init: (_, state) => ({ writers: [] as Writer[], set: draw(state.doc, []) }),
      apply(tr, now) {
        const writers = (tr.getMeta(writersKey) as Writer[] | undefined) ?? now.writers;
        if (!tr.docChanged && writers === now.writers) return now;
        return { writers, set: draw(tr.doc, writers) };
      },
    },
    props: {
      decorations: (state) => writersKey.getState(state)?.set,
    },
  });
