/** What opens over the desk: reasons, the words of a return, how the limit comes about, the place, the keys. */
import { h } from "../phone/dom";
import type { Pass, Reason } from "./types";

function open(title: string, ...children: (Node | string)[]): HTMLDialogElement {
  const dialog = h("dialog", { class: "dialog desk-dialog", "aria-label": title }, h("h2", {}, title), ...children);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const closing = (dialog: () => HTMLDialogElement): HTMLElement =>
  h("div", { class: "dialog-actions" }, h("button", { class: "button", type: "button", onclick: () => dialog().close() }, "关闭 Esc"));

/** A number key, or a press, picks the reason; a pass is never rejected without one. */
export function askReason(pass: Pass, reasons: Reason[], picked: (reason: Reason) => void): void {
  const pick = (reason: Reason): void => {
    dialog.close();
    picked(reason);
  };
  const buttons = reasons.map((reason, n) => h("button", { class: "button", type: "button", onclick: () => pick(reason) }, h("kbd", {}, String(n + 1)), reason.label));
  const dialog = open(`不采用 ${pass.plate || pass.number}：选择原因`, h("div", { class: "desk-reasons" }, ...buttons), closing(() => dialog));
  dialog.addEventListener("keydown", (event) => {
    const reason = reasons[Number(event.code.replace(/^(Digit|Numpad)/, "")) - 1];
    if (!reason) return;
    event.preventDefault();
    pick(reason);
  });
}

/** Why a pass goes back to its first review, in words that the first officer reads. */
export function askWhy(pass: Pass, said: (words: string) => void): void {
  const words = h("textarea", { rows: "3", maxlength: "500", "aria-label": "退回理由" });
  const send = (): void => {
    if (!words.value.trim()) return words.focus();
    dialog.close();
    said(words.value.trim());
  };
  const actions = h(
    "div",
    { class: "dialog-actions" },
    h("button", { class: "button", type: "button", onclick: () => dialog.close() }, "取消 Esc"),
    h("button", { class: "button button--primary", type: "button", onclick: send }, "退回初审 Ctrl+Enter"),
  );
  const dialog = open(`退回初审 ${pass.plate || pass.number}：写明理由`, words, actions);
  words.addEventListener("keydown", (event) => event.key === "Enter" && event.ctrlKey && send());
  words.focus();
}

/** The steps of the judgement with their articles, told anew by the server from the bytes that came. */
export async function showSteps(pass: Pass): Promise<void> {
  const box = h("div", { class: "desk-steps" }, h("p", {}, "正在读取判定步骤……"));
  const readings = pass.readings.map((words) => h("li", {}, words));
  const edition = h("details", {}, h("summary", {}, "这一版本采用的规则读法"), h("ul", {}, ...readings));
  const dialog = open(`${pass.number} 的限值与处理如何得出`, box, edition, closing(() => dialog));
  try {
    const answer = pass.judgement ? await fetch(pass.judgement, { headers: { "HX-Request": "true" } }) : null;
    if (!answer?.ok) throw new Error("no judgement");
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".judgement");
    if (!told) throw new Error("no steps");
    box.replaceChildren(told);
  } catch {
    box.replaceChildren(h("p", {}, "读不到这次过车的原始数据，暂不能逐步说明。限值、超限和罚款以页面所列为准，请稍后再试。"));
  }
}

export async function showPlace(pass: Pass, base: string): Promise<void> {
  if (!pass.place) return;
  const spot = h("div", { class: "map spot desk-spot", "data-base": base, role: "region", "aria-label": "检测点位置" });
  const dialog = open(pass.facts[1]?.[1] ?? "检测点", spot, closing(() => dialog));
  spot.dataset["spot"] = JSON.stringify(pass.place);
  const { drawSpot } = await import("../map/spot");
  await drawSpot(spot);
}

const KEYS: [string, string][] = [
  ["A", "通过：初审通过，或复审入库；证据不齐的不能通过，会说明缺什么"],
  ["R", "不采用，再按数字选原因"],
  ["T", "复审时退回初审，写明理由"],
  ["N", "先不审，看下一条"],
  ["B", "撤销上一个决定（五秒内，提交之前）"],
  ["C", "把刚刚复审入库的一条立案"],
  ["1 2 3 4", "车头、车侧、车尾、号牌；5 起为视频和其他"],
  ["E", "更正号牌，回车保存"],
  ["L", "限值与处理如何得出"],
  ["M", "检测点在地图上的位置"],
  ["?", "这份说明"],
];

export function showHelp(): void {
  const rows = KEYS.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)));
  const dialog = open("审核工作台的按键", h("dl", { class: "desk-keys" }, ...rows), closing(() => dialog));
}
