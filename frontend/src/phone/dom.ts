/** Making elements, and words for times and distances. Nothing is ever put into a page as markup. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | boolean | number | null | undefined | ((event: Event) => void)>;

/** An element: attributes as written in HTML, `onclick` and the like as functions, children in order. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: string): SVGSVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.icons ?? ""}#${name}`);
  drawing.append(use);
  return drawing;
}

export function badge(word: string, tone: string): HTMLElement {
  return h("span", { class: `badge badge--${tone}` }, word);
}

export function empty(title: string, words: string): HTMLElement {
  return h("div", { class: "empty" }, icon("inbox"), h("strong", {}, title), h("p", {}, words));
}

const clock = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

export const when = (iso: string): string => clock.format(new Date(iso));

/** A date that is never broken over two lines. */
export const whole = (date: string): string => date.replaceAll("-", "\u2011");

export const distance = (metres: number): string =>
  metres < 950 ? `${Math.max(10, Math.round(metres / 10) * 10)} 米` : `${(metres / 1000).toFixed(metres < 9950 ? 1 : 0)} 公里`;

/** The time here and now as China writes it: 2026-11-22T10:03. */
export function localTime(at: Date = new Date()): string {
  return new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 16);
}
