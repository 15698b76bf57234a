/** The axles of a truck drawn from the side: wheels in their groups, loads above, a heavy group in words below. */
import type { Group } from "./types";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 15;
const APART = 52;
const BETWEEN = 34;
const TOP = 34;
const WHEELS = 78;

export function drawAxles(groups: Group[]): SVGSVGElement {
  const places: number[][] = [];
  let at = 40;
  for (const group of groups) {
    places.push(group.loads.map((_, place) => at + place * APART));
    at += group.loads.length * APART + BETWEEN;
  }
  const width = Math.max(at - BETWEEN, 200);
  const drawing = element("svg", { viewBox: `0 0 ${width} 142`, role: "img", class: "desk-axles" });
  drawing.append(element("title", {}, inWords(groups)));
  drawing.append(element("rect", { x: 8, y: TOP + 16, width: width - 16, height: 14, class: "axles-frame" }));
  groups.forEach((group, n) => {
    const xs = places[n] ?? [];
    group.loads.forEach((load, place) => {
      const x = xs[place] ?? 0;
      drawing.append(element("line", { x1: x, x2: x, y1: TOP + 30, y2: WHEELS, class: "axles-stem" }));
      drawing.append(element("circle", { cx: x, cy: WHEELS, r: RADIUS, class: group.over ? "axles-wheel axles-wheel--over" : "axles-wheel" }));
      // Twin tyres show as a second ring.
      if (!group.single && group.name) drawing.append(element("circle", { cx: x, cy: WHEELS, r: RADIUS - 6, class: "axles-twin" }));
      drawing.append(element("text", { x, y: TOP + 4, class: "axles-load" }, tonnes(load)));
    });
    const middle = ((xs[0] ?? 0) + (xs.at(-1) ?? 0)) / 2;
    const first = (xs[0] ?? 0) - RADIUS - 3;
    const last = (xs.at(-1) ?? 0) + RADIUS + 3;
    const y = WHEELS + RADIUS + 7;
    drawing.append(element("path", { d: `M${first} ${y - 3}v4H${last}v-4`, class: group.over ? "axles-brace axles-brace--over" : "axles-brace" }));
    const limit = group.limit === null ? "" : `/${tonnes(group.limit)}`;
    drawing.append(element("text", { x: middle, y: y + 16, class: group.over ? "axles-sum axles-sum--over" : "axles-sum" }, `${tonnes(group.sum)}${limit}`));
    if (group.over) drawing.append(element("text", { x: middle, y: y + 32, class: "axles-sum axles-sum--over" }, "超轴荷"));
  });
  return drawing;
}

const tonnes = (kilograms: number): string => (kilograms / 1000).toFixed(kilograms % 100 ? 2 : 1);

function inWords(groups: Group[]): string {
  const told = groups.map((group, n) => {
    const limit = group.limit === null ? "" : `，参考限值 ${tonnes(group.limit)} 吨`;
    return `第 ${n + 1} 轴组${group.name ? `（${group.name}）` : ""} ${tonnes(group.sum)} 吨${limit}${group.over ? `，${group.over}` : ""}`;
  });
  return told.join("；");
}

function element(name: string, attributes: Record<string, string | number>, text = ""): SVGElement & SVGSVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement & SVGSVGElement;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}
