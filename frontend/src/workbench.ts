/** The workbench: the figure whose sources the panel shows is marked in the text, and the panel is brought into view. */
document.addEventListener("htmx:afterSwap", (event) => {
  const panel = event.target as HTMLElement;
  const opened = (event as CustomEvent<{ requestConfig?: { elt?: Element } }>).detail.requestConfig?.elt;
  const chip = opened?.closest("a.figure");
  if (panel.id !== "source" || !chip) return;
  for (const other of document.querySelectorAll("a.figure[aria-current]")) other.removeAttribute("aria-current");
  chip.setAttribute("aria-current", "true");
  document.getElementById("source")?.scrollIntoView({ block: "nearest" });
});
