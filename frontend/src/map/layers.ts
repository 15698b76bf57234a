/** Layers beside the vehicles: plates, areas, and any ledger that has places; each switched on by its box. */
import { type ExpressionSpecification, type GeoJSONSource, type Map as MapView, Popup, type StyleSpecification } from "maplibre-gl";
import type { Vehicle } from "./fleet";
import { FACES, token } from "./tokens";

type Layers = StyleSpecification["layers"];

const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
/** Plates are written from this zoom on, and never so many that they hide the roads. */
const PLATE_ZOOM = 14;
const MOST_PLATES = 300;

function add(map: MapView, source: string, data: string | GeoJSON.FeatureCollection, layers: Layers): void {
  map.addSource(source, { type: "geojson", data });
  const below = map.getLayer("vehicles") ? "vehicles" : undefined;
  for (const layer of layers) map.addLayer(layer, layer.type === "symbol" ? undefined : below);
}

/** Areas watched by the detectors: a light fill, a line, and the name. */
export function addAreas(map: MapView, address: string): void {
  add(map, "areas", address, [
    { id: "areas-fill", type: "fill", source: "areas", paint: { "fill-color": token("todo"), "fill-opacity": 0.08 } },
    {
      id: "areas-line",
      type: "line",
      source: "areas",
      paint: { "line-color": token("todo"), "line-width": 1.5, "line-dasharray": [4, 2] },
    },
    {
      id: "areas-name",
      type: "symbol",
      source: "areas",
      minzoom: 12,
      layout: { "text-field": ["get", "name"], "text-font": FACES, "text-size": 12 },
      paint: { "text-color": token("todo"), "text-halo-color": token("map-halo"), "text-halo-width": 1.5 },
    },
  ]);
}

export function addPlates(map: MapView): void {
  add(map, "labels", EMPTY, [
    {
      id: "labels",
      type: "symbol",
      source: "labels",
      minzoom: PLATE_ZOOM,
      layout: {
        "text-field": ["get", "plate"],
        "text-font": FACES,
        "text-size": 12,
        "text-offset": [0, 1.4],
        "text-optional": true,
      },
      paint: { "text-color": token("ink"), "text-halo-color": token("map-halo"), "text-halo-width": 1.6 },
    },
  ]);
}

/** Write the plates of the vehicles in view, where the zoom leaves room for them. */
export function showPlates(map: MapView, vehicles: Iterable<Vehicle>): void {
  const source = map.getSource<GeoJSONSource>("labels");
  if (!source || map.getZoom() < PLATE_ZOOM) return;
  const view = map.getBounds();
  const features: GeoJSON.Feature[] = [];
  for (const { lon, lat, plate } of vehicles) {
    if (features.length === MOST_PLATES) break;
    if (!view.contains([lon, lat])) continue;
    features.push({ type: "Feature", properties: { plate }, geometry: { type: "Point", coordinates: [lon, lat] } });
  }
  source.setData({ type: "FeatureCollection", features });
}

/** The colour of a place by the tone of its state; the state's word is on its card. */
function toneColour(): ExpressionSpecification {
  const tones = ["match", ["get", "tone"], "late", token("late"), "todo", token("todo"), "void", token("void"), token("done")];
  return tones as unknown as ExpressionSpecification;
}

/** A ledger's places: points, lines or areas with the record's name; pressed, they lead to the record. */
function addLedger(map: MapView, key: string, address: string): void {
  add(map, key, address, [
    {
      id: `${key}-fill`,
      type: "fill",
      source: key,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": token("done"), "fill-opacity": 0.1, "fill-outline-color": token("done") },
    },
    {
      id: `${key}-line`,
      type: "line",
      source: key,
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": token("done"), "line-width": 3 },
    },
    {
      id: `${key}-point`,
      type: "circle",
      source: key,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 6,
        "circle-color": toneColour(),
        "circle-stroke-color": token("map-halo"),
        "circle-stroke-width": 2,
      },
    },
    {
      id: `${key}-name`,
      type: "symbol",
      source: key,
      minzoom: 12,
      layout: { "text-field": ["get", "name"], "text-font": FACES, "text-size": 12, "text-offset": [0, 1.2] },
      paint: { "text-color": toneColour(), "text-halo-color": token("map-halo"), "text-halo-width": 1.5 },
    },
  ]);
  for (const part of ["fill", "line", "point"]) {
    map.on("click", `${key}-${part}`, (event) => {
      const properties = event.features?.[0]?.properties;
      if (properties) popup(map, event.lngLat, properties as Place);
    });
  }
}

/** What a ledger says of a place; MapLibre hands nested values over as JSON text. */
interface Place {
  number: string;
  name: string;
  state: string;
  tone: string;
  url: string;
  card: string;
}

/** The small card of a place: its name as a link to the record, its state, three fields. */
function popup(map: MapView, at: { lng: number; lat: number }, place: Place): void {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.textContent = place.name;
  if (place.url.startsWith("/")) link.href = place.url;
  const badge = document.createElement("span");
  badge.className = `badge badge--${place.tone}`;
  badge.textContent = place.state;
  box.append(link, " ", badge);
  for (const [label, value] of JSON.parse(place.card) as [string, string][]) {
    const line = document.createElement("p");
    line.textContent = `${label}：${value || "—"}`;
    box.append(line);
  }
  new Popup({ closeButton: true }).setLngLat([at.lng, at.lat]).setDOMContent(box).addTo(map);
}

/** Show or hide what a box stands for; a ledger's places are fetched when they are first wanted. */
function apply(map: MapView, box: HTMLInputElement): void {
  const name = box.dataset["layer"] ?? "";
  const address = box.dataset["url"];
  if (address && box.checked && !map.getSource(name)) addLedger(map, name, address);
  for (const layer of map.getStyle().layers) {
    if (layer.id === name || ("source" in layer && layer.source === name)) {
      map.setLayoutProperty(layer.id, "visibility", box.checked ? "visible" : "none");
    }
  }
}

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("input[data-layer]")];
}

/** After the style was drawn anew: every layer as its box says. */
export function applyLayerBoxes(map: MapView): void {
  for (const box of boxes()) apply(map, box);
}

/** Wire the boxes of the layer menu. The vehicles draw themselves, so theirs is told on. */
export function wireLayerBoxes(map: MapView, onVehicles: (shown: boolean) => void): void {
  for (const box of boxes()) {
    box.addEventListener("change", () => {
      if (box.dataset["layer"] === "vehicles") onVehicles(box.checked);
      apply(map, box);
    });
  }
}
