export { EditorState, TextSelection } from "prosemirror-state";
export { history, undo } from "prosemirror-history";
export { move, removeBlock } from "../src/workbench/commands";
export { hunks, receive } from "../src/workbench/receive";
export { blocks, read, write } from "../src/workbench/schema";
export { headings, levelMark, typedDigits } from "../src/workbench/signs";
export { sentenceAt } from "../src/workbench/source";
