/** The form for a new document: only the periods that its kind is written for, and the days of a period of one's own. */
const report = document.getElementById("report") as HTMLSelectElement | null;
const period = document.getElementById("period") as HTMLSelectElement | null;
const days = document.querySelector<HTMLFieldSetElement>(".new-document-days");

function narrow(): void {
  const kinds = (report?.selectedOptions[0]?.dataset["kinds"] ?? "").split(" ");
  for (const group of period?.querySelectorAll("optgroup") ?? []) {
    const offered = kinds.includes(group.dataset["kind"] ?? "");
    group.hidden = !offered;
    group.disabled = !offered;
  }
  const chosen = period?.selectedOptions[0];
  if (period && (!chosen || (chosen.parentElement as HTMLOptGroupElement).disabled)) {
    period.value = period.querySelector<HTMLOptionElement>("optgroup:not([disabled]) option")?.value ?? "";
  }
  ask();
}

function ask(): void {
  if (!days || !period) return;
  days.hidden = days.disabled = period.value !== "custom";
  for (const input of days.querySelectorAll("input")) input.required = period.value === "custom";
}

report?.addEventListener("change", narrow);
period?.addEventListener("change", ask);
if (report) narrow();
