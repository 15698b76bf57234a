/** Pictures: made small on the phone, named by what is in them, kept until the server has them. */
import { fresh } from "./place";
import { keepFile, note } from "./store";
import type { Kept } from "./types";

const LONGEST = 1600;
const QUALITY = 0.85;
const JUST_NOW_MS = 5 * 60_000;

/** Keep a picture from the camera or the album: at most 1600 px, JPEG, with its time and, if just taken here, its place. */
export async function keepPicture(picked: File): Promise<Kept> {
  const blob = await smaller(picked);
  const at = new Date(picked.lastModified || Date.now());
  const taken: Kept["taken"] = {};
  if ((await note<boolean>("bare-photos")) !== true) {
    taken.at = at.toISOString();
    const place = Date.now() - at.getTime() < JUST_NOW_MS ? fresh() : null;
    if (place) Object.assign(taken, { longitude: place.longitude, latitude: place.latitude, accuracy: place.accuracy });
  }
  return keepBlob(blob, `${stamp(at)}.jpg`, taken);
}

/** Keep a drawn signature, with the time at which it was drawn. */
export function keepSignature(canvas: HTMLCanvasElement): Promise<Kept> {
  const now = new Date();
  return blobOf(canvas, "image/png").then((blob) => keepBlob(blob, `签名-${stamp(now)}.png`, { at: now.toISOString() }));
}

async function keepBlob(blob: Blob, name: string, taken: Kept["taken"]): Promise<Kept> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const digest = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const kept: Kept = { digest, blob, name, kept: Date.now(), taken };
  await keepFile(kept);
  return kept;
}

async function smaller(picked: File): Promise<Blob> {
  const picture = await createImageBitmap(picked, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("canvas");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return blobOf(canvas, "image/jpeg", QUALITY);
}

function blobOf(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("canvas"))), type, quality);
  });
}

function stamp(at: Date): string {
  return new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
}
