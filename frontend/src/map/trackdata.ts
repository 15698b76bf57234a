/** A track as the server gives it, and the small questions asked of it. */

/** Columns of n fixes in order of time: seconds since the epoch, degrees, km/h, whether the terminal reported an alarm. */
export interface Track {
  time: number[];
  lon: number[];
  lat: number[];
  speed: number[];
  alarm: boolean[];
  limit?: number | null;
}

/** Fixes further apart than this are not joined: nobody knows where the vehicle was between them. */
export const GAP_SECONDS = 180;

/** Indices of the fixes that come after a gap. */
export function gaps(time: number[]): number[] {
  return time.flatMap((at, index) => (index > 0 && at - (time[index - 1] ?? at) > GAP_SECONDS ? [index] : []));
}

/** Index of the last fix at or before an instant (0 before the first); `time` rises. */
export function nearestTo(time: number[], at: number): number {
  let low = 0;
  let high = time.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((time[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Date and time of the bureau, +08:00, whatever the zone of the machine. */
export function clockOf(seconds: number): string {
  return new Date(seconds * 1000 + 8 * 3600_000).toISOString().slice(0, 19).replace("T", " ");
}
