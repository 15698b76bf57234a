/** Colours of the map are the tokens of the style sheet, read when drawn, so that the display modes reach the map. */

export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A `#rrggbb` colour as red, green, blue from 0 to 1, for shaders. */
export function rgb(colour: string): [number, number, number] {
  const long = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, "$&$&") : colour;
  const value = Number.parseInt(long.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Faces for labels: the machine's own, so that no glyph is ever downloaded. */
export const FACES = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif"];
