/** 我的: who is logged in, what waits, how pictures are kept, help, and leaving. */
import { app } from "../app";
import { badge, h, icon, when } from "../dom";
import { dropKit, keepNote, note } from "../store";
import type { View } from "../views";

export async function me(): Promise<View> {
  const kit = app.kit;
  const waiting = app.waiting.length + app.refused.length;
  const bare = h("input", { type: "checkbox", checked: (await note<boolean>("bare-photos")) !== true });
  bare.addEventListener("change", () => void keepNote("bare-photos", !bare.checked));
  const kept = "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;
  const leave = h("button", { class: "button button--wide", type: "button" }, icon("log-out"), "退出登录");
  const warn = h("p", { class: "message", role: "alert", hidden: true }, `还有 ${waiting} 条没有上传。退出后仍存在本机，须由您本人再次登录后上传。再点一次退出。`);
  leave.addEventListener("click", () => {
    if (waiting > 0 && warn.hidden) warn.hidden = false;
    else void logOut();
  });
  const children = [
    h("div", { class: "card" }, h("p", { class: "lead" }, h("strong", {}, kit?.account.name ?? ""), h("small", {}, kit?.account.unit ?? ""))),
    h("a", { class: "row", href: "#/queue" }, h("strong", {}, "待上传和已上传"), h("small", {}, waiting ? `还有 ${waiting} 条在本机` : "本机没有待上传的"), waiting ? badge(String(waiting), "todo") : null),
    app.others > 0 ? h("p", { class: "quiet" }, `本机另有其他帐号填写的 ${app.others} 条待上传，须由其本人登录后上传。`) : null,
    h("label", { class: "row row--check" }, bare, h("span", {}, h("strong", {}, "照片带拍摄时间和位置"), h("small", {}, "刚定位过的照片才带位置"))),
    h("div", { class: "row" }, h("strong", {}, kept ? "可以离线使用" : "这个浏览器不能离线打开"), h("small", {}, kept ? `资料更新于 ${kit ? when(kit.at) : "—"}` : "已打开的页面仍可填写；建议用手机自带浏览器打开并添加到桌面。")),
    h("button", { class: "button button--wide", type: "button", onclick: () => void app.meet() }, icon("download"), "更新离线资料"),
    h("a", { class: "button button--wide", href: "/m/certificate/" }, icon("shield-alert"), "手机证书与帮助"),
    h("a", { class: "button button--wide", href: "/" }, icon("monitor"), "电脑版页面"),
    warn,
    leave,
  ];
  return { title: "我的", tab: "me", children };
}

/** Leave: the lists of the account go from the phone, what waits stays. */
async function logOut(): Promise<void> {
  const token = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice("csrftoken=".length) ?? "";
  try {
    await fetch("/logout/", { method: "POST", headers: { "X-CSRFToken": decodeURIComponent(token) }, redirect: "manual" });
  } catch {
    return app.lost();
  }
  await dropKit(app.account);
  await keepNote("account", 0);
  await keepNote("near", null);
  location.replace("/login/?next=/m/");
}
