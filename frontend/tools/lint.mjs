/**
 * The rules of this folder that no compiler knows. Prints each fault with its place; exit code 1 where there is one.
 *
 *   - colours are tokens: no colour is written outside tokens.css
 *   - nothing is fetched from elsewhere: no http(s) address but those of namespaces
 *   - modules stay under 400 lines, sheets under 600; nothing is printed to the console
 *   - every icon that a template names is in icons.txt
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const FRONTEND = fileURLToPath(new URL("..", import.meta.url));
const PACKAGE = join(FRONTEND, "../src/tonggui");
const LONGEST = { ts: 400, css: 600 };

const RULES = [
  [/\.css$/, /#[0-9a-f]{3,8}\b/i, "a colour outside tokens.css", /tokens\.css$|print\.css$/],
  [/\.(ts|css)$/, /https?:\/\/(?!www\.w3\.org)/, "an address outside this machine"],
  [/\.ts$/, /\bconsole\.|\bdebugger\b/, "console output"],
  [/\.ts$/, /:\s*any\b|as any\b|@ts-ignore/, "an unchecked type"],
];

function files(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function* faultsOfSources() {
  for (const file of files(join(FRONTEND, "src"), /\.(ts|css)$/)) {
    const lines = readFileSync(file, "utf8").split("\n");
    const longest = LONGEST[file.split(".").at(-1)];
    if (lines.length > longest) yield [file, lines.length, `more than ${longest} lines`];
    for (const [applies, pattern, words, except] of RULES) {
      if (!applies.test(file) || except?.test(file)) continue;
      for (const [at, line] of lines.entries()) if (pattern.test(line)) yield [file, at + 1, words];
    }
  }
}

function* faultsOfIcons() {
  const known = new Set(readFileSync(join(FRONTEND, "src/icons.txt"), "utf8").split("\n").filter(Boolean));
  for (const file of files(PACKAGE, /\.html$/)) {
    for (const [at, line] of readFileSync(file, "utf8").split("\n").entries()) {
      for (const [, name] of line.matchAll(/{% icon "([^"]+)"/g)) {
        if (!known.has(name)) yield [file, at + 1, `icon "${name}" is not in src/icons.txt`];
      }
    }
  }
}

const faults = [...faultsOfSources(), ...faultsOfIcons()];
for (const [file, line, words] of faults) console.error(`${relative(process.cwd(), file)}:${line}: ${words}`);
process.exitCode = faults.length > 0 ? 1 : 0;
