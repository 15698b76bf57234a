/**
 * The text of all put into the editor of one: only what differs is replaced, paragraph by paragraph and inside a
 * paragraph from the first to the last character that differs, so that the cursor stays with its words.
 */
import { Slice } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { blocks, readBlock, sources, type Block } from "./schema";

/** From this likeness on, a paragraph is the other's changed form. */
const LIKE = 0.4;

interface Hunk {
  from: number;
  to: number;
  start: number;
  end: number;
}

export function receive(state: EditorState, text: string): Transaction | null {
  const have = blocks(state.doc);
  const wanted = sources(text);
  const tr = state.tr;
  for (const hunk of hunks(have.map((block) => block.source), wanted).reverse()) {
    put(tr, have, have.slice(hunk.from, hunk.to), wanted.slice(hunk.start, hunk.end), hunk.from);
  }
  if (!tr.docChanged) return null;
  return tr.setMeta("addToHistory", false).setMeta("received", true);
}

/** Replace some neighbouring blocks: those that are alike in place, the rest taken out or put in; from the end. */
function put(tr: Transaction, have: Block[], old: Block[], now: string[], at: number): void {
  const pairs = paired(old.map((block) => block.source), now);
  let j = now.length;
  for (let i = old.length; i >= 0; i -= 1) {
    const block = old[i];
    const with_ = block ? pairs.get(i) : undefined;
    const from = block ? (with_ === undefined ? j : with_ + 1) : (lastPair(pairs, i) ?? -1) + 1;
    if (from < j) {
      const before = have[at + i];
      const place = block ? block.pos + block.node.nodeSize : (before?.pos ?? tr.doc.content.size);
      tr.insert(Math.min(place, tr.doc.content.size), now.slice(from, j).map(readBlock));
      j = from;
    }
    if (!block) continue;
    if (with_ === undefined) remove(tr, block);
    else {
      change(tr, block, now[with_] ?? "");
      j = with_;
    }
  }
  if (j > 0) tr.insert(old[0]?.pos ?? 0, now.slice(0, j).map(readBlock));
}

const lastPair = (pairs: Map<number, number>, before: number): number | undefined => {
  for (let i = before - 1; i >= 0; i -= 1) if (pairs.has(i)) return pairs.get(i);
  return undefined;
};

function remove(tr: Transaction, block: Block): void {
  if (tr.doc.childCount > 1) tr.delete(block.pos, block.pos + block.node.nodeSize);
  else tr.delete(block.pos + 1, block.pos + block.node.nodeSize - 1);
}

function change(tr: Transaction, block: Block, said: string): void {
  const next = readBlock(said);
  if (block.node.type.name === "table" || next.type.name === "table") {
    tr.replaceWith(block.pos, block.pos + block.node.nodeSize, next);
    return;
  }
  const start = block.node.content.findDiffStart(next.content);
  const end = block.node.content.findDiffEnd(next.content);
  if (start !== null && end) {
    const overlap = Math.max(0, start - Math.min(end.a, end.b));
    const inside = block.pos + 1;
    tr.replace(inside + start, inside + end.a + overlap, new Slice(next.content.cut(start, end.b + overlap), 0, 0));
  }
  if (!block.node.hasMarkup(next.type, next.attrs)) tr.setNodeMarkup(block.pos, next.type, next.attrs);
}

/** Which of the old ones became which of the new ones, in order. */
function paired(old: string[], now: string[]): Map<number, number> {
  const found = new Map<number, number>();
  let next = 0;
  for (const [i, before] of old.entries()) {
    for (let j = next; j < now.length; j += 1) {
      if (old.length !== now.length ? like(before, now[j] ?? "") < LIKE : j !== i) continue;
      found.set(i, j);
      next = j + 1;
      break;
    }
  }
  return found;
}

function like(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let first = 0;
  while (first < most && one[first] === other[first]) first += 1;
  let last = 0;
  while (last < most - first && one.at(-1 - last) === other.at(-1 - last)) last += 1;
  return (first + last) / Math.max(one.length, other.length, 1);
}

/** Where two lists differ, by their longest common subsequence. */
export function hunks(one: string[], other: string[]): Hunk[] {
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < one.length - head && tail < other.length - head && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  const a = one.slice(head, one.length - tail);
  const b = other.slice(head, other.length - tail);
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: Hunk[] = [];
  let i = 0;
  let j = 0;
  let from = 0;
  let start = 0;
  const close = (): void => {
    if (i > from || j > start) found.push({ from: head + from, to: head + i, start: head + start, end: head + j });
  };
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      close();
      i += 1;
      j += 1;
      from = i;
      start = j;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  i = a.length;
  j = b.length;
  close();
  return found;
}
