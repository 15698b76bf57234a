/** The replay of a track: map above, strip of speed and alarms below, one cursor in both. */
import type { GeoJSONSource, Map as MapView } from "maplibre-gl";
import { baseStyle, openMap } from "./base";
import { SpeedStrip } from "./strip";
import { token } from "./tokens";
import { clockOf, gaps, nearestTo, type Track } from "./trackdata";

const container = document.getElementById("map") as HTMLElement;
const base = container.dataset["base"] ?? "";
const readout = document.getElementById("replay-readout") as HTMLElement;
const play = document.getElementById("replay-play") as HTMLButtonElement;
const rate = document.getElementById("replay-rate") as HTMLSelectElement;

const track = JSON.parse(document.getElementById("track")?.textContent ?? "") as Track;
const map = await openMap(container, base);
const strip = new SpeedStrip(document.getElementById("replay-strip") as HTMLCanvasElement, track, (at) => {
  stop();
  show(at);
});
let cursor = 0;
let timer = 0;

/** The line, broken where fixes are missing for long; alarms and the cursor as points. */
function addTrack(view: MapView): void {
  const places = track.lon.map((lon, at) => [lon, track.lat[at] ?? 0]);
  const starts = [0, ...gaps(track.time)];
  const lines = starts.map((start, at) => places.slice(start, starts[at + 1] ?? places.length));
  const alarms = places.filter((_, at) => track.alarm[at]);
  view.addSource("track", {
    type: "geojson",
    data: { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines.filter((line) => line.length > 1) } },
  });
  view.addSource("alarms", {
    type: "geojson",
    data: { type: "Feature", properties: {}, geometry: { type: "MultiPoint", coordinates: alarms } },
  });
  view.addSource("cursor", { type: "geojson", data: pointAt(cursor) });
  const halo = { "circle-stroke-color": token("map-halo"), "circle-stroke-width": 2 };
  view.addLayer({
    id: "track",
    type: "line",
    source: "track",
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": token("action"), "line-width": 4 },
  });
  view.addLayer({
    id: "alarms",
    type: "circle",
    source: "alarms",
    paint: { "circle-radius": 5, "circle-color": token("late"), ...halo },
  });
  view.addLayer({
    id: "cursor",
    type: "circle",
    source: "cursor",
    paint: { "circle-radius": 9, "circle-color": token("ink"), ...halo },
  });
}

function pointAt(at: number): GeoJSON.Feature {
  return {
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates: [track.lon[at] ?? 0, track.lat[at] ?? 0] },
  };
}

/** Move the one cursor to a fix. */
function show(at: number): void {
  cursor = Math.max(0, Math.min(track.time.length - 1, at));
  map.getSource<GeoJSONSource>("cursor")?.setData(pointAt(cursor));
  strip.mark(cursor);
  const speed = (track.speed[cursor] ?? 0).toFixed(1);
  readout.textContent = `${clockOf(track.time[cursor] ?? 0)}　${speed} km/h${track.alarm[cursor] ? "　终端报警" : ""}`;
  const place: [number, number] = [track.lon[cursor] ?? 0, track.lat[cursor] ?? 0];
  if (!map.getBounds().contains(place)) map.panTo(place);
}

function stop(): void {
  clearInterval(timer);
  timer = 0;
  play.setAttribute("aria-pressed", "false");
  play.lastChild?.replaceWith("播放");
}

/** Play in the vehicle's own time, so many times as fast; standing for hours is walked through at the same rate. */
function start(): void {
  if (cursor >= track.time.length - 1) show(0);
  let at = track.time[cursor] ?? 0;
  const step = 100;
  timer = setInterval(() => {
    at += (step / 1000) * Number(rate.value);
    show(nearestTo(track.time, at));
    if (cursor >= track.time.length - 1) stop();
  }, step);
  play.setAttribute("aria-pressed", "true");
  play.lastChild?.replaceWith("暂停");
}

if (track.time.length > 0) {
  addTrack(map);
  map.fitBounds(
    [
      [Math.min(...track.lon), Math.min(...track.lat)],
      [Math.max(...track.lon), Math.max(...track.lat)],
    ],
    { padding: 48, maxZoom: 16, animate: false },
  );
  show(0);
  play.addEventListener("click", () => (timer ? stop() : start()));
  document.getElementById("replay-alarm")?.addEventListener("click", () => {
    const next = track.alarm.findIndex((alarm, at) => at > cursor && alarm && !track.alarm[at - 1]);
    stop();
    show(next < 0 ? track.alarm.findIndex(Boolean) : next);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.target as Element).closest("input, select, button")) return;
    if (event.key === "ArrowRight") show(cursor + 1);
    else if (event.key === "ArrowLeft") show(cursor - 1);
    else if (event.key === " ") timer ? stop() : start();
    else return;
    event.preventDefault();
  });
}
container.dataset["fixes"] = String(track.time.length);

document.addEventListener("displaychange", () => {
  strip.draw();
  map.setStyle(baseStyle(base), { diff: false });
  map.once("style.load", () => addTrack(map));
});
