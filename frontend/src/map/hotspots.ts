/** Weighing points by hour on the map: a circle each, as large as what was counted there in the hour of the slider. */
import { LngLatBounds, type GeoJSONSource, type Map as MapView } from "maplibre-gl";
import { openMap } from "./base";
import { token } from "./tokens";

interface Spot {
  name: string;
  at: [number, number];
  hours: number[];
}

const ALL_DAY = -1;
const STEP_MS = 700;
const RADIUS = { least: 6, most: 34 };

const container = document.getElementById("hotspots")!;
const slider = document.getElementById("spot-slider") as HTMLInputElement;
const told = document.getElementById("spot-hour")!;
const play = document.getElementById("spot-play")!;
const spots = JSON.parse(document.getElementById("hotspot-data")!.textContent ?? "[]") as Spot[];
const word = container.dataset["word"] ?? "";

const map = await openMap(container, container.dataset["base"] ?? "", false);
map.addSource("spots", { type: "geojson", data: features(ALL_DAY) });
map.addLayer({
  id: "spots",
  type: "circle",
  source: "spots",
  paint: {
    "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "part"]], 0, RADIUS.least, 1, RADIUS.most],
    "circle-color": token("late"),
    "circle-opacity": 0.55,
    "circle-stroke-color": token("surface"),
    "circle-stroke-width": 1.5,
  },
});
map.addLayer({
  id: "spot-words",
  type: "symbol",
  source: "spots",
  layout: { "text-field": ["get", "words"], "text-size": 12, "text-offset": [0, 1.4], "text-anchor": "top" },
  paint: { "text-color": token("map-text"), "text-halo-color": token("map-halo"), "text-halo-width": 1.4 },
});
fit(map);
show();
container.dataset["ready"] = "true";

let playing = 0;
slider.addEventListener("input", () => show());
play.addEventListener("click", () => {
  if (playing) return stop();
  play.textContent = "停止";
  playing = window.setInterval(() => {
    slider.value = String((Number(slider.value) + 1) % 24);
    show();
  }, STEP_MS);
});

function stop(): void {
  window.clearInterval(playing);
  playing = 0;
  play.textContent = "逐时播放";
}

/** Put the hour of the slider on the map and into words. */
function show(): void {
  const hour = Number(slider.value);
  (map.getSource("spots") as GeoJSONSource).setData(features(hour));
  const total = spots.reduce((sum, spot) => sum + countOf(spot, hour), 0);
  told.textContent = `${hour === ALL_DAY ? "全天" : `${hour} 时`}：${word} ${total.toLocaleString("zh-CN")} 辆次`;
}

function countOf(spot: Spot, hour: number): number {
  return hour === ALL_DAY ? spot.hours.reduce((sum, count) => sum + count, 0) : (spot.hours[hour] ?? 0);
}

/** The circle of each point; the largest of any hour is the same size whichever hour is shown. */
function features(hour: number): GeoJSON.FeatureCollection {
  const most = Math.max(1, ...spots.flatMap((spot) => (hour === ALL_DAY ? [countOf(spot, hour)] : spot.hours)));
  return {
    type: "FeatureCollection",
    features: spots.map((spot) => {
      const count = countOf(spot, hour);
      return {
        type: "Feature",
        geometry: { type: "Point", coordinates: spot.at },
        properties: { part: count / most, words: `${spot.name} ${count.toLocaleString("zh-CN")}` },
      };
    }),
  };
}

function fit(view: MapView): void {
  const bounds = new LngLatBounds();
  for (const spot of spots) bounds.extend(spot.at);
  if (!bounds.isEmpty()) view.fitBounds(bounds, { padding: 60, maxZoom: 13, animate: false });
}
