/** What a vehicle on the map is: its state, by the same limits as the counts of the home page (web/live/mirror.py). */

export const STALE_SECONDS = 300;
export const MOVING_TENTHS_KMH = 10;

/** In the order of the legend; the index is what the shader gets. */
export const STATES = ["moving", "stopped", "alarm", "stale"] as const;
export type State = (typeof STATES)[number];

export const STATE_TOKENS: Record<State, string> = { moving: "action", stopped: "void", alarm: "late", stale: "stale" };

export interface Heard {
  /** Tenths of km/h. */
  speed: number;
  alarm: boolean;
  /** Seconds since the epoch. */
  heard: number;
}

/** Staleness first: an alarm of an hour ago is no alarm of now. */
export function stateOf(vehicle: Heard, nowSeconds: number): State {
  if (nowSeconds - vehicle.heard > STALE_SECONDS) return "stale";
  if (vehicle.alarm) return "alarm";
  return vehicle.speed >= MOVING_TENTHS_KMH ? "moving" : "stopped";
}
