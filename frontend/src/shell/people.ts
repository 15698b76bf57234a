/** A form asked for from a fold-out opens in the page; the fold-out closes. */
export function closeDropsOfForms(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest('.drop-box [hx-target="#doing"]');
    link?.closest("details")?.removeAttribute("open");
  });
}

/** Naming people: what is typed into `data-people-find` leaves only those whose line holds every word of it. */
export function wirePeopleFinder(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (!field.matches("[data-people-find]")) return;
    const words = field.value.trim().split(/\s+/);
    const list = field.parentElement?.querySelector("[data-people]");
    let unit: HTMLElement | undefined;
    let found = 0;
    const close = (): void => {
      if (unit) unit.hidden = found === 0;
    };
    for (const line of list?.children ?? []) {
      if (!(line instanceof HTMLElement)) continue;
      if (line.matches(".people-unit")) {
        close();
        [unit, found] = [line, 0];
        continue;
      }
      const text = `${unit?.textContent ?? ""} ${line.textContent ?? ""}`;
      line.hidden = !words.every((word) => text.includes(word)) && !line.querySelector(":checked");
      if (!line.hidden) found += 1;
    }
    close();
  });
}
