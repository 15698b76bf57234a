/** The figures of the document as chips: what each prints, which are red and why. Chips are never typed into. */
import type { Node } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";
import type { Figure, Indicator } from "./types";

const LONG = 12;

export class Figures {
  /** Why a figure is red: stale, or at fault. */
  tones: Record<string, string> = {};
  more: Indicator[] = [];
  private chips = new Set<Chip>();
  private told: (() => void)[] = [];

  constructor(
    public all: Record<string, Figure>,
    public figured: string,
    readonly url: string,
  ) {}

  words(key: string, aspect: string): string {
    const figure = this.all[key];
    return figure?.words[aspect] ?? figure?.others[aspect] ?? (figure ? "—" : `[[${key}]]`);
  }

  /** What is to be said of a figure, and how it looks. */
  tone(key: string): [string, string] {
    const figure = this.all[key];
    const wrong = this.tones[key];
    if (!figure) return [" figure--late", "没有这个指标，请删除或改用其他指标"];
    if (wrong) return [" figure--late", wrong];
    if (figure.note) return [" figure--void", figure.note];
    return figure.typed ? [" figure--typed", "手工录入，有来源文件"] : ["", ""];
  }

  address(key: string): string {
    const n = this.all[key]?.n;
    return n ? `${this.url}figures/${n}/` : "";
  }

  add(key: string, figure: Figure): void {
    this.all[key] = figure;
    this.more = this.more.filter((one) => one.code !== key);
    this.changed();
  }

  onChange(told: () => void): void {
    this.told.push(told);
  }

  changed(): void {
    for (const chip of this.chips) chip.draw();
    for (const told of this.told) told();
  }

  view(node: Node): NodeView {
    const chip = new Chip(node, this, (gone) => this.chips.delete(gone));
    this.chips.add(chip);
    return chip;
  }
}

class Chip implements NodeView {
  readonly dom = document.createElement("a");

  constructor(
    private node: Node,
    private readonly figures: Figures,
    private readonly gone: (chip: Chip) => void,
  ) {
    this.dom.contentEditable = "false";
    this.draw();
  }

  draw(): void {
    const { key, aspect } = this.node.attrs as { key: string; aspect: string };
    const words = this.figures.words(key, aspect);
    const [tone, note] = this.figures.tone(key);
    const address = this.figures.address(key);
    const selected = this.dom.classList.contains("ProseMirror-selectednode");
    this.dom.className = `figure${tone}${words.length > LONG ? " figure--long" : ""}${address ? "" : " figure--plain"}`;
    this.dom.classList.toggle("ProseMirror-selectednode", selected);
    this.dom.dataset["key"] = key;
    this.dom.dataset["aspect"] = aspect;
    this.dom.title = `${key} ${this.figures.all[key]?.title ?? ""} ${note}`.trim();
    if (address) this.dom.href = `${address}#source`;
    this.dom.textContent = words;
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.draw();
    return true;
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.gone(this);
  }
}
