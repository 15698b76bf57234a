/** Dialogs and fold-outs: `data-opens="id"` opens a <dialog>, `data-closes` closes the one around it. */

export function wireDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset["opens"] ?? "");
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
    }
    if (target.closest("[data-closes]")) target.closest("dialog")?.close();
  });
}

/** A fold-out closes when something else is pressed, or by Escape, as menus of the desktop do. */
export function closeDropsOnOutside(): void {
  document.addEventListener("click", (event) => {
    for (const drop of document.querySelectorAll<HTMLDetailsElement>("details.drop[open]")) {
      if (!drop.contains(event.target as Node)) drop.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const drop = (document.activeElement ?? document.body).closest<HTMLDetailsElement>("details.drop[open]");
    if (!drop) return;
    drop.open = false;
    drop.querySelector("summary")?.focus();
  });
}
