/** Search by plate: suggestions as one types, arrows and enter, then the map flies to the vehicle. */

export interface Found {
  id: number;
  plate: string;
  phone: string;
  longitude: number;
  latitude: number;
}

const PAUSE_MS = 200;

export async function find(text: string): Promise<Found[]> {
  const answer = await fetch(`/map/find/?q=${encodeURIComponent(text)}`);
  return answer.ok ? ((await answer.json()) as { found: Found[] }).found : [];
}

export function wireSearch(form: HTMLFormElement, onChosen: (vehicle: Found) => void): void {
  const input = form.querySelector("input") as HTMLInputElement;
  const list = form.querySelector("ul") as HTMLUListElement;
  let found: Found[] = [];
  let marked = -1;
  let timer = 0;

  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };
  const choose = (at: number): void => {
    const vehicle = found[at];
    if (!vehicle) return;
    input.value = vehicle.plate || vehicle.phone;
    close();
    onChosen(vehicle);
  };
  const mark = (at: number): void => {
    marked = Math.max(0, Math.min(found.length - 1, at));
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === marked)));
    input.setAttribute("aria-activedescendant", list.children[marked]?.id ?? "");
  };
  const show = (): void => {
    list.replaceChildren(
      ...found.map((vehicle, at) => {
        const item = document.createElement("li");
        item.role = "option";
        item.id = `map-found-${at}`;
        item.textContent = vehicle.plate ? `${vehicle.plate}　${vehicle.phone}` : vehicle.phone;
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          choose(at);
        });
        return item;
      }),
    );
    if (found.length === 0) {
      const none = document.createElement("li");
      none.textContent = "没有找到有定位的车辆";
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  };
  const look = async (): Promise<void> => {
    if (!input.value.trim()) return close();
    found = await find(input.value);
    show();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp") mark(marked - 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (list.hidden) await look();
    choose(Math.max(0, marked));
  });
}
