/**
 * Drawing an area in a form: press points on the map, take one back, finish, clear; a finished area's corners can be
 * dragged. The field itself stays the text below, so that a form without this island works the same.
 */
import { LngLatBounds, type GeoJSONSource, type Map as MapView, type MapMouseEvent, type MapTouchEvent } from "maplibre-gl";
import { openMap } from "./base";
import { asText, cornersOf, crosses, rounded, type Position } from "./polygon";
import { token } from "./tokens";

/** Pixels around the first corner within which a press closes the area. */
const NEAR = 12;
const WORDS = {
  start: "在地图上依次点出范围的各个角点；也可以移动地图，再按“在图中央加点”。",
  next: (n: number) => `已有 ${n} 个点，继续点下一个${n >= 3 ? "，或者按“完成”" : ""}。`,
  done: (n: number) => `范围已画好，共 ${n} 个点。可以拖动角点修改，也可以清除后重画。`,
  edgeCrosses: "这条边会与已有的边交叉，没有加上这个点。请换一个位置。",
  closingCrosses: "首尾相连的边会与已有的边交叉，不能完成。请撤销几个点，或换一个位置再加点。",
  cornerCrosses: "拖到那里会使边线交叉，角点已放回原处。",
  few: "范围至少要有 3 个点。",
  foreign: "下面的文本不是一个可以在图上修改的多边形（可能有多块或有洞）。可以直接改文本，或者清除后重画。",
} as const;

class AreaField {
  private points: Position[] = [];
  private closed = false;
  private map!: MapView;
  private readonly said: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly text: HTMLTextAreaElement,
  ) {
    this.said = root.querySelector<HTMLElement>("[role=status]")!;
  }

  async open(): Promise<void> {
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-drawing]")) part.hidden = false;
    const container = this.root.querySelector<HTMLElement>(".area-map")!;
    this.map = await openMap(container, this.root.dataset["base"] ?? "", false);
    this.map.doubleClickZoom.disable();
    this.map.getCanvas().style.cursor = "crosshair";
    this.addLayers();
    this.read();
    this.showAll();
    this.map.on("click", (event) => this.press(event));
    this.map.on("mousedown", "drawn-corner", (event) => this.drag(event, "mousemove", "mouseup"));
    this.map.on("touchstart", "drawn-corner", (event) => this.drag(event, "touchmove", "touchend"));
    this.text.addEventListener("change", () => {
      this.read();
      this.showAll();
    });
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("button[data-do]")) {
      button.addEventListener("click", () => this.act(button.dataset["do"]!));
    }
    this.text.form?.addEventListener("submit", (event) => this.beforeSending(event));
    container.dataset["ready"] = "true";
  }

  private act(what: string): void {
    if (what === "add") this.add(rounded(this.map.getCenter()));
    else if (what === "finish") this.finish();
    else if (what === "undo") this.undo();
    else this.clear();
  }

  private press(event: MapMouseEvent): void {
    if (this.closed) return;
    const first = this.points[0];
    if (first && this.points.length >= 3 && this.map.project(first).dist(event.point) <= NEAR) this.finish();
    else this.add(rounded(event.lngLat));
  }

  private add(point: Position): void {
    if (this.closed) return this.say(WORDS.done(this.points.length));
    if (crosses([...this.points, point], false)) return this.say(WORDS.edgeCrosses, true);
    this.points.push(point);
    this.draw();
    this.say(WORDS.next(this.points.length));
  }

  private finish(): boolean {
    if (this.closed) return true;
    if (this.points.length < 3) this.say(WORDS.few, true);
    else if (crosses(this.points, true)) this.say(WORDS.closingCrosses, true);
    else {
      this.closed = true;
      this.write(asText(this.points));
      this.say(WORDS.done(this.points.length));
    }
    return this.closed;
  }

  /** Open a finished area again, else take back its last point. */
  private undo(): void {
    if (this.closed) {
      this.closed = false;
      this.write("");
    } else this.points.pop();
    this.draw();
    this.say(this.points.length ? WORDS.next(this.points.length) : WORDS.start);
  }

  private clear(): void {
    this.points = [];
    this.closed = false;
    this.write("");
    this.say(WORDS.start);
  }

  private drag(event: MapMouseEvent | MapTouchEvent, move: "mousemove" | "touchmove", release: "mouseup" | "touchend"): void {
    const at = (event as { features?: { properties: { at: number } }[] }).features?.[0]?.properties.at;
    if (!this.closed || at === undefined) return;
    event.preventDefault();
    const before = this.points[at]!;
    const follow = (moved: { lngLat: { lng: number; lat: number } }): void => {
      this.points[at] = rounded(moved.lngLat);
      this.draw();
    };
    this.map.on(move, follow);
    // The button may be let go outside the map.
    const letGo = (): void => {
      this.map.off(move, follow);
      const refused = crosses(this.points, true);
      if (refused) this.points[at] = before;
      this.write(asText(this.points));
      this.say(refused ? WORDS.cornerCrosses : WORDS.done(this.points.length), refused);
    };
    window.addEventListener(release, letGo, { once: true });
  }

  /** A form is not sent with half an area; an area that only lacks its last edge is closed on the way. */
  private beforeSending(event: SubmitEvent): void {
    const draft = (event.submitter as HTMLButtonElement | null)?.value === "draft";
    if (draft || this.closed || this.points.length === 0 || this.finish()) return;
    event.preventDefault();
    this.root.scrollIntoView({ block: "center" });
  }

  private read(): void {
    const corners = cornersOf(this.text.value);
    this.points = corners ?? [];
    this.closed = this.points.length > 0;
    this.draw();
    this.say(corners === null ? WORDS.foreign : this.closed ? WORDS.done(this.points.length) : WORDS.start, corners === null);
  }

  private write(text: string): void {
    this.text.value = text;
    this.draw();
  }

  private say(words: string, refused = false): void {
    this.said.textContent = words;
    this.said.classList.toggle("error", refused);
  }

  private addLayers(): void {
    this.map.addSource("drawn", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    this.map.addLayer({
      id: "drawn-fill",
      type: "fill",
      source: "drawn",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": token("action"), "fill-opacity": 0.15 },
    });
    this.map.addLayer({
      id: "drawn-line",
      type: "line",
      source: "drawn",
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": token("action"), "line-width": 2 },
    });
    this.map.addLayer({
      id: "drawn-corner",
      type: "circle",
      source: "drawn",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 7,
        "circle-color": token("surface"),
        "circle-stroke-color": token("action"),
        "circle-stroke-width": 3,
      },
    });
  }

  private draw(): void {
    const features: GeoJSON.Feature[] = this.points.map((point, at) => ({
      type: "Feature",
      properties: { at },
      geometry: { type: "Point", coordinates: point },
    }));
    if (this.points.length > 1) {
      const geometry: GeoJSON.Geometry = this.closed
        ? { type: "Polygon", coordinates: [[...this.points, this.points[0]!]] }
        : { type: "LineString", coordinates: this.points };
      features.push({ type: "Feature", properties: {}, geometry });
    }
    this.map.getSource<GeoJSONSource>("drawn")?.setData({ type: "FeatureCollection", features });
  }

  private showAll(): void {
    if (!this.points.length) return;
    const bounds = this.points.reduce((box, point) => box.extend(point), new LngLatBounds());
    this.map.fitBounds(bounds, { padding: 60, maxZoom: 15, animate: false });
  }
}

for (const root of document.querySelectorAll<HTMLElement>("[data-area]")) {
  const text = root.querySelector("textarea");
  if (text) await new AreaField(root, text).open();
}
