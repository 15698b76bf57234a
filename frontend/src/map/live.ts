/** The live map: base, vehicles, areas, search, card, legend, and the clock that says how fresh the picture is. */
import { addAreas, addPlates, applyLayerBoxes, showPlates, wireLayerBoxes } from "./layers";
import { baseStyle, openMap } from "./base";
import { VehicleCard } from "./card";
import { Feed } from "./feed";
import { Fleet, type Frame } from "./fleet";
import { find, type Found, wireSearch } from "./search";
import { STATES, type State, stateOf } from "./states";
import { VehicleLayer } from "./vehicles";

const CLOSE_ZOOM = 15.5;

const container = document.getElementById("map") as HTMLElement;
const clock = document.getElementById("map-clock") as HTMLElement;
const base = container.dataset["base"] ?? "";

const map = await openMap(container, base);
const fleet = new Fleet();
const vehicles = new VehicleLayer();
let vehiclesShown = true;
/** The server's clock, by which staleness is judged: an office machine's may be wrong by hours. */
let serverNow = Date.now() / 1000;

function addLayers(): void {
  addAreas(map, container.dataset["areas"] ?? "");
  map.addLayer(vehicles);
  addPlates(map);
}

function redraw(): void {
  vehicles.show(vehiclesShown ? [...fleet.vehicles.values()] : [], serverNow);
  showPlates(map, fleet.vehicles.values());
  count();
}

/** Counts of the legend: what is in view now. */
function count(): void {
  const view = map.getBounds();
  const counts: Record<State, number> = { moving: 0, stopped: 0, alarm: 0, stale: 0 };
  for (const vehicle of fleet.vehicles.values()) {
    if (view.contains([vehicle.lon, vehicle.lat])) counts[stateOf(vehicle, serverNow)]++;
  }
  for (const state of STATES) {
    const place = document.querySelector(`[data-count="${state}"]`);
    if (place) place.textContent = String(counts[state]);
  }
}

const feed = new Feed(
  container.dataset["feed"] ?? "",
  (frame: Frame, whole: boolean) => {
    serverNow = frame.now;
    fleet.take(frame, whole);
    redraw();
    const time = new Date(frame.now * 1000).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
    clock.textContent = frame.away ? "实时数据暂时没有来源，图上是各车最后的位置" : `更新于 ${time}`;
    clock.classList.toggle("is-late", frame.away);
    container.dataset["vehicles"] = String(fleet.vehicles.size);
  },
  () => {
    clock.textContent = "与平台的连接中断，正在重新连接……";
    clock.classList.add("is-late");
  },
);

function watch(): void {
  const view = map.getBounds();
  feed.watch({ west: view.getWest(), south: view.getSouth(), east: view.getEast(), north: view.getNorth() });
}

const card = new VehicleCard(document.getElementById("map-card") as HTMLElement, () => {
  vehicles.selected = null;
  map.triggerRepaint();
});

function choose(id: number): void {
  vehicles.selected = id;
  map.triggerRepaint();
  void card.open(id);
}

function goTo(found: Found): void {
  map.jumpTo({ center: [found.longitude, found.latitude], zoom: Math.max(map.getZoom(), CLOSE_ZOOM) });
  choose(found.id);
}

/** Boxes of the legend choose which states are drawn; `?state=` opens the page with one of them alone. */
function wireLegend(): void {
  // On a phone the legend would cover the map; it opens at a touch.
  const legend = document.getElementById("map-legend") as HTMLDetailsElement;
  legend.open = matchMedia("(min-width: 48rem)").matches;
  const only = new URLSearchParams(location.search).get("state");
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-state]")) {
    const state = box.dataset["state"] as State;
    if (only && STATES.includes(only as State)) box.checked = state === only;
    const apply = (): void => {
      vehicles.visible[state] = box.checked;
      map.triggerRepaint();
    };
    box.addEventListener("change", apply);
    apply();
  }
}

addLayers();
wireLegend();
wireLayerBoxes(map, (shown) => {
  vehiclesShown = shown;
  redraw();
});
wireSearch(document.getElementById("map-search") as HTMLFormElement, goTo);
watch();

map.on("moveend", () => {
  watch();
  showPlates(map, fleet.vehicles.values());
  count();
});
map.on("click", (event) => {
  const vehicle = vehicles.at(event.point);
  if (vehicle) choose(vehicle.id);
});
map.on("mousemove", (event) => {
  map.getCanvas().style.cursor = vehicles.at(event.point) ? "pointer" : "";
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) feed.rest();
  else watch();
});
document.addEventListener("displaychange", () => {
  map.setStyle(baseStyle(base), { diff: false });
  map.once("style.load", () => {
    addLayers();
    applyLayerBoxes(map);
    redraw();
  });
});

const wanted = new URLSearchParams(location.search).get("plate");
if (wanted) {
  const [found] = await find(wanted);
  if (found) goTo(found);
}
