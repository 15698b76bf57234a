/** Asking the server for parts of pages and sending forms; saving goes through the desk's `ask`. */
import { token } from "../desk/api";

export async function get<Content>(address: string): Promise<Content | null> {
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" });
    return answer.ok ? ((await answer.json()) as Content) : null;
  } catch {
    return null;
  }
}

/** A part of a page as an element; null where it cannot be had. It is not kept under the address of the whole page. */
export async function part(address: string, body?: FormData): Promise<HTMLElement | null> {
  const headers: Record<string, string> = { "HX-Request": "true", "X-Part": "check" };
  try {
    const answer = await fetch(address, body ? { method: "POST", body, headers: { ...headers, "X-CSRFToken": token() } } : { headers, cache: "no-store" });
    if (!answer.ok && answer.status !== 422) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.body.firstElementChild as HTMLElement | null;
  } catch {
    return null;
  }
}

/** A form that is answered in JSON; a refusal is words. */
export async function form<Content>(address: string, body: FormData): Promise<Content | string> {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" });
    const content = (await answer.json()) as Content & { words?: string };
    return answer.ok ? content : (content.words ?? "没有成功，请刷新页面后再试。");
  } catch {
    return "网络不通或平台暂时无法访问，请稍后再试。";
  }
}
