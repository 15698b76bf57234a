/** The fields of a phone form: one column, choices as large buttons, each able to say what it holds. */
import { isLink, options as search } from "./api";
import { distance, h, icon, localTime } from "./dom";
import { keepPicture } from "./photos";
import { fresh, locate, metres } from "./place";
import { askSignature } from "./sign";
import { file as keptFile } from "./store";
import type { Entry, Field, Kit, LinkValue, Option, Value } from "./types";

export interface Control {
  field: Field;
  element: HTMLElement;
  value: () => Value;
  wrong: (words: string) => void;
}

/** What a control may draw on: the kit, entries still on the phone that a link may name, and what to do on a change. */
export interface Around {
  kit: Kit;
  ledger: string;
  pending: Entry[];
  changed: () => void;
}

/** The control of a field, holding `held` or what the field begins with. */
export function control(field: Field, held: Value | undefined, around: Around): Control {
  const start = held ?? first(field);
  const inner = (MAKERS[field.control] ?? plain)(field, start, around);
  const error = h("p", { class: "error", role: "alert", hidden: true });
  const name = field.required ? [field.label, h("span", { class: "required", "aria-hidden": "true" }, "*")] : [field.label];
  const unit = field.unit ? h("span", { class: "unit" }, `（${field.unit}）`) : null;
  const element = h(
    "div",
    { class: "field", "data-field": field.name },
    h(inner.isGroup ? "p" : "label", { class: "label", for: inner.isGroup ? null : `f-${field.name}` }, ...name, unit),
    inner.element,
    field.hint ? h("p", { class: "hint" }, field.hint) : null,
    error,
  );
  const wrong = (words: string): void => {
    error.textContent = words;
    error.hidden = !words;
    element.classList.toggle("field--wrong", words !== "");
  };
  return { field, element, value: inner.value, wrong };
}

function first(field: Field): Value {
  if (field.first === "now") {
    const now = localTime();
    return field.control === "moment" ? now : field.control === "month" ? now.slice(0, 7) : now.slice(0, 10);
  }
  return Array.isArray(field.first) ? field.first.map(String) : String(field.first ?? "");
}

export function isEmpty(value: Value): boolean {
  return isLink(value) ? false : value.length === 0;
}

interface Made {
  element: HTMLElement;
  value: () => Value;
  isGroup?: boolean;
}
type Maker = (field: Field, start: Value, around: Around) => Made;

const TYPES: Record<string, string> = { day: "date", moment: "datetime-local", month: "month" };

const plain: Maker = (field, start, around) => {
  const element = h("input", {
    id: `f-${field.name}`,
    class: "input",
    type: TYPES[field.control] ?? "text",
    inputmode: field.control === "number" ? "decimal" : null,
    value: String(start),
    autocomplete: "off",
    oninput: around.changed,
  });
  return { element, value: () => element.value.trim() };
};

const long: Maker = (field, start, around) => {
  const element = h("textarea", { id: `f-${field.name}`, class: "input", rows: 4, oninput: around.changed }, String(start));
  return { element, value: () => element.value.trim() };
};

/** One of a few: all of them in sight as buttons, so that one tap does. */
const choice: Maker = (field, start, around) => {
  const boxes = (field.options ?? []).map(([value, word]) => {
    const box = h("input", { type: "radio", name: `f-${field.name}`, value, checked: value === start, onchange: around.changed });
    // A second tap takes a choice back where none is needed.
    let was = box.checked;
    box.addEventListener("click", () => {
      if (was && !field.required) box.checked = false;
      for (const other of boxes) other.note(other.box.checked);
      around.changed();
    });
    return { box, word, note: (is: boolean) => (was = is) };
  });
  const element = group(field, boxes.map(({ box, word }) => h("label", { class: "choice" }, box, h("span", {}, word))));
  return { element, isGroup: true, value: () => boxes.find(({ box }) => box.checked)?.box.value ?? "" };
};

const several: Maker = (field, start, around) => {
  const held = Array.isArray(start) ? start : [];
  const boxes = (field.options ?? []).map(([value, word]) => ({
    box: h("input", { type: "checkbox", value, checked: held.includes(value), onchange: around.changed }),
    word,
  }));
  const element = group(field, boxes.map(({ box, word }) => h("label", { class: "choice" }, box, h("span", {}, word))));
  return { element, isGroup: true, value: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) };
};

function group(field: Field, children: HTMLElement[]): HTMLElement {
  return h("div", { class: "choices", role: "group", "aria-label": field.label }, ...children);
}

/** A point: one tap asks the phone and says how sure it is; coordinates can be typed where it cannot. */
const place: Maker = (field, start, around) => {
  const input = h("input", {
    id: `f-${field.name}`,
    class: "input",
    value: String(start),
    placeholder: "经度, 纬度",
    autocomplete: "off",
    oninput: around.changed,
  });
  const says = h("p", { class: "says", role: "status" });
  const button = h("button", { class: "button", type: "button" }, icon("map-pin"), "定位到这里");
  button.addEventListener("click", () => {
    says.textContent = "正在定位…";
    button.disabled = true;
    locate()
      .then((found) => {
        input.value = `${found.longitude.toFixed(6)}, ${found.latitude.toFixed(6)}`;
        says.textContent = `已定位，误差约 ${Math.round(found.accuracy)} 米${found.accuracy > 100 ? "，偏大，请核对或到空旷处再试" : ""}。`;
        around.changed();
      })
      .catch((problem: Error) => (says.textContent = problem.message))
      .finally(() => (button.disabled = false));
  });
  return { element: h("div", { class: "stack" }, button, says, input), value: () => input.value.trim() };
};

const SHOWN = 8;

/** Another record: chosen from what the phone keeps, nearest first, and searched at the server while there is a line. */
const link: Maker = (field, start, around) => {
  let chosen: LinkValue | null = isLink(start) ? start : null;
  const input = h("input", { id: `f-${field.name}`, class: "input", type: "search", placeholder: "输入名称或编号", autocomplete: "off" });
  const list = h("div", { class: "options", role: "listbox", "aria-label": field.label });
  const shown = h("div", { class: "chosen" });
  const kept = around.kit.options[field.to ?? ""] ?? [];
  let asked = 0;

  const choose = (value: LinkValue | null): void => {
    chosen = value;
    draw();
    around.changed();
  };
  const offer = (found: Option[]): void => {
    const here = fresh();
    list.replaceChildren(
      ...pendingOf(field, around).map(([value, note]) => row(value, note)),
      ...found.slice(0, SHOWN).map(([number, name, longitude, latitude]) => {
        const far = here && longitude !== null && latitude !== null ? `，${distance(metres(here, longitude, latitude))}` : "";
        return row({ number, name }, `${number}${far}`);
      }),
    );
  };
  const row = (value: LinkValue, note: string): HTMLElement =>
    h("button", { class: "option", type: "button", role: "option", onclick: () => choose(value) }, value.name, h("small", {}, note));
  const typed = (): void => {
    const words = input.value.trim().split(/\s+/).filter(Boolean);
    offer(sorted(kept).filter(([number, name]) => words.every((word) => `${number} ${name}`.includes(word))));
    if (words.length === 0) return;
    const turn = ++asked;
    search(around.ledger, field.name, words.join(" ")).then(
      ({ options }) => turn === asked && input.value.trim() !== "" && offer(options),
      () => undefined, // Without a line, what the phone keeps is what there is.
    );
  };
  const draw = (): void => {
    input.hidden = list.hidden = chosen !== null;
    shown.hidden = chosen === null;
    if (chosen) {
      const change = h("button", { class: "button", type: "button", onclick: () => choose(null) }, "更换");
      shown.replaceChildren(h("span", {}, chosen.name), change);
    } else {
      input.value = "";
      typed();
    }
  };
  input.addEventListener("input", typed);
  draw();
  return { element: h("div", { class: "stack" }, shown, input, list), value: () => chosen ?? "" };
};

function sorted(found: Option[]): Option[] {
  const here = fresh();
  if (!here) return found;
  const far = ([, , longitude, latitude]: Option): number =>
    longitude === null || latitude === null ? Number.POSITIVE_INFINITY : metres(here, longitude, latitude);
  return [...found].sort((a, b) => far(a) - far(b));
}

/** Entries on this phone that have not arrived and that the link may name. */
function pendingOf(field: Field, around: Around): [LinkValue, string][] {
  const fitting = around.pending.filter((one) => one.kind === "create" && one.ledger === field.to && one.state !== "sent");
  return fitting.map((one) => [{ entry: one.id, name: one.title }, "本机待上传"]);
}

/** Pictures from the camera or the album; never demanded by the phone, only by the rules of a move. */
const photos: Maker = (_field, start, around) => {
  const held: string[] = Array.isArray(start) ? [...start] : [];
  const strip = h("div", { class: "photos" });
  const says = h("p", { class: "says", role: "status" });
  const draw = (): void => strip.replaceChildren(...held.map((digest) => thumbnail(digest, () => drop(digest))));
  const drop = (digest: string): void => {
    held.splice(held.indexOf(digest), 1);
    draw();
    around.changed();
  };
  const take = async (input: HTMLInputElement): Promise<void> => {
    says.textContent = "";
    for (const picked of input.files ?? []) {
      try {
        const kept = await keepPicture(picked);
        if (!held.includes(kept.digest)) held.push(kept.digest);
      } catch {
        says.textContent = `“${picked.name}”不是能打开的照片，没有加入。`;
      }
    }
    input.value = "";
    draw();
    around.changed();
  };
  const from = (name: string, word: string, capture: string | null): HTMLElement => {
    const input = h("input", { type: "file", accept: "image/*", multiple: capture === null, capture, class: "unseen" });
    input.addEventListener("change", () => void take(input));
    return h("label", { class: "button" }, icon(name), word, input);
  };
  draw();
  const buttons = h("div", { class: "buttons" }, from("camera", "拍照", "environment"), from("image", "相册", null));
  return { element: h("div", { class: "stack" }, strip, buttons, says), isGroup: true, value: () => [...held] };
};

export function thumbnail(digest: string, drop: (() => void) | null): HTMLElement {
  const picture = h("img", { alt: "照片" });
  void keptFile(digest).then((kept) => {
    if (kept) picture.src = URL.createObjectURL(kept.blob);
    picture.onload = () => URL.revokeObjectURL(picture.src);
  });
  const cross = drop ? h("button", { type: "button", class: "photo-drop", "aria-label": "删除这张", onclick: drop }, icon("x")) : null;
  return h("div", { class: "photo" }, picture, cross);
}

const sign: Maker = (field, start, around) => {
  const held: string[] = Array.isArray(start) ? [...start] : [];
  const strip = h("div", { class: "photos photos--sign" });
  const button = h("button", { class: "button", type: "button" }, icon("pencil"), `${field.label}：点此手写`);
  const draw = (): void => {
    strip.replaceChildren(...held.map((digest) => thumbnail(digest, () => drop(digest))));
  };
  const drop = (digest: string): void => {
    held.splice(held.indexOf(digest), 1);
    draw();
    around.changed();
  };
  button.addEventListener("click", () => {
    void askSignature(field.label).then((kept) => {
      if (!kept) return;
      held.push(kept.digest);
      draw();
      around.changed();
    });
  });
  draw();
  return { element: h("div", { class: "stack" }, strip, button), isGroup: true, value: () => [...held] };
};

const MAKERS: Record<string, Maker> = {
  longtext: long,
  choice,
  flag: choice,
  choices: several,
  place,
  link,
  files: photos,
  sign,
};
