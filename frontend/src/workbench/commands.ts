/** What a writer does with blocks and figures, as commands with their keys. */
import { baseKeymap, chainCommands, setBlockType } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { NodeSelection, TextSelection, type Command, type Plugin } from "prosemirror-state";
import type { Figures } from "./figures";
import { schema } from "./schema";

/** Make the block a heading of a level, or a paragraph (0). */
export const style = (level: number): Command =>
  level ? setBlockType(schema.nodes["heading"]!, { level }) : setBlockType(schema.nodes["paragraph"]!);

/** Move the block under the cursor before its neighbour, or behind it. */
export const move =
  (step: -1 | 1): Command =>
  (state, dispatch) => {
    const at = state.selection.$from;
    const index = at.index(0);
    const other = state.doc.maybeChild(index + step);
    if (!other) return false;
    if (dispatch) {
      const block = state.doc.child(index);
      const from = at.posAtIndex(index, 0);
      const tr = state.tr.delete(from, from + block.nodeSize);
      const to = step < 0 ? from - other.nodeSize : from + other.nodeSize;
      tr.insert(to, block).setSelection(TextSelection.near(tr.doc.resolve(to + 1 + at.parentOffset)));
      dispatch(tr.scrollIntoView());
    }
    return true;
  };

export const removeBlock: Command = (state, dispatch) => {
  const at = state.selection.$from;
  if (state.doc.childCount < 2) return false;
  const from = at.posAtIndex(at.index(0), 0);
  dispatch?.(state.tr.delete(from, from + state.doc.child(at.index(0)).nodeSize).scrollIntoView());
  return true;
};

export const insertFigure =
  (key: string, from?: number, to?: number): Command =>
  (state, dispatch) => {
    const node = schema.node("figure", { key });
    const tr = from === undefined ? state.tr.replaceSelectionWith(node, false) : state.tr.replaceWith(from, to ?? from, node);
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/** In a table, Enter and Tab go to the next cell. */
const nextCell =
  (step: -1 | 1): Command =>
  (state, dispatch) => {
    const at = state.selection.$from;
    if (at.parent.type.name !== "cell") return false;
    const cells: number[] = [];
    const table = at.posAtIndex(at.index(0), 0);
    state.doc.child(at.index(0)).descendants((node, pos) => void (node.type.name === "cell" && cells.push(table + 1 + pos + 1)));
    const to = cells[cells.indexOf(at.start()) + step];
    if (to !== undefined) dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(to))).scrollIntoView());
    return true;
  };

/** Backspace before a figure selects it first: a number is not taken out by a slip. */
const selectFigureBefore: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.nodeBefore?.type.name !== "figure") return false;
  dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, $from.pos - 1)));
  return true;
};

export function plugins(figures: Figures, pick: Command): Plugin[] {
  const known = new InputRule(/\[\[([^[\]|]+)(?:\|([a-z_]+))?\]\]$/, (state, match, start, end) => {
    const [, key = "", aspect = "value"] = match;
    return figures.all[key] ? state.tr.replaceWith(start, end, schema.node("figure", { key, aspect })) : null;
  });
  const heading = textblockTypeInputRule(/^(#{1,4})\s$/, schema.nodes["heading"]!, (match) => ({ level: match[1]?.length ?? 1 }));
  const keys: Record<string, Command> = {
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Mod-k": pick,
    "Alt-ArrowUp": move(-1),
    "Alt-ArrowDown": move(1),
    Tab: nextCell(1),
    "Shift-Tab": nextCell(-1),
    Enter: nextCell(1),
    Backspace: selectFigureBefore,
  };
  for (const level of [0, 1, 2, 3, 4]) keys[`Mod-Alt-${level}`] = style(level);
  const base = { ...baseKeymap, Enter: chainCommands(nextCell(1), baseKeymap["Enter"]!) };
  return [history(), inputRules({ rules: [known, heading] }), keymap(keys), keymap(base)];
}

export { redo, undo };
