/** 附近: what the ledgers have around here, nearest first; without a line, what was found last. */
import * as api from "../api";
import { app } from "../app";
import { badge, distance, empty, h, icon, when } from "../dom";
import { locate, remembered } from "../place";
import { keepNote, note } from "../store";
import type { Found } from "../types";
import type { View } from "../views";
import { addressOf } from "./lists";

interface Last {
  account: number;
  at: string;
  found: Found[];
}

export async function near(): Promise<View> {
  const says = h("p", { class: "says", role: "status" });
  const list = h("div", {});
  const button = h("button", { class: "big", type: "button" }, icon("map-pin"), "看我附近");
  const kept = await note<Last>("near");
  const last = kept?.account === app.account ? kept : undefined;
  if (last) draw(list, last.found);
  const place = await remembered();
  says.textContent = last ? `${when(last.at)} 查到的` : place ? "" : "点一下，按距离列出附近的企业、场站、隐患等。";
  button.addEventListener("click", () => {
    button.disabled = true;
    says.textContent = "正在定位…";
    void look(list, says).finally(() => (button.disabled = false));
  });
  return { title: "附近", tab: "near", children: [button, says, list], still: true };
}

async function look(list: HTMLElement, says: HTMLElement): Promise<void> {
  try {
    const here = await locate();
    const { found } = await api.near(here);
    const last: Last = { account: app.account, at: new Date().toISOString(), found };
    await keepNote("near", last);
    draw(list, found);
    says.textContent = `定位误差约 ${Math.round(here.accuracy)} 米`;
  } catch (problem) {
    if (problem instanceof api.Refused || problem instanceof api.Offline || problem instanceof api.LoginEnded) {
      app.failed(problem);
      says.textContent = problem instanceof api.Offline ? "没有信号，列的是上次查到的。" : problem.message || "请重新登录。";
    } else says.textContent = problem instanceof Error ? problem.message : "";
  }
}

function draw(list: HTMLElement, found: Found[]): void {
  const rows = found.map((one) =>
    h("a", { class: "row", href: addressOf(one.url) }, h("strong", {}, one.title), h("small", {}, `${one.kind}　${distance(one.metres)}`), badge(one.word, one.tone)),
  );
  list.replaceChildren(...(rows.length > 0 ? rows : [empty("附近没有", "五公里内没有登记了位置的记录。")]));
}
