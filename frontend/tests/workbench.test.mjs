/** The text of the workbench: read and written in one form, received from others with the cursor where it was. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";

let desk;
before(async () => {
  const entry = fileURLToPath(new URL("workbench.entry.ts", import.meta.url));
  const built = await build({ configFile: false, logLevel: "silent", build: { write: false, lib: { entry, formats: ["es"] }, minify: false } });
  desk = await import(`data:text/javascript,${encodeURIComponent(built[0].output[0].code)}`);
});

const TEXT = "# 安全生产\n\n发现隐患[[HAZ-01]]，整改率[[HAZ-04|change]]。出动[[SAF-02]]。\n\n各单位履职尽责。\n\n| 乡镇 | 处 |\n| 示例镇 | [[HAZ-01|bare]] |";

const stateOf = (text) => desk.EditorState.create({ doc: desk.read(text), plugins: [desk.history()] });
const cursorIn = (state, words) => {
  let at = 0;
  state.doc.descendants((node, pos) => {
    if (node.isText && node.text.includes(words)) at = pos + node.text.indexOf(words) + words.length;
  });
  return state.apply(state.tr.setSelection(desk.TextSelection.create(state.doc, at)));
};
const received = (state, text) => {
  const tr = desk.receive(state, text);
  return tr ? state.apply(tr) : state;
};

test("a text is written as it was read", () => {
  assert.equal(desk.write(desk.read(TEXT)), TEXT);
  assert.equal(desk.write(desk.read("")), "");
});

test("signs of the light text that a person types in a paragraph stay words", () => {
  const state = stateOf("甲");
  assert.equal(desk.write(state.apply(state.tr.insertText("| 乙 ", 1)).doc), "｜ 乙 甲");
  assert.equal(desk.write(state.apply(state.tr.insertText("# 乙 ", 1)).doc), "＃ 乙 甲");
});

test("what comes from others is put in, whatever they did", () => {
  const texts = [
    TEXT.replace("履职", "认真履职"),
    TEXT.replace("# 安全生产", "## 安全生产工作"),
    `第一段。\n\n${TEXT}\n\n最后一段。`,
    TEXT.replace("各单位履职尽责。\n\n", ""),
    TEXT.replace("[[SAF-02]]", "[[SAF-03]]").replace("示例镇", "示例乡"),
    "各单位履职尽责。\n\n# 安全生产",
    "全文改写。",
    "",
  ];
  for (const one of texts) for (const other of [TEXT, ...texts]) assert.equal(desk.write(received(stateOf(one), other).doc), other);
});

test("the cursor stays behind its words and undo takes back only one's own", () => {
  let state = cursorIn(stateOf(TEXT), "各单位");
  state = state.apply(state.tr.insertText("（我写的）"));
  const sent = desk.write(state.doc);
  state = received(state, `新的一段。\n\n${sent.replace("尽责", "守责").replace("发现", "共发现")}`);
  const { $from } = state.selection;
  assert.equal($from.parent.textContent.slice(0, $from.parentOffset), "各单位（我写的）");
  desk.undo(state, (tr) => (state = state.apply(tr)));
  assert.equal(desk.write(state.doc).includes("我写的"), false);
  assert.equal(desk.write(state.doc).includes("共发现") && desk.write(state.doc).includes("守责"), true);
});

test("the sentence of a place has its own figures and no others", () => {
  const state = cursorIn(stateOf(TEXT), "整改率");
  assert.deepEqual(desk.sentenceAt(state, state.selection.from).keys, ["HAZ-01", "HAZ-04"]);
  const next = cursorIn(stateOf(TEXT), "出动");
  assert.deepEqual(desk.sentenceAt(next, next.selection.from).keys, ["SAF-02"]);
});

test("typed numbers are found and figures are none", () => {
  assert.deepEqual(desk.typedDigits(desk.read("另有17处，占５%[[HAZ-01]]。")).map((one) => one.words), ["17", "５%"]);
});

test("headings are counted by level", () => {
  const doc = desk.read("# 甲\n\n## 乙\n\n## 丙\n\n# 丁\n\n## 戊");
  assert.deepEqual(desk.headings(doc).map((one) => one.mark), ["一、", "（一）", "（二）", "二、", "（一）"]);
  assert.equal(desk.levelMark(1, 23), "二十三、");
});

test("a paragraph moves before its neighbour with its cursor, and one can be taken out", () => {
  let state = cursorIn(stateOf(TEXT), "各单位");
  desk.move(-1)(state, (tr) => (state = state.apply(tr)));
  assert.equal(desk.blocks(state.doc)[1].source, "各单位履职尽责。");
  assert.equal(state.selection.$from.parentOffset, 3);
  desk.removeBlock(state, (tr) => (state = state.apply(tr)));
  assert.equal(desk.write(state.doc), TEXT.replace("各单位履职尽责。\n\n", ""));
});
