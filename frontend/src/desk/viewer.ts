/** The pictures of a pass: one large, the rest as a strip; larger under the pointer, whole in a dialog, by keys 1 to 5. */
import { h } from "../phone/dom";
import type { Medium, Pass } from "./types";

/** The kinds in the order of their keys, shown also where a pass has none of them. */
const KINDS: [string, string][] = [
  ["front", "车头"],
  ["side", "车侧"],
  ["rear", "车尾"],
  ["plate", "号牌"],
];

export class Viewer {
  readonly element = h("section", { class: "desk-pictures", "aria-label": "过车影像" });
  private readonly large = h("div", { class: "desk-picture" });
  private readonly strip = h("div", { class: "desk-strip", role: "group", "aria-label": "选择影像" });
  private media: Medium[] = [];
  private chosen = 0;

  constructor() {
    this.element.append(this.large, this.strip);
    this.large.addEventListener("pointermove", (event) => this.enlarge(event));
    this.large.addEventListener("pointerleave", () => this.large.classList.remove("desk-picture--near"));
    this.large.addEventListener("click", () => this.whole());
  }

  show(pass: Pass): void {
    const known = KINDS.map(([kind, title]) => {
      const found = pass.media.find((one) => one.kind === kind);
      return found ?? { kind, title, src: "", away: `没有${title}图像` };
    });
    const rest = pass.media.filter((one) => !KINDS.some(([kind]) => kind === one.kind) || !known.includes(one));
    this.media = [...known, ...rest];
    this.strip.replaceChildren(...this.media.map((one, place) => this.thumb(one, place)));
    this.choose(Math.max(0, this.media.findIndex((one) => one.src)));
  }

  choose(place: number): void {
    const medium = this.media[place];
    if (!medium) return;
    this.chosen = place;
    this.large.classList.remove("desk-picture--near");
    this.large.replaceChildren(content(medium));
    [...this.strip.children].forEach((thumb, n) => thumb.setAttribute("aria-pressed", String(n === place)));
  }

  /** Fetch what is shown next, so that it is there when it is wanted. */
  static ahead(passes: Pass[]): void {
    for (const pass of passes) {
      for (const medium of pass.media) if (medium.src && medium.kind !== "video") new Image().src = medium.src;
    }
  }

  private thumb(medium: Medium, place: number): HTMLButtonElement {
    const name = `${medium.title}（按 ${place + 1}）${medium.src ? "" : `：${medium.away}`}`;
    const small = medium.src && medium.kind !== "video" ? h("img", { src: medium.src, alt: "" }) : h("span", { class: "desk-none" }, medium.src ? "▶" : "无");
    const button = h("button", { type: "button", "aria-label": name, title: name, onclick: () => this.choose(place) }, small);
    button.append(h("span", {}, `${place + 1} ${medium.title}`));
    return button;
  }

  private enlarge(event: PointerEvent): void {
    const picture = this.large.querySelector("img");
    if (!picture || event.pointerType !== "mouse") return;
    const box = this.large.getBoundingClientRect();
    const part = (at: number, from: number, size: number): string => `${Math.round(((at - from) / size) * 100)}%`;
    picture.style.transformOrigin = `${part(event.clientX, box.left, box.width)} ${part(event.clientY, box.top, box.height)}`;
    this.large.classList.add("desk-picture--near");
  }

  private whole(): void {
    const medium = this.media[this.chosen];
    if (!medium?.src || medium.kind === "video") return;
    const dialog = h("dialog", { class: "dialog desk-whole", "aria-label": medium.title }, h("img", { src: medium.src, alt: medium.title }));
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}

function content(medium: Medium): HTMLElement {
  if (!medium.src) return h("p", { class: "desk-none" }, medium.title, h("br"), medium.away);
  if (medium.kind === "video") return h("video", { src: medium.src, controls: true, autoplay: true, muted: true, loop: true, "aria-label": medium.title });
  return h("img", { src: medium.src, alt: medium.title, draggable: "false" });
}
