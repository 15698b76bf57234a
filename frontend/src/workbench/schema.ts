/**
 * The text in the editor: headings of four levels, paragraphs, tables, and figures as atoms in them. It is read from the
 * light text and written to it (see measure/text.py): the light text is the truth, this is how it is edited.
 */
import { Fragment, Schema, type Node } from "prosemirror-model";

export const schema = new Schema({
  nodes: {
    doc: { content: "(paragraph | heading | table)+" },
    paragraph: { content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      attrs: { level: { default: 1 } },
      content: "inline*",
      defining: true,
      parseDOM: [1, 2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      toDOM: (node) => ["h3", { class: `official-${node.attrs["level"]}` }, 0],
    },
    table: {
      content: "row+",
      isolating: true,
      parseDOM: [{ tag: "table" }],
      toDOM: () => ["div", { class: "table-wrap" }, ["table", { class: "table official-table" }, ["tbody", 0]]],
    },
    row: { content: "cell+", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
    cell: { content: "inline*", isolating: true, parseDOM: [{ tag: "td" }, { tag: "th" }], toDOM: () => ["td", 0] },
    figure: {
      attrs: { key: {}, aspect: { default: "value" } },
      inline: true,
      group: "inline",
      atom: true,
      draggable: true,
      parseDOM: [{ tag: "a[data-key]", getAttrs: (dom) => ({ key: dom.dataset["key"], aspect: dom.dataset["aspect"] ?? "value" }) }],
      toDOM: (node) => ["a", { class: "figure", "data-key": node.attrs["key"], "data-aspect": node.attrs["aspect"] }, node.attrs["key"]],
    },
    text: { group: "inline" },
  },
});

const MARK = /\[\[([^[\]|]+?)(?:\|([a-z_]+))?\]\]/g;
const CELLS = /\|(?![a-z_]+\]\])/;

export function mark(node: Node): string {
  const { key, aspect } = node.attrs as { key: string; aspect: string };
  return aspect === "value" ? `[[${key}]]` : `[[${key}|${aspect}]]`;
}

/** Words with marks as the content of a paragraph. */
export function inline(words: string): Node[] {
  const found: Node[] = [];
  let end = 0;
  for (const match of words.matchAll(MARK)) {
    if (match.index > end) found.push(schema.text(words.slice(end, match.index)));
    found.push(schema.node("figure", { key: match[1], aspect: match[2] ?? "value" }));
    end = match.index + match[0].length;
  }
  if (end < words.length) found.push(schema.text(words.slice(end)));
  return found;
}

/** One block of the light text: it is there in one form, `#` before headings, `|` around cells. */
export function readBlock(source: string): Node {
  if (source.startsWith("|")) {
    const lines = source.split("\n").map((line) => line.replace(/^\||\|$/g, "").split(CELLS));
    return schema.node("table", null, lines.map((cells) => schema.node("row", null, cells.map((cell) => schema.node("cell", null, inline(cell.trim()))))));
  }
  const heading = /^(#{1,4}) +/.exec(source);
  if (heading) return schema.node("heading", { level: heading[1]?.length ?? 1 }, inline(source.slice(heading[0].length)));
  return schema.node("paragraph", null, inline(source));
}

export const sources = (text: string): string[] => text.split(/\n{2,}/).filter(Boolean);

export function read(text: string): Node {
  const blocks = sources(text).map(readBlock);
  return schema.node("doc", null, blocks.length ? blocks : [schema.node("paragraph")]);
}

const words = (content: Fragment): string => {
  let said = "";
  content.forEach((node) => {
    said += node.isText ? (node.text ?? "") : mark(node);
  });
  return said.trim();
};

/** A block as it is written; the empty string for one without content, which the light text does not know. */
export function source(node: Node): string {
  if (node.type.name === "table") {
    const lines: string[] = [];
    node.forEach((row) => {
      const cells: string[] = [];
      row.forEach((cell) => cells.push(words(cell.content).replace(/\|(?![a-z_]+\]\])/g, "｜")));
      lines.push(`| ${cells.join(" | ")} |`);
    });
    return lines.join("\n");
  }
  const said = words(node.content);
  if (!said) return "";
  if (node.type.name === "heading") return `${"#".repeat(node.attrs["level"] as number)} ${said}`;
  // What would be a sign of the light text is a word here.
  return said.replace(/^#(?=#{0,3} )/, "＃").replace(/^\|/, "｜");
}

export interface Block {
  node: Node;
  pos: number;
  source: string;
}

/** The blocks that have content, as the server counts them. */
export function blocks(doc: Node): Block[] {
  const found: Block[] = [];
  doc.forEach((node, pos) => {
    const said = source(node);
    if (said) found.push({ node, pos, source: said });
  });
  return found;
}

export const write = (doc: Node): string => blocks(doc).map((block) => block.source).join("\n\n");
