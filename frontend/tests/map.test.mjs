/** The map's arithmetic: windows of the feed, states, tracks, the fleet's memory of places. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** The TypeScript modules as one, built in memory: node 20 does not read types away. */
let map;
before(async () => {
  const entry = fileURLToPath(new URL("map.entry.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, lib: { entry, formats: ["es"] }, minify: false },
  });
  const code = built[0].output[0].code;
  map = await import(`data:text/javascript,${encodeURIComponent(code)}`);
});

test("a window is wider than the view by half its size on every side", () => {
  const window = map.windowAround({ west: 121, south: 31, east: 121.2, north: 31.1 });
  assert.ok(window.west <= 120.9 && window.east >= 121.3);
  assert.ok(window.south <= 30.95 && window.north >= 31.15);
});

test("a window serves small moves, not large ones, and not a view much smaller than itself", () => {
  const view = { west: 121, south: 31, east: 121.2, north: 31.1 };
  const held = map.windowAround(view);
  assert.equal(map.serves(held, { ...view, west: 121.05, east: 121.25 }), true);
  assert.equal(map.serves(held, { ...view, west: 121.5, east: 121.7 }), false);
  assert.equal(map.serves(held, { west: 121.1, south: 31.05, east: 121.11, north: 31.06 }), false);
  assert.equal(map.serves(null, view), false);
});

test("staleness goes before alarm, alarm before movement", () => {
  const now = 1_000_000;
  assert.equal(map.stateOf({ speed: 400, alarm: true, heard: now - 301 }, now), "stale");
  assert.equal(map.stateOf({ speed: 400, alarm: true, heard: now - 300 }, now), "alarm");
  assert.equal(map.stateOf({ speed: 10, alarm: false, heard: now }, now), "moving");
  assert.equal(map.stateOf({ speed: 9, alarm: false, heard: now }, now), "stopped");
});

test("a vehicle glides from where it stood, keeps its plate, and leaves with `gone` or a new whole picture", () => {
  const fleet = new map.Fleet();
  const row = (lon) => ({ id: [7], lon: [lon], lat: [31e6], speed: [100], dir: [90], alarm: [0], heard: [1] });
  fleet.take({ now: 1, away: false, ...row(121e6), plate: ["示A00007"] }, true);
  fleet.take({ now: 2, away: false, ...row(121.1e6), new: {}, gone: [] }, false);
  const moved = fleet.vehicles.get(7);
  assert.equal(moved.plate, "示A00007");
  assert.equal(moved.fromX, map.mercatorX(121));
  assert.equal(moved.x, map.mercatorX(121.1));
  fleet.take({ now: 3, away: false, gone: [7] }, false);
  assert.equal(fleet.vehicles.size, 0);
  fleet.take({ now: 4, away: false, ...row(121e6), plate: ["示A00007"] }, true);
  fleet.take({ now: 5, away: false, id: [], plate: [] }, true);
  assert.equal(fleet.vehicles.size, 0);
});

test("a still vehicle does not glide again", () => {
  const fleet = new map.Fleet();
  fleet.take({ now: 1, away: false, id: [1], lon: [121e6], lat: [31e6], plate: ["示A00001"] }, true);
  fleet.take({ now: 2, away: false, id: [1], lon: [121.1e6], lat: [31e6] }, false);
  fleet.take({ now: 3, away: false, id: [] }, false);
  const still = fleet.vehicles.get(1);
  assert.equal(still.fromX, still.x);
});

test("a track breaks where fixes are more than three minutes apart", () => {
  assert.deepEqual(map.gaps([0, 10, 190, 371, 380]), [3]);
});

test("the cursor finds the last fix at or before an instant", () => {
  assert.equal(map.nearestTo([10, 20, 30], 5), 0);
  assert.equal(map.nearestTo([10, 20, 30], 29), 1);
  assert.equal(map.nearestTo([10, 20, 30], 30), 2);
  assert.equal(map.nearestTo([10, 20, 30], 99), 2);
});

test("clocks are +08:00 wherever the machine stands", () => {
  assert.equal(map.clockOf(0), "1970-01-01 08:00:00");
});

const SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2]];

test("a square and a bent line do not cross themselves", () => {
  assert.equal(map.crosses(SQUARE, true), false);
  assert.equal(map.crosses([[0, 0], [2, 0], [2, 2]], false), false);
  assert.equal(map.crosses([[0, 0], [1, 0], [2, 0], [2, 2], [0, 2]], true), false);
});

test("a bow tie crosses when it is closed, a loop already while it is drawn", () => {
  const bow = [[0, 0], [2, 2], [2, 0], [0, 2]];
  assert.equal(map.crosses(bow, true), true);
  assert.equal(map.crosses(bow.slice(0, 3), false), false);
  assert.equal(map.crosses(bow, false), true);
});

test("an edge that touches another or turns straight back crosses", () => {
  assert.equal(map.crosses([[0, 0], [2, 0], [2, 2], [1, 0]], false), true);
  assert.equal(map.crosses([[0, 0], [2, 0], [1, 0]], false), true);
  assert.equal(map.crosses([[0, 0], [2, 0], [0, 0]], true), true);
});

test("what is drawn reads back from its text, and only one plain ring is drawn on", () => {
  assert.deepEqual(map.cornersOf(map.asText(SQUARE)), SQUARE);
  assert.deepEqual(map.cornersOf(" "), []);
  const ring = [...SQUARE, SQUARE[0]];
  assert.equal(map.cornersOf(JSON.stringify({ type: "MultiPolygon", coordinates: [[ring], [ring]] })), null);
  assert.equal(map.cornersOf("{"), null);
});
