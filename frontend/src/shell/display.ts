/**
 * Display modes: skin, size of print, contrast. They stand as attributes on <html> and in a cookie, so that the server
 * draws the next page in them at once and nothing flashes.
 */

const YEAR_SECONDS = 365 * 24 * 3600;

/** What the cookie says: "skin:dark.text:large" and so on; a mode that is off is not named. */
export function displayCookie(modes: Record<string, string>): string {
  return Object.entries(modes)
    .map(([name, value]) => `${name}:${value}`)
    .join(".");
}

export function wireDisplayModes(): void {
  const root = document.documentElement;
  const boxes = [...document.querySelectorAll<HTMLInputElement>("input[data-display]")];
  const apply = (): void => {
    const modes: Record<string, string> = {};
    for (const box of boxes) {
      const [name, value] = (box.dataset["display"] ?? "").split(":");
      if (!name || !value) continue;
      if (box.checked) {
        root.setAttribute(`data-${name}`, value);
        modes[name] = value;
      } else {
        root.removeAttribute(`data-${name}`);
      }
    }
    document.cookie = `display=${displayCookie(modes)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    document.dispatchEvent(new CustomEvent("displaychange"));
  };
  for (const box of boxes) box.addEventListener("change", apply);
}
