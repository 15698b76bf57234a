/** A part of a page that could not be fetched says so in words, with what to do; nothing fails in silence. */

interface FailedRequest {
  xhr?: { status: number };
}

/** What to tell for an HTTP status; 0 is no answer at all. */
export function wordsForStatus(status: number): string {
  if (status === 0) return "没有连上平台，刚才的操作没有送到。请检查网络后再试一次。";
  if (status === 401 || status === 403) return "没有办理这项操作的权限，或者登录已经过期。请重新登录，或联系管理员。";
  if (status === 404) return "要找的内容不存在，可能已被移走。请刷新页面。";
  if (status === 413) return "文件太大，平台没有接收。请分成几份后再试。";
  return `平台处理时出错（${status}），操作没有完成。请稍后再试；再次出现时请告诉管理员。`;
}

export function tellFailedRequests(): void {
  const box = document.getElementById("failure");
  if (!box) return;
  const words = box.querySelector("p");
  const tell = (event: Event): void => {
    const status = (event as CustomEvent<FailedRequest>).detail.xhr?.status ?? 0;
    if (words) words.textContent = wordsForStatus(status);
    box.hidden = false;
  };
  document.addEventListener("htmx:responseError", tell);
  document.addEventListener("htmx:sendError", tell);
  document.addEventListener("htmx:beforeRequest", () => {
    box.hidden = true;
  });
}
