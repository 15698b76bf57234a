/** The vehicles that the browser knows: what the feed told of its window, ready to be drawn. */

/** A message of `/feed/`; columns of n: micro-degrees, tenths of km/h, degrees from north, 0 or 1, seconds. */
export interface Frame {
  now: number;
  away: boolean;
  id?: number[];
  lon?: number[];
  lat?: number[];
  speed?: number[];
  dir?: number[];
  alarm?: number[];
  heard?: number[];
  /** Plates of a whole picture, in the order of `id`. */
  plate?: string[];
  /** Plates of rows that entered the window. */
  new?: Record<string, string>;
  gone?: number[];
}

export interface Vehicle {
  id: number;
  plate: string;
  lon: number;
  lat: number;
  /** Web Mercator, 0 to 1, of the place now and of the place one message before. */
  x: number;
  y: number;
  fromX: number;
  fromY: number;
  speed: number;
  direction: number;
  alarm: boolean;
  heard: number;
}

export function mercatorX(lon: number): number {
  return (180 + lon) / 360;
}

export function mercatorY(lat: number): number {
  return (180 - (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))) / 360;
}

export class Fleet {
  readonly vehicles = new Map<number, Vehicle>();

  /** Take a message in. A whole picture replaces what was known; places already known glide on from where they were. */
  take(frame: Frame, whole: boolean): void {
    const ids = frame.id ?? [];
    if (whole) {
      const present = new Set(ids);
      for (const id of this.vehicles.keys()) if (!present.has(id)) this.vehicles.delete(id);
    }
    for (const id of frame.gone ?? []) this.vehicles.delete(id);
    for (const vehicle of this.vehicles.values()) {
      vehicle.fromX = vehicle.x;
      vehicle.fromY = vehicle.y;
    }
    ids.forEach((id, at) => this.place(id, frame, at));
  }

  private place(id: number, frame: Frame, at: number): void {
    const lon = (frame.lon?.[at] ?? 0) / 1e6;
    const lat = (frame.lat?.[at] ?? 0) / 1e6;
    const x = mercatorX(lon);
    const y = mercatorY(lat);
    const known = this.vehicles.get(id);
    this.vehicles.set(id, {
      id,
      plate: frame.plate?.[at] ?? frame.new?.[id] ?? known?.plate ?? "",
      lon,
      lat,
      x,
      y,
      fromX: known?.x ?? x,
      fromY: known?.y ?? y,
      speed: frame.speed?.[at] ?? 0,
      direction: frame.dir?.[at] ?? 0,
      alarm: frame.alarm?.[at] === 1,
      heard: frame.heard?.[at] ?? 0,
    });
  }
}
