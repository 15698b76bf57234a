/**
 * The vehicle layer: all vehicles in one WebGL draw call. Places arrive once a second; between two messages the shader
 * glides from the old place to the new, so moving costs no work of the page. Where a machine draws too slowly for that,
 * vehicles step instead.
 *
 * Places are kept relative to an origin near the view: single precision would shake by metres otherwise.
 */
import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapView } from "maplibre-gl";
import type { Vehicle } from "./fleet";
import { FRAGMENT, VERTEX } from "./shaders";
import { STATE_TOKENS, STATES, type State, stateOf } from "./states";
import { rgb, token } from "./tokens";

const FLOATS = 6;
const GLIDE_MS = 1000;
/** Slower than this a frame, and gliding stops: 25 frames a second is where it stops looking smooth. */
const SLOW_FRAME_MS = 40;

export class VehicleLayer implements CustomLayerInterface {
  readonly id = "vehicles";
  readonly type = "custom";
  readonly visible: Record<State, boolean> = { moving: true, stopped: true, alarm: true, stale: true };
  selected: number | null = null;

  private map: MapView | null = null;
  private gl: WebGL2RenderingContext | null = null;
  private program: WebGLProgram | null = null;
  private buffer: WebGLBuffer | null = null;
  private array: WebGLVertexArrayObject | null = null;
  private data = new Float32Array(0);
  private shown: Vehicle[] = [];
  private origin: [number, number] = [0, 0];
  private arrivedAt = 0;
  private lastDraw = 0;
  private slowness = 0;

  onAdd(map: MapView, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.gl = gl;
    this.program = link(gl);
    this.buffer = gl.createBuffer();
    this.array = gl.createVertexArray();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    ["a_from", "a_to", "a_heading_state"].forEach((name, at) => {
      const location = gl.getAttribLocation(this.program as WebGLProgram, name);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, 2, gl.FLOAT, false, FLOATS * 4, at * 8);
    });
    gl.bindVertexArray(null);
    this.upload();
  }

  onRemove(_map: MapView, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.program);
    gl.deleteBuffer(this.buffer);
    gl.deleteVertexArray(this.array);
    this.gl = null;
  }

  /** Show these vehicles from now on. */
  show(vehicles: Vehicle[], nowSeconds: number): void {
    this.shown = vehicles;
    const first = vehicles[0];
    if (first) this.origin = [first.x, first.y];
    if (this.data.length < vehicles.length * FLOATS) this.data = new Float32Array(vehicles.length * FLOATS * 2);
    const [originX, originY] = this.origin;
    vehicles.forEach((vehicle, at) => {
      const place = at * FLOATS;
      this.data[place] = vehicle.fromX - originX;
      this.data[place + 1] = vehicle.fromY - originY;
      this.data[place + 2] = vehicle.x - originX;
      this.data[place + 3] = vehicle.y - originY;
      this.data[place + 4] = vehicle.direction;
      this.data[place + 5] = STATES.indexOf(stateOf(vehicle, nowSeconds));
    });
    this.arrivedAt = performance.now();
    this.upload();
    this.map?.triggerRepaint();
  }

  private upload(): void {
    if (!this.gl) return;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, this.data.subarray(0, this.shown.length * FLOATS), this.gl.DYNAMIC_DRAW);
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    if (!this.program || !this.map || this.shown.length === 0) return;
    const now = performance.now();
    const progress = this.glides() ? Math.min(1, (now - this.arrivedAt) / GLIDE_MS) : 1;
    const set = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(this.program as WebGLProgram, name);
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(set("u_matrix"), false, movedBy(input.defaultProjectionData.mainMatrix, this.origin));
    gl.uniform1f(set("u_progress"), progress);
    gl.uniform1f(set("u_size"), sizeAt(this.map.getZoom()) * devicePixelRatio);
    gl.uniform4fv(set("u_visible"), STATES.map((state) => (this.visible[state] ? 1 : 0)));
    gl.uniform3fv(set("u_colour"), STATES.flatMap((state) => rgb(token(STATE_TOKENS[state]))));
    gl.uniform3fv(set("u_halo"), rgb(token("map-halo")));
    gl.uniform1i(set("u_selected"), this.shown.findIndex((vehicle) => vehicle.id === this.selected));
    gl.bindVertexArray(this.array);
    gl.drawArrays(gl.POINTS, 0, this.shown.length);
    gl.bindVertexArray(null);
    this.learnSpeed(now);
    if (progress < 1) this.map.triggerRepaint();
  }

  /** The vehicle drawn nearest to a point of the screen, within a finger's width. */
  at(point: { x: number; y: number }, reach = 16): Vehicle | null {
    const now = Date.now() / 1000;
    let nearest: Vehicle | null = null;
    let best = reach;
    for (const vehicle of this.shown) {
      if (!this.visible[stateOf(vehicle, now)]) continue;
      const place = this.map?.project([vehicle.lon, vehicle.lat]);
      const distance = place ? Math.hypot(place.x - point.x, place.y - point.y) : best;
      if (distance < best) [nearest, best] = [vehicle, distance];
    }
    return nearest;
  }

  private glides(): boolean {
    return this.slowness < SLOW_FRAME_MS && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** A running mean of the time between frames drawn one after another. */
  private learnSpeed(now: number): void {
    const between = now - this.lastDraw;
    this.lastDraw = now;
    if (between < 500) this.slowness += (between - this.slowness) * 0.1;
  }
}

/** Point size in CSS pixels: small enough at the county's zoom for two thousand, easy to press at the street's. */
function sizeAt(zoom: number): number {
  return Math.min(26, Math.max(9, 9 + (zoom - 10) * 2.6));
}

/** A projection matrix applied to places relative to an origin; computed in double precision. */
function movedBy(matrix: ArrayLike<number>, [x, y]: [number, number]): Float32Array {
  const moved = Float32Array.from(matrix as ArrayLike<number>);
  for (let row = 0; row < 4; row++) {
    moved[12 + row] = (matrix[row] ?? 0) * x + (matrix[4 + row] ?? 0) * y + (matrix[12 + row] ?? 0);
  }
  return moved;
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(kind) as WebGLShader;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? "shader");
  return program;
}
