/** The words beside the pictures: plate, weights, doubts, evidence, the truck's past. */
import { h } from "../phone/dom";
import { drawAxles } from "./axles";
import type { Pass, Row } from "./types";

const number = new Intl.NumberFormat("zh-CN");

/** The plate with its picture, and its field while it is not yet reviewed. */
export function platePane(pass: Pass, save: (plate: string) => void): HTMLElement {
  const crop = pass.media.find((one) => one.kind === "plate" && one.src);
  const open = pass.state === "found";
  const field = h("input", {
    id: "desk-plate",
    name: "plate",
    value: pass.plate,
    readonly: !open,
    maxlength: "10",
    autocomplete: "off",
    placeholder: "未识别",
    "aria-label": "号牌号码",
    title: open ? "识别有误可以更正（按 E）" : "初审通过后不能更正，请退回初审",
  });
  const button = h("button", { class: "button button--small", type: "submit", hidden: true }, "更正");
  field.addEventListener("input", () => (button.hidden = field.value.trim() === pass.plate));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.value = pass.plate;
    button.hidden = true;
    field.blur();
  });
  const form = h(
    "form",
    {
      class: "desk-plate",
      onsubmit: (event: Event) => {
        event.preventDefault();
        field.blur();
        if (field.value.trim() !== pass.plate) save(field.value);
      },
    },
    crop ? h("img", { src: crop.src, alt: "号牌图像" }) : h("span", { class: "desk-none" }, "没有号牌图像"),
    field,
    button,
  );
  if (pass.plateRear && pass.plateRear !== pass.plate) form.append(h("span", { class: "small soft" }, `后牌 ${pass.plateRear}`));
  return form;
}

export function headPane(pass: Pass): HTMLElement {
  const due = pass.due ? `${pass.overdue ? "已逾期，应于" : "应于"} ${pass.due} 前审完` : "没有审核期限";
  return h(
    "div",
    { class: "desk-head" },
    h("span", { class: `badge badge--${pass.state === "found" ? "todo" : "normal"}` }, pass.stateLabel),
    h("a", { href: pass.url, target: "_blank", rel: "noopener" }, pass.number),
    pass.example && h("span", { class: "badge badge--void" }, "示例"),
    h("span", { class: pass.overdue ? "desk-late" : "soft" }, due),
  );
}

/** The weights as a sum, and what they come to. */
export function weightPane(pass: Pass, steps: () => void): HTMLElement {
  const rows = pass.weights.map(([title, kg]) => h("div", {}, h("dt", {}, title), h("dd", {}, `${number.format(kg)} kg`)));
  const fine = Number(pass.excess.fine) > 0 ? `按规定罚款 ${number.format(Number(pass.excess.fine))} 元` : "按规定警告";
  return h(
    "section",
    { class: "desk-weights", "aria-label": "称重与判定" },
    h("p", { class: "desk-excess" }, h("strong", {}, `超 ${number.format(pass.excess.kg)} kg`), ` ${pass.excess.rate}%`),
    h("dl", {}, ...rows),
    h("p", { class: "small soft" }, `${fine}（参考）`, h("button", { class: "button button--quiet button--small", type: "button", onclick: steps }, "如何得出 L")),
  );
}

export function axlePane(pass: Pass): HTMLElement {
  const section = h("section", { class: "desk-axle-pane", "aria-label": "各轴轴重" });
  if (!pass.axles.length || !pass.axles[0]?.loads.length) section.append(h("p", { class: "desk-none" }, "没有各轴轴重"));
  else section.append(drawAxles(pass.axles));
  const over = pass.axles.flatMap((group, n) => (group.over ? [`第 ${n + 1} 轴组${group.over}`] : []));
  section.append(h("p", { class: "small soft" }, over.length ? `${over.join("；")}。仅供核对，处罚以总质量为准。` : "单位：吨；斜线后为轴荷参考值。"));
  return section;
}

export function factPane(pass: Pass, map: () => void): HTMLElement {
  const rows = pass.facts.map(([title, value]) => h("div", {}, h("dt", {}, title), h("dd", {}, value)));
  const links = pass.links.map((link) => h("div", {}, h("dt", {}, link.title), h("dd", {}, h("a", { href: link.url, target: "_blank", rel: "noopener" }, link.words))));
  const spot = h("button", { class: "button button--quiet button--small", type: "button", onclick: map }, "地图 M");
  if (pass.place) rows[1]?.querySelector("dd")?.append(spot);
  return h("section", { class: "desk-facts", "aria-label": "过车情况" }, h("dl", {}, ...rows, ...links));
}

/** What the machine doubts: words to look at, never a finding. */
export function doubtPane(pass: Pass): HTMLElement {
  const items = pass.doubts.map((doubt) => h("li", {}, doubt.look && h("span", { class: "desk-look" }, doubt.look), doubt.words));
  return h(
    "section",
    { class: "desk-doubts", "aria-label": "机器存疑" },
    h("h2", {}, `存疑 ${pass.doubts.length}`),
    items.length ? h("ul", {}, ...items) : h("p", { class: "soft" }, "机器没有发现疑点，仍须逐项核对。"),
  );
}

/** The list of evidence, a mark and its word for each line. */
export function proofPane(pass: Pass): HTMLElement {
  const lacks = pass.proofs.filter((proof) => !proof.holds).length;
  const items = pass.proofs.map((proof) =>
    h(
      "li",
      { class: proof.holds ? "desk-holds" : "desk-lacks" },
      h("span", { "aria-hidden": "true" }, proof.holds ? "✓" : "✗"),
      h("span", {}, proof.title, h("span", { class: "unseen" }, proof.holds ? "：具备" : "：不具备"), proof.lacks && h("small", {}, proof.lacks)),
    ),
  );
  const words = lacks ? `证据清单 缺 ${lacks} 项` : "证据清单 齐全";
  return h("section", { class: "desk-proofs", "aria-label": "证据清单" }, h("h2", {}, words), h("ul", {}, ...items));
}

export function pastPane(pass: Pass): HTMLElement {
  const part = (title: string, unit: string, found: { count: number; rows: Row[] }, none: string): HTMLElement[] => [
    h("h2", {}, `${title} ${found.count} ${unit}`),
    found.rows.length ? h("ul", {}, ...found.rows.map(row)) : h("p", { class: "soft" }, none),
  ];
  return h(
    "section",
    { class: "desk-past", "aria-label": "这辆车的过往" },
    ...part("以往超限过车", "次", pass.earlier, pass.plate ? "没有更早的超限记录。" : "号牌未识别，无从查找。"),
    ...part("案件", "宗", pass.cases, "没有立过案。"),
  );
}

const row = (one: Row): HTMLElement =>
  h("li", { title: one.words }, h("a", { href: one.url, target: "_blank", rel: "noopener" }, one.day), one.words);
