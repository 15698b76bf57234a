/** The small map on a record's page: the base map with one point or one area, given as GeoJSON in `data-spot`. */
import { LngLatBounds } from "maplibre-gl";
import { openMap } from "./base";
import { token } from "./tokens";

const CLOSE_ZOOM = 14;

for (const container of document.querySelectorAll<HTMLElement>("[data-spot]")) await drawSpot(container);

/** Draw the map of one element; islands that show a place call it themselves. */
export async function drawSpot(container: HTMLElement): Promise<void> {
  const place = JSON.parse(container.dataset["spot"] ?? "null") as GeoJSON.Geometry;
  const map = await openMap(container, container.dataset["base"] ?? "", false);
  map.addSource("spot", { type: "geojson", data: { type: "Feature", geometry: place, properties: {} } });
  map.addLayer({
    id: "spot-fill",
    type: "fill",
    source: "spot",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": token("action"), "fill-opacity": 0.15 },
  });
  map.addLayer({
    id: "spot-line",
    type: "line",
    source: "spot",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "line-color": token("action"), "line-width": 2 },
  });
  map.addLayer({
    id: "spot-point",
    type: "circle",
    source: "spot",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 8,
      "circle-color": token("action"),
      "circle-stroke-color": token("surface"),
      "circle-stroke-width": 2,
    },
  });
  map.fitBounds(boundsOf(place), { maxZoom: CLOSE_ZOOM, padding: 40, animate: false });
  container.dataset["ready"] = "true";
}

/** The box around every position of a geometry. */
function boundsOf(place: GeoJSON.Geometry): LngLatBounds {
  const bounds = new LngLatBounds();
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") bounds.extend(part as [number, number]);
    else part.forEach(walk);
  };
  if ("coordinates" in place) walk(place.coordinates);
  return bounds;
}
