/** Asking the server. A lost line, an ended login, a refusal and somebody who was faster are told apart. */

export type Answer<Content> =
  | { kind: "done"; content: Content }
  | { kind: "refused"; words: string; content: Partial<Content> }
  | { kind: "overtaken"; words: string; content: Partial<Content> }
  | { kind: "away"; words: string }
  | { kind: "login"; words: string };

const AWAY = "网络不通或平台暂时无法访问";

export async function ask<Content>(address: string, body: unknown, keepalive = false): Promise<Answer<Content>> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(body),
      credentials: "same-origin",
      redirect: "manual",
      keepalive,
    });
  } catch {
    return { kind: "away", words: AWAY };
  }
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    return { kind: "login", words: "登录已过期，请重新登录" };
  }
  try {
    const content = (await answer.json()) as Content & { words?: string };
    if (answer.ok) return { kind: "done", content };
    if (answer.status === 409 || answer.status === 422) {
      return { kind: answer.status === 409 ? "overtaken" : "refused", words: content.words ?? "", content };
    }
  } catch {
    // Not of ours: a proxy's page, or a fault of the server. Nothing was taken.
  }
  return { kind: "away", words: AWAY };
}

/** The token of the page, as HTMX sends it. */
export function token(): string {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  return headers["X-CSRFToken"] ?? "";
}
