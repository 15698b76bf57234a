/** The left menu: finding a ledger by its name, the groups left open, and on narrow screens the button that opens it. */

const OPEN = "menu-open";
const SCROLLED = "menu-scrolled";

export function wireMenu(): void {
  const menu = document.getElementById("menu");
  const button = document.getElementById("menu-toggle");
  if (!menu || !button) return;
  const show = (open: boolean): void => {
    menu.classList.toggle("menu--open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(!menu.classList.contains("menu--open")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.classList.contains("menu--open")) {
      show(false);
      button.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target as Node;
    if (!menu.contains(target) && !button.contains(target)) show(false);
  });
  keepGroupsOpen(menu);
  keepPlace(menu);
  wireFinder(menu);
}

const groupsOf = (menu: HTMLElement): HTMLDetailsElement[] => [...menu.querySelectorAll("details")];

/** Groups stay as their reader left them; the group of the page that is open is open besides. */
function keepGroupsOpen(menu: HTMLElement): void {
  const kept = new Set((localStorage.getItem(OPEN) ?? "").split("|"));
  for (const group of groupsOf(menu)) {
    const title = group.dataset.group ?? "";
    group.open ||= kept.has(title);
    group.querySelector("summary")?.addEventListener("click", () => {
      if (group.open) kept.delete(title);
      else kept.add(title);
      localStorage.setItem(OPEN, [...kept].filter(Boolean).join("|"));
    });
  }
}

/** The menu scrolls for itself: it stands where it stood on the page before, with the open page's line in sight. */
function keepPlace(menu: HTMLElement): void {
  menu.scrollTop = Number(sessionStorage.getItem(SCROLLED));
  const here = menu.querySelector<HTMLElement>("[aria-current]");
  if (here) {
    const line = here.getBoundingClientRect();
    const box = menu.getBoundingClientRect();
    if (line.top < box.top || line.bottom > box.bottom) menu.scrollTop += line.top - box.top - box.height / 2;
  }
  addEventListener("pagehide", () => sessionStorage.setItem(SCROLLED, String(menu.scrollTop)));
}

/** 找台账: leaves the lines whose name, or whose group's name, holds what is typed; Enter opens the first. */
function wireFinder(menu: HTMLElement): void {
  const finder = menu.querySelector<HTMLInputElement>("#menu-find");
  const none = menu.querySelector<HTMLElement>(".menu-none");
  if (!finder?.parentElement || !none) return;
  finder.parentElement.hidden = false;
  const groups = groupsOf(menu);
  const found = (): HTMLAnchorElement[] => [...menu.querySelectorAll<HTMLAnchorElement>("li:not([hidden]) > a")];
  let before: boolean[] | null = null;
  const narrow = (): void => {
    const text = finder.value.trim();
    if (text) before ??= groups.map((group) => group.open);
    for (const line of menu.querySelectorAll("li")) {
      const group = line.closest("details")?.dataset.group ?? "";
      line.hidden = !`${group} ${line.textContent}`.includes(text);
    }
    groups.forEach((group, n) => {
      group.hidden = !group.querySelector("li:not([hidden])");
      group.open = text ? !group.hidden : (before?.[n] ?? group.open);
    });
    if (!text) before = null;
    none.hidden = found().length > 0;
  };
  finder.addEventListener("input", narrow);
  finder.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && finder.value.trim()) found()[0]?.click();
    if (event.key === "Escape" && finder.value) {
      event.stopPropagation();
      finder.value = "";
      narrow();
    }
  });
}
