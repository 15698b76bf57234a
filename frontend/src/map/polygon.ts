/** Arithmetic of a polygon being drawn: whether its edges cross, and its GeoJSON. Positions are longitude, latitude. */

export type Position = [number, number];

/** Seven decimals are a centimetre; six are enough for a fence and short to read. */
const DECIMALS = 6;

/** Which side of the line a–b the point c lies on: above 0 left, below 0 right, 0 on the line. */
function side(a: Position, b: Position, c: Position): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function within(a: Position, b: Position, c: Position): boolean {
  return (
    Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1])
  );
}

/** Whether two edges have a point in common. */
export function meet(a: Position, b: Position, c: Position, d: Position): boolean {
  const [ac, ad, ca, cb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (ac !== ad && ca !== cb && ac * ad <= 0 && ca * cb <= 0 && (ac || ad || ca || cb)) return true;
  return (!ac && within(a, b, c)) || (!ad && within(a, b, d)) || (!ca && within(c, d, a)) || (!cb && within(c, d, b));
}

/** Whether edge c–d turns straight back over edge b–c. */
function turnsBack(b: Position, c: Position, d: Position): boolean {
  return side(b, c, d) === 0 && (b[0] - c[0]) * (d[0] - c[0]) + (b[1] - c[1]) * (d[1] - c[1]) > 0;
}

/** Whether a line through the points, closed or still open, meets itself anywhere but where edges follow one another. */
export function crosses(points: readonly Position[], closed: boolean): boolean {
  const edges: [Position, Position][] = [];
  for (let i = 0; i + (closed ? 0 : 1) < points.length; i++) {
    edges.push([points[i]!, points[(i + 1) % points.length]!]);
  }
  for (let i = 0; i < edges.length; i++) {
    for (let j = i + 1; j < edges.length; j++) {
      const [a, b] = edges[i]!;
      const [c, d] = edges[j]!;
      if (j === i + 1) {
        if (turnsBack(a, b, d)) return true;
      } else if (closed && i === 0 && j === edges.length - 1) {
        if (turnsBack(c, d, b)) return true;
      } else if (meet(a, b, c, d)) return true;
    }
  }
  return false;
}

export function rounded({ lng, lat }: { lng: number; lat: number }): Position {
  return [Number(lng.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];
}

/** The polygon as the text of its field. */
export function asText(points: readonly Position[]): string {
  return JSON.stringify({ type: "Polygon", coordinates: [[...points, points[0]]] });
}

/** The corners of a text with one plain ring; [] for an empty text, null for anything that cannot be drawn on. */
export function cornersOf(text: string): Position[] | null {
  if (!text.trim()) return [];
  try {
    const shape = JSON.parse(text) as GeoJSON.Geometry;
    if (shape.type !== "Polygon" || shape.coordinates.length !== 1) return null;
    const corners = shape.coordinates[0]!.slice(0, -1).map(([lng, lat]) => [lng, lat] as Position);
    return corners.length >= 3 && corners.flat().every(Number.isFinite) ? corners : null;
  } catch {
    return null;
  }
}
