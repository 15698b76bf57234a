/**
 * The subscription to `/feed/`: server-sent events of one window of the map. The window asked for is wider than the view,
 * so that small moves of the map need no new subscription; a stream that breaks is opened again by the browser.
 */
import type { Frame } from "./fleet";

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

const MARGIN = 0.5;

/** The view with a margin of half its size on every side, rounded outward so that equal views share one payload. */
export function windowAround(view: Bounds): Bounds {
  const across = (view.east - view.west) * MARGIN;
  const along = (view.north - view.south) * MARGIN;
  const step = 0.01;
  return {
    west: Math.max(-180, Math.floor((view.west - across) / step) * step),
    south: Math.max(-90, Math.floor((view.south - along) / step) * step),
    east: Math.min(180, Math.ceil((view.east + across) / step) * step),
    north: Math.min(90, Math.ceil((view.north + along) / step) * step),
  };
}

/** Whether a subscription still serves a view: the view lies inside, and is not tiny within it. */
export function serves(held: Bounds | null, view: Bounds): boolean {
  if (!held) return false;
  const inside = view.west >= held.west && view.east <= held.east && view.south >= held.south && view.north <= held.north;
  return inside && held.east - held.west < 6 * (view.east - view.west) + 0.05;
}

export class Feed {
  private source: EventSource | null = null;
  private held: Bounds | null = null;

  constructor(
    private readonly address: string,
    private readonly onFrame: (frame: Frame, whole: boolean) => void,
    private readonly onBreak: () => void,
  ) {}

  watch(view: Bounds): void {
    if (serves(this.held, view)) return;
    this.held = windowAround(view);
    this.source?.close();
    const { west, south, east, north } = this.held;
    const window = [west, south, east, north].map((degrees) => degrees.toFixed(2)).join(",");
    const source = new EventSource(`${this.address}?window=${window}`);
    const take = (whole: boolean) => (event: MessageEvent<string>) => this.onFrame(JSON.parse(event.data) as Frame, whole);
    source.addEventListener("whole", take(true));
    source.addEventListener("some", take(false));
    source.addEventListener("error", () => this.onBreak());
    this.source = source;
  }

  /** A hidden page watches nothing: it costs neither line nor battery. */
  rest(): void {
    this.source?.close();
    this.source = null;
    this.held = null;
  }
}
