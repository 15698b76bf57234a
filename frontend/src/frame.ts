/** A frame's page: the row under the pointer, or with the focus, lights its bytes, and a byte lights its row. */

function light(from: number, to: number): void {
  for (const byte of document.querySelectorAll<HTMLElement>(".byte")) {
    const at = Number(byte.dataset["at"]);
    byte.classList.toggle("byte--lit", at >= from && at < to);
  }
}

const rows = [...document.querySelectorAll<HTMLElement>("tr[data-from]")];

function spanOf(row: HTMLElement): [number, number] {
  const from = Number(row.dataset["from"]);
  return [from, from + Number(row.dataset["digits"]) / 2];
}

for (const row of rows) {
  const lightRow = (): void => light(...spanOf(row));
  row.addEventListener("pointerenter", lightRow);
  row.addEventListener("focusin", lightRow);
}

document.querySelector(".bytes")?.addEventListener("pointerover", (event) => {
  const byte = (event.target as Element).closest<HTMLElement>(".byte");
  if (!byte) return;
  const at = Number(byte.dataset["at"]);
  for (const row of rows) {
    const [from, to] = spanOf(row);
    row.setAttribute("aria-selected", String(at >= from && at < to));
  }
});
