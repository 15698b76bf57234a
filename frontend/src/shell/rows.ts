/** Keys in a table with `data-rows`: up and down go from row to row, enter opens the record, space ticks the row's box. */

function firstLink(row: Element): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>("a[href]");
}

/** Move the mark to a row: keyboard focus on its first link, so that screen readers follow. */
function select(row: Element): void {
  for (const other of row.parentElement?.querySelectorAll('[aria-selected="true"]') ?? []) {
    other.removeAttribute("aria-selected");
  }
  row.setAttribute("aria-selected", "true");
  firstLink(row)?.focus();
}

export function wireRowKeys(): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    const row = target.closest("table[data-rows] tbody tr");
    if (!row) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      if (next) select(next);
      event.preventDefault();
    } else if (event.key === " " && target.tagName !== "BUTTON") {
      row.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
      event.preventDefault();
    }
  });
}
