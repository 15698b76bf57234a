/** The phone page: opens with what the phone keeps, meets the server when it can, and draws the page of the address. */
import { app } from "./app";
import { empty, h, icon } from "./dom";
import { entry, queue } from "./pages/entries";
import * as forms from "./pages/form";
import { ledger, report, todo } from "./pages/lists";
import { me } from "./pages/me";
import { near } from "./pages/near";
import { record } from "./pages/record";
import { newId, sweep } from "./queue";
import type { View } from "./views";

type Page = (...parts: string[]) => Promise<View>;
const PAGES: Record<string, Page> = {
  todo,
  report,
  near,
  me,
  queue,
  ledger: (key = "") => ledger(key),
  record: (key = "", number = "") => record(key, number),
  entry: (id = "") => entry(id),
  draft: (id = "", key = "") => forms.draft(id, key),
  again: (id = "") => forms.again(id),
  move: (key = "", number = "", name = "") => forms.move(key, number, name),
};
const AGAIN_MS = 30_000;

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(selector);
  return found;
}

const [page, title, unit, back, banner, count] = [".page", ".top-title", ".top-unit", ".top-back", ".banner", ".bar-count"].map(find) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];
let shown: View | null = null;
let address = "";
let turn = 0;

/** Draw the page of the address. `changed`: only what is known has changed, and a form being filled stays as it is. */
async function draw(changed = false): Promise<void> {
  drawFrame();
  if (changed && shown?.still && address === location.hash) return;
  const [name = "", ...parts] = location.hash.replace(/^#\//, "").split("/").map(decodeURIComponent);
  if (name === "new") {
    location.replace(`#/draft/${newId()}/${parts[0] ?? ""}`);
    return;
  }
  const mine = ++turn;
  const view = app.kit ? await (PAGES[name] ?? todo)(...parts) : stranger();
  if (mine !== turn) return;
  const moved = address !== location.hash;
  [shown, address] = [view, location.hash];
  title.textContent = view.title;
  document.title = `${view.title} - 同轨`;
  back.hidden = view.back === undefined;
  page.replaceChildren(...view.children.filter((one) => one !== null));
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".bar a")) {
    if (link.hash === `#/${view.tab}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (moved) {
    window.scrollTo(0, 0);
    page.focus({ preventScroll: true });
  }
}

function drawFrame(): void {
  unit.textContent = app.kit?.account.name ?? "";
  const [waiting, refused] = [app.waiting.length, app.refused.length];
  count.hidden = waiting + refused === 0;
  count.textContent = String(waiting + refused);
  const words = bannerWords(waiting, refused);
  banner.hidden = words === null;
  if (words) banner.replaceChildren(...words);
}

/** What the banner says: first what stops the work, then what only waits. */
function bannerWords(waiting: number, refused: number): Node[] | null {
  const pending = waiting ? `，待上传 ${waiting} 条` : "";
  banner.className = "banner";
  if (app.line === "login") {
    banner.classList.add("banner--late");
    return [icon("circle-alert"), h("span", {}, `登录已过期${pending}，内容仍在本机`), h("a", { class: "button", href: "/login/?next=/m/" }, "登录")];
  }
  if (app.line === "offline") return [icon("circle-alert"), h("span", {}, `没有信号${pending}，可以照常填写`)];
  if (app.busy) return [icon("upload"), h("span", {}, `正在上传，还有 ${waiting} 条`)];
  if (refused) {
    banner.classList.add("banner--late");
    return [icon("circle-alert"), h("span", {}, `${refused} 条没有被接收`), h("a", { class: "button", href: "#/queue" }, "处理")];
  }
  if (waiting) return [icon("clock"), h("span", {}, `待上传 ${waiting} 条`), h("button", { class: "button", type: "button", onclick: () => void app.meet() }, "上传")];
  return null;
}

/** Nobody is known on this phone yet. */
function stranger(): View {
  if (app.trouble) return { title: "同轨", tab: "todo", children: [empty("暂时打不开", app.trouble)] };
  const offline = app.line === "offline";
  const login = h("a", { class: "big", href: "/login/?next=/m/" }, "登录");
  const words = offline ? "本机还没有您的资料。有信号时登录一次，以后没有信号也能用。" : "登录后即可上报和办理。";
  return { title: "同轨", tab: "todo", children: [empty(offline ? "没有信号" : "请先登录", words), login] };
}

function unsafe(): View {
  const words = "这个地址没有加密，不能离线填写和定位。请改用 https 开头的地址打开。";
  const help = h("a", { class: "big", href: "/m/certificate/" }, "查看手机证书与帮助");
  return { title: "同轨", tab: "todo", children: [empty("请用加密地址打开", words), help] };
}

async function start(): Promise<void> {
  if (!window.isSecureContext) {
    page.replaceChildren(...unsafe().children.filter((one) => one !== null));
    return;
  }
  if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/m/sw.js", { scope: "/m/" }).catch(() => undefined);
  back.addEventListener("click", () => (location.hash = shown?.back ?? "#/todo"));
  window.addEventListener("hashchange", () => void draw());
  window.addEventListener("online", () => void app.meet());
  window.addEventListener("offline", () => app.lost());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void app.meet();
  });
  window.setInterval(() => {
    if (app.waiting.length > 0 && document.visibilityState === "visible") void app.meet();
  }, AGAIN_MS);
  await app.open();
  app.onChange(() => void draw(true));
  if (app.kit) await draw();
  await app.meet();
  await draw(true);
  await sweep();
  // Ask that what waits here is not cleared away to make room.
  void navigator.storage?.persist?.();
}

void start();
