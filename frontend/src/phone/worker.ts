/// <reference lib="webworker" />
/** The service worker: keeps the shell on the phone, so that it opens without signal. Data is the page's own business.
 *
 * The server writes what to keep before this script (`KEPT`), with a version that changes whenever any part does.
 */
interface Kept {
  version: string;
  files: string[];
}
export {};

const worker = self as unknown as ServiceWorkerGlobalScope & { KEPT: Kept };
const NAME = `tonggui-phone-${worker.KEPT.version}`;
const SHELL = "/m/";

worker.addEventListener("install", (event) => {
  event.waitUntil(fetchAll().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  const isShell = request.mode === "navigate" && address.pathname === SHELL;
  const path = isShell ? SHELL : address.pathname + address.search;
  if (worker.KEPT.files.includes(path)) event.respondWith(kept(path, request));
});

/** Everything or nothing: a shell without its script is worse than none. */
async function fetchAll(): Promise<void> {
  const cache = await caches.open(NAME);
  for (const path of worker.KEPT.files) {
    const answer = await fetch(path, { cache: "no-cache" });
    if (!answer.ok || answer.redirected) throw new Error(path);
    await cache.put(path, answer);
  }
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  return (await cache.match(path)) ?? fetch(request);
}

async function forgetOld(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith("tonggui-phone-") && name !== NAME) await caches.delete(name);
  }
}
