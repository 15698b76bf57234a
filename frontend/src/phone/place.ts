/** Where the phone is: asked for by a tap, never by itself, and kept for a little while for what is near. */
import { keepNote, note } from "./store";
import type { Position } from "./types";

const FRESH_MS = 3 * 60_000;
let last: Position | null = null;

export async function remembered(): Promise<Position | null> {
  last ??= (await note<Position>("place")) ?? null;
  return last;
}

/** The position found within the last minutes; a picture taken now was taken there. */
export function fresh(): Position | null {
  return last && Date.now() - last.at < FRESH_MS ? last : null;
}

/** Ask the phone; rejects with words that say what to do. */
export function locate(): Promise<Position> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) {
      reject(new Error("这个浏览器不能定位，请手工填写坐标。"));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        last = { longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy, at: timestamp };
        void keepNote("place", last);
        resolve(last);
      },
      (problem) => reject(new Error(REASONS[problem.code] ?? "没有定到位置，请到空旷处再试，或手工填写坐标。")),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 5_000 },
    );
  });
}

const REASONS: Record<number, string> = {
  1: "没有定位权限。请在浏览器设置里允许本站定位，或手工填写坐标。",
  2: "没有定到位置，请到空旷处再试，或手工填写坐标。",
  3: "定位超时，请到空旷处再试，或手工填写坐标。",
};

const EARTH_M = 6_371_009;

/** Metres between two points a few kilometres apart. */
export function metres(one: { longitude: number; latitude: number }, longitude: number, latitude: number): number {
  const radians = Math.PI / 180;
  const north = (latitude - one.latitude) * radians;
  const east = (longitude - one.longitude) * radians * Math.cos(((latitude + one.latitude) / 2) * radians);
  return EARTH_M * Math.hypot(north, east);
}
