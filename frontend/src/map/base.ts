/** The map itself: offline tiles from our own server, Chinese labels in the machine's own faces, words of its buttons. */
import {
  addProtocol,
  AttributionControl,
  Map as MapView,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type ExpressionSpecification,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { PMTiles, Protocol } from "pmtiles";
import { FACES, token } from "./tokens";

const LOCALE = {
  "AttributionControl.ToggleAttribution": "显示或收起数据来源",
  "Map.Title": "地图",
  "NavigationControl.ZoomIn": "放大",
  "NavigationControl.ZoomOut": "缩小",
  "ScaleControl.Meters": "米",
  "ScaleControl.Kilometers": "公里",
  "Popup.Close": "关闭",
};

/** Widths of a road class in pixels at zoom 9, 12 and 16. */
const WIDTHS: Record<string, [number, number, number]> = {
  primary: [1.5, 3.5, 14],
  secondary: [0.8, 2.4, 11],
  tertiary: [0.5, 1.6, 9],
  unclassified: [0.3, 1, 7],
  residential: [0.3, 0.8, 6],
};

function width(extra: number): ExpressionSpecification {
  // Built from a table, which the specification's type of a match cannot follow; MapLibre checks it when it loads.
  const at = (column: 0 | 1 | 2): ExpressionSpecification => {
    const cases = Object.entries(WIDTHS).flatMap(([name, widths]) => [name, widths[column] + extra]);
    return ["match", ["get", "class"], ...cases, 1 + extra] as unknown as ExpressionSpecification;
  };
  return ["interpolate", ["exponential", 1.4], ["zoom"], 9, at(0), 12, at(1), 16, at(2)];
}


const LABEL = (): { "text-color": string; "text-halo-color": string; "text-halo-width": number } => ({
  "text-color": token("map-text"),
  "text-halo-color": token("map-halo"),
  "text-halo-width": 1.4,
});

/** The style of the base map in the colours of the moment. */
export function baseStyle(base: string): StyleSpecification {
  const absolute = new URL(base, location.href).href;
  return {
    version: 8,
    sources: {
      roads: {
        type: "vector",
        url: `pmtiles://${absolute}roads.pmtiles`,
        attribution: "© OpenStreetMap contributors（道路，ODbL）",
      },
      river: { type: "geojson", data: `${absolute}river.geojson` },
      ferries: { type: "geojson", data: `${absolute}ferries.geojson`, attribution: "江河渡线为示例" },
    },
    layers: [
      { id: "land", type: "background", paint: { "background-color": token("land") } },
      {
        id: "river",
        type: "fill",
        source: "river",
        filter: ["==", ["get", "kind"], "river"],
        paint: { "fill-color": token("water") },
      },
      {
        id: "roads-edge",
        type: "line",
        source: "roads",
        "source-layer": "roads",
        minzoom: 11,
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": token("road-edge"), "line-width": width(1.6) },
      },
      {
        id: "roads",
        type: "line",
        source: "roads",
        "source-layer": "roads",
        layout: { "line-cap": "round", "line-join": "round" },
        paint: {
          "line-color": [
            "match",
            ["get", "class"],
            "primary",
            token("road-major"),
            "secondary",
            token("road-middle"),
            token("road-minor"),
          ],
          "line-width": width(0),
        },
      },
      {
        id: "ferries",
        type: "line",
        source: "ferries",
        paint: { "line-color": token("ferry"), "line-width": 2, "line-dasharray": [3, 2] },
      },
      {
        id: "river-name",
        type: "symbol",
        source: "river",
        filter: ["==", ["get", "kind"], "river-line"],
        layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-font": FACES, "text-size": 14 },
        paint: { ...LABEL(), "text-color": token("ferry"), "text-halo-color": token("water") },
      },
      {
        id: "ferry-names",
        type: "symbol",
        source: "ferries",
        minzoom: 12,
        layout: { "symbol-placement": "line-center", "text-field": ["get", "name"], "text-font": FACES, "text-size": 12 },
        paint: LABEL(),
      },
      {
        id: "road-names",
        type: "symbol",
        source: "roads",
        "source-layer": "roads",
        minzoom: 12,
        filter: ["has", "name"],
        layout: {
          "symbol-placement": "line",
          "text-field": ["get", "name"],
          "text-font": FACES,
          "text-size": ["interpolate", ["linear"], ["zoom"], 12, 11, 16, 13],
          "symbol-spacing": 320,
        },
        paint: LABEL(),
      },
    ],
  };
}

/** A map in an element, by default with the view in the address; without one there it shows the whole base map. */
export async function openMap(container: HTMLElement, base: string, hash: string | false = "at"): Promise<MapView> {
  setWorkerUrl(workerUrl);
  const protocol = new Protocol();
  addProtocol("pmtiles", protocol.tile);
  const tiles = new PMTiles(new URL(`${base}roads.pmtiles`, location.href).href);
  protocol.add(tiles);
  const header = await tiles.getHeader();
  const map = new MapView({
    container,
    style: baseStyle(base),
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    hash,
    attributionControl: false,
    locale: LOCALE,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  // In one corner they stand above one another and never overlap, however narrow the screen.
  map.addControl(new AttributionControl({ compact: false }), "bottom-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-right");
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  // The page and its tests reach the view through its element.
  Object.assign(container, { view: map });
  await new Promise((done) => map.once("load", done));
  return map;
}
