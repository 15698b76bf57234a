/** A signature drawn with the finger, as dark lines on white. */
import { h } from "./dom";
import { keepSignature } from "./photos";
import type { Kept } from "./types";

/** A sheet over the page to sign on; resolves with the kept picture, or null where nobody signed. */
export function askSignature(title: string): Promise<Kept | null> {
  return new Promise((resolve) => {
    const canvas = h("canvas", { class: "sign-canvas", "aria-label": `${title}，请用手指书写` });
    const close = (kept: Kept | null): void => {
      sheet.close();
      sheet.remove();
      resolve(kept);
    };
    const done = h("button", { class: "button button--primary", type: "button", disabled: true }, "确定");
    const again = h("button", { class: "button", type: "button" }, "重写");
    const leave = h("button", { class: "button", type: "button", onclick: () => close(null) }, "取消");
    const sheet = h("dialog", { class: "sign" }, h("h2", {}, title), canvas, h("div", { class: "buttons" }, leave, again, done));
    sheet.addEventListener("cancel", () => close(null));
    document.body.append(sheet);
    sheet.showModal();
    const pen = begin(canvas);
    canvas.addEventListener("pointerdown", () => {
      done.disabled = false;
    });
    again.addEventListener("click", () => {
      begin(canvas);
      done.disabled = true;
    });
    draw(canvas, pen);
    done.addEventListener("click", () => void keepSignature(canvas).then(close));
  });
}

/** White paper as large as the canvas is shown, and the pen on it. */
function begin(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const scale = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.round(canvas.clientWidth * scale);
  canvas.height = Math.round(canvas.clientHeight * scale);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("canvas");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.lineWidth = 3;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "black";
  return pen;
}

function draw(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): void {
  let down = false;
  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(event.offsetX, event.offsetY);
    pen.lineTo(event.offsetX + 0.1, event.offsetY);
    pen.stroke();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    pen.lineTo(event.offsetX, event.offsetY);
    pen.stroke();
  });
  for (const name of ["pointerup", "pointercancel"] as const) canvas.addEventListener(name, () => (down = false));
}
