/** Text stays readable in every skin: WCAG 2.1 AA asks 4.5:1 for text, 3:1 for the signs of controls. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8");

/** Tokens of a block of the sheet, by its selector. */
function block(selector) {
  const start = css.indexOf(`${selector} {`);
  const text = css.slice(start, css.indexOf("\n}", start));
  return Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

const light = block(":root");
const dark = { ...light, ...block(':root[data-skin="dark"]') };
const skins = {
  light,
  dark,
  "light, high contrast": { ...light, ...block(':root[data-contrast="high"]') },
  "dark, high contrast": { ...dark, ...block(':root[data-contrast="high"]'), ...block(':root[data-skin="dark"][data-contrast="high"]') },
};

function luminance(colour) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = [
  ["ink", "surface"],
  ["ink", "ground"],
  ["ink-soft", "surface"],
  ["ink-soft", "sunken"],
  ["ink-faint", "surface"],
  ["ink-faint", "ground"],
  ["action", "surface"],
  ["action-strong", "action-soft"],
  ["on-action", "action"],
  ["on-band", "band"],
  ["done", "done-soft"],
  ["todo", "todo-soft"],
  ["late", "late-soft"],
  ["void", "void-soft"],
  ["late", "surface"],
  ["ink", "risk-red-soft"],
  ["ink", "risk-orange-soft"],
  ["ink", "risk-yellow-soft"],
  ["ink", "risk-blue-soft"],
];
const SIGNS = [
  ["action", "land"],
  ["late", "land"],
  ["void", "land"],
  ["stale", "land"],
  ["focus", "surface"],
];

for (const [name, tokens] of Object.entries(skins)) {
  test(`text is readable: ${name}`, () => {
    for (const [text, ground] of TEXT) {
      const found = contrast(tokens[text], tokens[ground]);
      assert.ok(found >= 4.5, `${text} on ${ground}: ${found.toFixed(2)}`);
    }
  });
  test(`signs are visible: ${name}`, () => {
    for (const [sign, ground] of SIGNS) {
      const found = contrast(tokens[sign], tokens[ground]);
      assert.ok(found >= 3, `${sign} on ${ground}: ${found.toFixed(2)}`);
    }
  });
}
