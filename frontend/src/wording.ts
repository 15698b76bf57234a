/** The editor of a report's wording: the list of sections, one section open at a time, and marks put in from a palette.
 *
 * Everything is a field of one form in the order of the sections; the server reads, checks, tries and keeps it. */

const form = document.getElementById("wording") as HTMLFormElement | null;
const list = form?.querySelector<HTMLElement>("[data-list]");
const holder = form?.querySelector<HTMLElement>("[data-sections]");
let dirty = form?.hasAttribute("data-dirty") ?? false;

const sections = (): HTMLElement[] => [...(holder?.querySelectorAll<HTMLElement>("[data-section]") ?? [])];
const field = (section: HTMLElement, name: string): HTMLInputElement =>
  section.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
const level = (section: HTMLElement): number => Number(field(section, "level").value);
const opened = (): HTMLElement | undefined => sections().find((section) => !section.hidden);

/** A section with those under it: they are moved and switched off together. */
function family(section: HTMLElement): HTMLElement[] {
  const all = sections();
  const start = all.indexOf(section);
  let end = start + 1;
  while (level(section) && end < all.length && level(all[end]!) > level(section)) end += 1;
  return all.slice(start, end);
}

function touch(): void {
  dirty = true;
}

function open(section: HTMLElement | undefined): void {
  for (const other of sections()) other.hidden = other !== section;
  drawList();
}

/** The list is drawn from the sections each time: it has no state of its own. */
function drawList(): void {
  if (!list) return;
  const off = new Set<HTMLElement>();
  for (const section of sections()) {
    if (field(section, "on").value === "0") for (const one of family(section)) off.add(one);
  }
  list.replaceChildren(
    ...sections().map((section) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = titleOf(section);
      button.className = `wording-item wording-item--${level(section)}`;
      button.classList.toggle("wording-item--off", off.has(section));
      button.classList.toggle("wording-item--wrong", section.querySelector(".error") !== null);
      if (off.has(section)) button.append(note("停用"));
      if (!section.hidden) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => open(section));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
}

function note(words: string): HTMLElement {
  const found = document.createElement("span");
  found.className = "small faint";
  found.textContent = words;
  return found;
}

/** The heading without its condition, marks as dots: enough to find the section by. */
function titleOf(section: HTMLElement): string {
  if (!level(section)) return "开头";
  const text = field(section, "heading").value.replace(/^<[^>]*>/, "").replace(/\[\[period\|next\]\]/g, "下期");
  return text.replace(/\[\[[^\]]*\]\]/g, "…") || "（没有标题）";
}

function move(by: number): void {
  const section = opened();
  if (!section || !holder) return;
  const own = family(section);
  const all = sections();
  if (by < 0) {
    const before = all.slice(0, all.indexOf(section)).reverse().find((one) => level(one) <= level(section));
    if (!before || !level(before)) return;
    before.before(...own);
  } else {
    const after = all[all.indexOf(own[own.length - 1]!) + 1];
    if (!after || level(after) < level(section)) return;
    family(after).at(-1)!.after(...own);
  }
  touch();
  drawList();
}

function add(): void {
  const blank = document.getElementById("blank") as HTMLTemplateElement;
  const made = blank.content.firstElementChild!.cloneNode(true) as HTMLElement;
  const here = opened();
  const last = here && family(here).at(-1);
  if (last) last.after(made);
  else holder?.append(made);
  setLevel(made, Math.max(1, here ? level(here) : 1));
  touch();
  open(made);
  edit(made, true);
  field(made, "heading").focus();
}

function remove(section: HTMLElement): void {
  const own = family(section);
  const more = own.length > 1 ? `和它下面的 ${own.length - 1} 节` : "";
  if (!window.confirm(`删除“${titleOf(section)}”${more}？保存以后才生效，历史中可以找回。`)) return;
  keepPalette();
  const next = sections()[sections().indexOf(section) - 1] ?? sections().find((one) => !own.includes(one));
  for (const one of own) one.remove();
  touch();
  open(next);
}

function setLevel(section: HTMLElement, value: number): void {
  field(section, "level").value = String(value);
  section.querySelector<HTMLSelectElement>('[data-act="level"]')!.value = String(value);
}

// --- the text of a section ---------------------------------------------------------------------------------------

const palette = document.getElementById("palette");

/** The palette stands in the section that is written in; it is kept out of the way of one that goes. */
function keepPalette(): void {
  if (palette && form) {
    palette.hidden = true;
    form.after(palette);
  }
}

function edit(section: HTMLElement, on: boolean): void {
  section.querySelector<HTMLElement>("[data-edit]")!.hidden = !on;
  section.querySelector<HTMLElement>("[data-read]")!.hidden = on;
  section.querySelector<HTMLElement>('[data-act="edit"]')!.lastChild!.textContent = on ? "看效果" : "改文字";
  const text = section.querySelector<HTMLTextAreaElement>("textarea")!;
  if (on) {
    section.querySelector("[data-palette-place]")!.append(palette!);
    palette!.hidden = false;
    text.rows = Math.min(24, Math.max(6, text.value.split("\n").length + 4));
    text.focus();
  } else {
    keepPalette();
    void read(section);
  }
}

/** Ask how the section reads as it is written now. */
async function read(section: HTMLElement): Promise<void> {
  if (!form) return;
  const sent = new FormData(form);
  sent.set("shown", String(sections().indexOf(section)));
  const answer = await fetch(`${form.dataset.url}section/`, { method: "POST", body: sent });
  const place = section.querySelector<HTMLElement>("[data-read]")!;
  place.innerHTML = answer.ok ? await answer.text() : "<p class='error'>没有读出来，请刷新页面后再试。</p>";
  drawList();
}

/** Words go in at the cursor, behind the condition of the line where the cursor stands before or in it. */
function put(text: HTMLTextAreaElement, words: string, back = 0): void {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const condition = /^<[^>\n]*>/.exec(text.value.slice(start));
  const earliest = start + (condition?.[0].length ?? 0);
  if (text.selectionStart < earliest) text.setSelectionRange(earliest, Math.max(earliest, text.selectionEnd));
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.selectionEnd = text.selectionStart = text.selectionStart - back;
  text.focus();
  touch();
}

/** A condition stands at the beginning of the line; a second one is joined with 且. */
function putCondition(text: HTMLTextAreaElement, condition: string): void {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const there = /^<[^>]*/.exec(text.value.slice(start));
  const at = text.selectionStart;
  const words = there ? ` 且 ${condition}` : `<${condition}>`;
  const where = there ? start + there[0].length : start;
  text.setRangeText(words, where, where);
  text.selectionStart = text.selectionEnd = at + words.length;
  text.focus();
  touch();
}

function pick(target: HTMLElement): void {
  const text = target.closest("[data-section]")?.querySelector<HTMLTextAreaElement>("textarea");
  if (!text || !palette) return;
  const code = target.closest<HTMLElement>("[data-code]")?.dataset.code;
  const how = palette.querySelector<HTMLSelectElement>("[data-how]")!.value;
  const rows = target.closest<HTMLElement>("[data-each]")?.dataset.each;
  if (rows) putCondition(text, `每 ${rows}`);
  else if (target.closest("[data-braces]")) {
    const inner = text.value.slice(text.selectionStart, text.selectionEnd);
    put(text, `{${inner}}`, inner ? 0 : 1);
  } else if (target.closest("[data-otherwise]")) putCondition(text, "否则");
  else if (code?.startsWith("period")) put(text, `[[${code}]]`);
  else if (code && how.startsWith("<")) putCondition(text, `${how.slice(1)} ${code}`);
  else if (code) put(text, `[[${code}${how.slice("mark".length)}]]`);
}

function find(words: string): void {
  const wanted = words.trim().toUpperCase();
  for (const group of palette?.querySelectorAll("details") ?? []) {
    let any = false;
    for (const choice of group.querySelectorAll<HTMLElement>("[data-code]")) {
      choice.hidden = !(choice.textContent ?? "").toUpperCase().includes(wanted);
      any ||= !choice.hidden;
    }
    group.hidden = !any;
    group.open = wanted ? any : group === palette?.querySelectorAll("details")[1];
  }
}

// --- what is clicked ---------------------------------------------------------------------------------------------

function act(name: string, section: HTMLElement, target: HTMLElement): void {
  if (name === "delete") remove(section);
  else if (name === "edit") edit(section, Boolean(section.querySelector<HTMLElement>("[data-edit]")!.hidden));
  else if (name === "on") {
    field(section, "on").value = (target as HTMLInputElement).checked ? "1" : "0";
    section.toggleAttribute("data-off", !(target as HTMLInputElement).checked);
  } else if (name === "level") setLevel(section, Number((target as HTMLSelectElement).value));
  if (name === "on" || name === "level") {
    touch();
    drawList();
  }
}

if (form && holder) {
  open(sections().find((section) => section.querySelector(".error")) ?? sections()[0]);
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const button = target.closest<HTMLElement>("button[data-act]");
    if (button) act(button.dataset.act!, button.closest<HTMLElement>("[data-section]")!, button);
    else if (target.closest("[data-move]")) move(Number(target.closest<HTMLElement>("[data-move]")!.dataset.move));
    else if (target.closest("[data-add]")) add();
    else if (target.closest("#palette button")) {
      event.preventDefault();
      pick(target);
    }
  });
  document.addEventListener("change", (event) => {
    const target = event.target as HTMLElement;
    if (target.dataset.act) act(target.dataset.act, target.closest<HTMLElement>("[data-section]")!, target);
    else if (target.matches("[data-only-changed]"))
      target.closest(".trial")!.classList.toggle("trial--changed", (target as HTMLInputElement).checked);
  });
  form.addEventListener("input", (event) => {
    const target = event.target as HTMLInputElement;
    if (target.matches("[data-find]")) find(target.value);
    else if (target.closest("[data-section]")) touch();
    if (target.name === "heading") drawList();
  });
  form.addEventListener("keydown", (event) => {
    // Enter in a line of the form would send it; a wording is saved by its button alone.
    if (event.key === "Enter" && (event.target as HTMLElement).matches("input:not(#reason)")) event.preventDefault();
  });
  form.addEventListener("submit", () => (dirty = false));
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}
