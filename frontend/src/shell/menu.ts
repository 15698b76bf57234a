/** The left menu on narrow screens, where it lies over the page and a button opens it. */

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
}
