/** The review desk: a queue of passes with their pictures ahead, keys, and decisions that leave on their own time. */
import { h } from "../phone/dom";
import { ask, type Answer } from "./api";
import { askReason, askWhy, showHelp, showPlace, showSteps } from "./dialogs";
import { Outbox, type Decided } from "./outbox";
import { axlePane, doubtPane, factPane, headPane, pastPane, platePane, proofPane, weightPane } from "./panes";
import type { Counts, Decision, Pass, Setup } from "./types";
import { Viewer } from "./viewer";

const HEARTBEAT_MS = 60_000;
const PICTURES_AHEAD = 5;

const setup = JSON.parse(document.getElementById("desk-setup")?.textContent ?? "{}") as Setup;
const desk = document.getElementById("desk") as HTMLElement;
const bar = document.getElementById("desk-wanted") as HTMLFormElement;
const counter = document.getElementById("desk-counts") as HTMLElement;

const viewer = new Viewer();
const body = h("div", { class: "desk-body" });
const notices = h("div", { class: "desk-notices", role: "status", "aria-live": "polite" });
const lately = h("div", { class: "desk-lately", role: "status", "aria-live": "polite" });
const actions = h("div", { class: "desk-actions", role: "group", "aria-label": "审核" });

let counts: Counts = setup.counts;
let asking = false;
const passedOver = new Set<string>();
/** Passes decided on this page, so that one can come back. */
const decided = new Map<string, Pass>();
let last: { words: string; url: string } | null = null;
/** The number of the pass accepted last, which C makes a case. */
let toFile = "";

const outbox = new Outbox(setup.account, inHand, onAnswer, drawLately);
// What was decided before the page was opened anew is on its way and is not shown again.
let queue: Pass[] = setup.passes.filter((pass) => !outbox.all.some((one) => one.number === pass.number));

/** What the server must know to send the right passes: those that are here, those put off, how many are wanted. */
function inHand(): Record<string, unknown> {
  const have = [...queue.map((pass) => pass.number), ...outbox.all.map((one) => one.number)];
  const wanted = Object.fromEntries(new URLSearchParams(location.search));
  return { have, passedOver: [...passedOver], wanted, most: Math.max(0, setup.ahead - queue.length) };
}

async function refill(letGo: string[] = []): Promise<void> {
  if (asking) return;
  asking = true;
  const answer = await ask<Decided>("/desk/passes/next/", { ...inHand(), letGo });
  asking = false;
  if (answer.kind === "done") take(answer.content);
  else if (answer.kind === "away" || answer.kind === "login") tell("late", `${answer.words}，读不到下一批过车。`, "away");
}

function take(content: Decided): void {
  const known = new Set([...queue.map((pass) => pass.number), ...outbox.all.map((one) => one.number)]);
  const wasEmpty = queue.length === 0;
  queue.push(...content.passes.filter((pass) => !known.has(pass.number)));
  counts = content.counts;
  forget("away");
  Viewer.ahead(queue.slice(0, PICTURES_AHEAD + 1));
  if (wasEmpty) draw();
  else drawCounts();
}

function onAnswer(decision: Decision, answer: Answer<Decided>): void {
  const name = `${decision.plate || decision.number} ${decision.label}`;
  if (answer.kind === "done") {
    const { done } = answer.content;
    last = { words: `${name}，已提交`, url: done.url };
    if (done.state === "accepted") toFile = done.number;
    forget("away");
    take(answer.content);
  } else if (answer.kind === "away" || answer.kind === "login") {
    tell("late", `${answer.words}。${outbox.stuck.length} 条决定保存在本机，恢复后自动提交。`, "away");
  } else {
    tell("late", `${name}没有提交：${answer.words}`);
    const fresh = answer.content.pass;
    if (fresh?.accept && (answer.kind === "refused" || answer.content.again)) show([fresh, ...queue]);
  }
  drawLately();
}

function decide(move: string, label: string, reason = "", comment = ""): void {
  const pass = queue[0];
  if (!pass) return;
  decided.set(pass.number, pass);
  queue = queue.slice(1);
  outbox.put({ number: pass.number, plate: pass.plate, version: pass.version, move, label, reason, comment });
  if (queue.length <= 1) void refill();
  draw();
}

function accept(): void {
  const pass = queue[0];
  if (!pass?.accept) return;
  const lacks = pass.proofs.filter((proof) => !proof.holds);
  if (lacks.length) return tell("late", `不能${pass.accept.label}：${lacks.map((proof) => proof.lacks).join("")}`, "lacks");
  decide(pass.accept.name, pass.accept.label);
}

function reject(): void {
  const pass = queue[0];
  if (pass) askReason(pass, setup.reasons, (reason) => decide("reject", `不采用（${reason.label}）`, reason.code));
}

function sendBack(): void {
  const pass = queue[0];
  if (pass?.state === "reviewed") askWhy(pass, (words) => decide("send_back", "退回初审", "", words));
}

function next(): void {
  const pass = queue[0];
  if (!pass) return;
  passedOver.add(pass.number);
  show(queue.slice(1));
  void refill([pass.number]);
}

function takeBack(): void {
  const decision = outbox.takeBack();
  const pass = decision && decided.get(decision.number);
  if (!pass) return tell("todo", "没有可以撤销的决定：已经提交的，请在记录页按流程办理。", "back");
  forget("back");
  show([pass, ...queue]);
}

async function correctPlate(pass: Pass, plate: string): Promise<void> {
  const answer = await ask<Decided>("/desk/passes/plate/", { number: pass.number, version: pass.version, plate });
  if (answer.kind === "done") {
    forget("plate");
    show(queue.map((one) => (one.number === pass.number ? answer.content.pass : one)));
  } else tell("late", `号牌没有更正：${answer.words}`, "plate");
}

async function fileCase(): Promise<void> {
  // A decision that still waits for its seconds is sent now: who files a case has made up their mind.
  await outbox.flush();
  if (!toFile) return tell("todo", "没有刚刚复审入库的记录。复审入库后按 C 立案。", "case");
  const answer = await ask<{ case: { number: string; url: string } }>("/desk/passes/case/", { number: toFile });
  if (answer.kind === "done") {
    toFile = "";
    forget("case");
    last = { words: `已立案 ${answer.content.case.number}`, url: answer.content.case.url };
  } else tell("late", `没有立案：${answer.words}`, "case");
  drawLately();
}

function show(passes: Pass[]): void {
  queue = passes;
  draw();
}

/** A notice stays until it is read, or until the same thing is told anew. */
function tell(tone: "late" | "todo", words: string, about = ""): void {
  forget(about);
  const close = h("button", { class: "button button--quiet button--small", type: "button", "aria-label": "知道了", onclick: () => note.remove() }, "知道了");
  const note = h("div", { class: `message message--${tone}`, "data-about": about }, h("p", {}, words), close);
  notices.append(note);
}

function forget(about: string): void {
  if (about) for (const note of notices.querySelectorAll(`[data-about="${about}"]`)) note.remove();
}

function draw(): void {
  forget("lacks");
  const pass = queue[0];
  drawCounts();
  drawLately();
  drawActions(pass);
  desk.dataset["pass"] = pass?.number ?? "";
  if (!pass) return body.replaceChildren(nothing());
  viewer.show(pass);
  const left = h("div", { class: "desk-left" }, viewer.element, axlePane(pass));
  const save = (plate: string): void => void correctPlate(pass, plate);
  const middle = h("div", { class: "desk-middle", tabindex: "0", "aria-label": "称重与疑点", role: "region" });
  const identity = h("section", { class: "desk-identity", "aria-label": "编号与号牌" }, headPane(pass), platePane(pass, save));
  middle.append(identity, weightPane(pass, () => void showSteps(pass)), doubtPane(pass), factPane(pass, place));
  const right = h("div", { class: "desk-right", tabindex: "0", "aria-label": "证据与过往", role: "region" }, proofPane(pass), pastPane(pass));
  body.replaceChildren(left, middle, right);
  Viewer.ahead(queue.slice(1, PICTURES_AHEAD + 1));
}

function place(): void {
  const pass = queue[0];
  if (pass) void showPlace(pass, desk.dataset["base"] ?? "");
}

function nothing(): HTMLElement {
  if (asking) return h("p", { class: "desk-reading" }, "正在读取下一批……");
  const again = h("button", { class: "button", type: "button", onclick: lookAgain }, "再看跳过的");
  const others = counts.looking.length ? "其余的有人正在看。" : "";
  const words = passedOver.size ? `跳过了 ${passedOver.size} 条。${others}` : `符合条件的都审完了，或者须由另一人复审。${others}`;
  return h("div", { class: "empty" }, h("strong", {}, "没有等您审核的过车"), h("p", {}, words), passedOver.size > 0 && again);
}

function lookAgain(): void {
  passedOver.clear();
  void refill();
}

function drawCounts(): void {
  const onTheWay = outbox.all.length;
  const looking = counts.looking.map((one) => `${one.name}正在看 ${one.passes} 条`);
  const waiting = Math.max(0, counts.waiting - onTheWay);
  counter.textContent = [`今日已审 ${counts.today + onTheWay}`, `待审 ${waiting}`, ...looking].join("，");
}

function drawLately(): void {
  const pending = outbox.all.filter((one) => one.tries === 0).at(-1);
  if (pending) {
    const back = h("button", { class: "button button--small", type: "button", onclick: takeBack }, "撤销 B");
    lately.replaceChildren(h("span", {}, `${pending.plate || pending.number} ${pending.label}，几秒后提交`), back);
  } else if (last) {
    const file = toFile && h("button", { class: "button button--small", type: "button", onclick: () => void fileCase() }, "立案 C");
    lately.replaceChildren(h("a", { href: last.url, target: "_blank", rel: "noopener" }, last.words), file || "");
  } else lately.replaceChildren();
  drawCounts();
}

function drawActions(pass: Pass | undefined): void {
  const lacks = pass?.proofs.some((proof) => !proof.holds) ?? true;
  const button = (key: string, label: string, act: () => void, tone = "", off = !pass): HTMLElement =>
    h("button", { class: `button ${tone}`, type: "button", disabled: off, "aria-keyshortcuts": key, onclick: act }, label, h("kbd", {}, key));
  const yes = button("A", pass?.accept?.label ?? "通过", accept, "button--primary");
  if (lacks) yes.setAttribute("aria-disabled", "true");
  actions.replaceChildren(
    yes,
    button("R", "不采用", reject, "button--danger"),
    ...(pass?.state === "reviewed" ? [button("T", "退回初审", sendBack)] : []),
    button("N", "下一条", next),
    button("?", "按键", showHelp, "button--quiet desk-only", false),
  );
}

const BY_KEY: Record<string, () => void> = {
  KeyA: accept,
  KeyR: reject,
  KeyT: sendBack,
  KeyN: next,
  KeyB: takeBack,
  KeyC: () => void fileCase(),
  KeyE: () => document.querySelector<HTMLInputElement>("#desk-plate:not([readonly])")?.select(),
  KeyL: () => queue[0] && void showSteps(queue[0]),
  KeyM: place,
};

document.addEventListener("keydown", (event) => {
  const typing = (event.target as Element).closest("input, select, textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  // By place on the keyboard, so that an input method that is switched on does not swallow the letter.
  const act = event.key === "?" || event.key === "？" ? showHelp : digit ? () => viewer.choose(Number(digit[1]) - 1) : BY_KEY[event.code];
  if (!act || (event.repeat && !digit)) return;
  event.preventDefault();
  act();
});

bar.addEventListener("change", () => void outbox.flush().then(() => bar.requestSubmit()));
addEventListener("pagehide", () => void ask("/desk/passes/next/", { letGo: queue.map((pass) => pass.number), most: 0 }, true));
setInterval(() => {
  if (!document.hidden) void refill();
}, HEARTBEAT_MS);

desk.replaceChildren(body, notices, h("footer", { class: "desk-foot" }, actions, lately));
draw();
