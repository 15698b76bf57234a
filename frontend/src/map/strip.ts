/** The strip below the replay map: speed over time, alarms as bars at the foot, gaps left blank, one cursor. */
import { token } from "./tokens";
import { clockOf, gaps, nearestTo, type Track } from "./trackdata";

const LEFT = 44;
const FOOT = 20;
const TOP = 8;

export class SpeedStrip {
  private at = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly track: Track,
    private readonly onPick: (at: number) => void,
  ) {
    const pick = (event: PointerEvent): void => {
      if (event.buttons === 0 || track.time.length === 0) return;
      const share = (event.offsetX - LEFT) / (canvas.clientWidth - LEFT - TOP);
      this.onPick(nearestTo(track.time, this.first + share * this.length));
    };
    canvas.addEventListener("pointerdown", pick);
    canvas.addEventListener("pointermove", pick);
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  private get first(): number {
    return this.track.time[0] ?? 0;
  }

  private get length(): number {
    return Math.max(1, (this.track.time.at(-1) ?? 0) - this.first);
  }

  mark(at: number): void {
    this.at = at;
    this.draw();
  }

  draw(): void {
    const { canvas, track } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    const pen = canvas.getContext("2d");
    if (!pen || track.time.length === 0) return;
    pen.scale(devicePixelRatio, devicePixelRatio);
    pen.font = `12px ${token("face")}`;
    const fastest = track.speed.reduce((most, speed) => Math.max(most, speed), (track.limit ?? 0) + 10);
    const top = Math.max(60, Math.ceil(fastest / 20) * 20);
    const x = (time: number): number => LEFT + ((time - this.first) / this.length) * (width - LEFT - TOP);
    const y = (speed: number): number => height - FOOT - (speed / top) * (height - FOOT - TOP);
    this.drawScale(pen, width, height, top, x, y);
    this.drawSpeed(pen, x, y);
    pen.fillStyle = token("late");
    track.time.forEach((time, at) => {
      if (track.alarm[at]) pen.fillRect(x(time) - 1, height - FOOT - 4, 2, 4);
    });
    pen.strokeStyle = token("ink");
    pen.lineWidth = 1.5;
    const cursor = x(track.time[this.at] ?? this.first);
    pen.beginPath();
    pen.moveTo(cursor, 0);
    pen.lineTo(cursor, height - FOOT);
    pen.stroke();
  }

  private drawScale(
    pen: CanvasRenderingContext2D,
    width: number,
    height: number,
    top: number,
    x: (time: number) => number,
    y: (speed: number) => number,
  ): void {
    pen.strokeStyle = token("line");
    pen.fillStyle = token("ink-soft");
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (let speed = 0; speed <= top; speed += top > 120 ? 40 : 20) {
      pen.beginPath();
      pen.moveTo(LEFT, y(speed));
      pen.lineTo(width - TOP, y(speed));
      pen.stroke();
      pen.fillText(String(speed), LEFT - 6, y(speed));
    }
    pen.textBaseline = "alphabetic";
    const steps = Math.max(1, Math.floor((width - LEFT) / 110));
    for (let step = 0; step <= steps; step++) {
      const time = this.first + (this.length * step) / steps;
      pen.textAlign = step === 0 ? "left" : step === steps ? "right" : "center";
      pen.fillText(clockOf(time).slice(11), x(time), height - 5);
    }
    const { limit } = this.track;
    if (limit) {
      pen.strokeStyle = token("late");
      pen.setLineDash([4, 3]);
      pen.beginPath();
      pen.moveTo(LEFT, y(limit));
      pen.lineTo(width - TOP, y(limit));
      pen.stroke();
      pen.setLineDash([]);
      pen.textAlign = "left";
      pen.fillStyle = token("late");
      pen.fillText(`限速 ${limit}`, LEFT + 4, y(limit) - 4);
    }
  }

  private drawSpeed(pen: CanvasRenderingContext2D, x: (time: number) => number, y: (speed: number) => number): void {
    const breaks = new Set(gaps(this.track.time));
    pen.strokeStyle = token("action");
    pen.lineWidth = 1.5;
    pen.beginPath();
    this.track.time.forEach((time, at) => {
      const speed = this.track.speed[at] ?? 0;
      if (at === 0 || breaks.has(at)) pen.moveTo(x(time), y(speed));
      else pen.lineTo(x(time), y(speed));
    });
    pen.stroke();
  }
}
