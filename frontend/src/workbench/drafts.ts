/** What has not reached the server lies in the browser's own store, so that a closed page or a lost line loses none. */

export interface Draft {
  session: string;
  number: string;
  ancestor: string;
  text: string;
  at: number;
}

/** Another page of this browser that has written lately is open and sends its own. */
const OF_AN_OPEN_PAGE_MS = 10_000;

export class Drafts {
  private readonly prefix: string;

  constructor(account: number, url: string, readonly session: string) {
    this.prefix = `summary-draft-${account}-${url}-`;
  }

  keep(draft: Omit<Draft, "session" | "at">): void {
    try {
      localStorage.setItem(this.prefix + this.session, JSON.stringify({ ...draft, session: this.session, at: Date.now() }));
    } catch {
      // A browser without a store: what is written is still sent while the page is open.
    }
  }

  forget(session = this.session): void {
    try {
      localStorage.removeItem(this.prefix + session);
    } catch {
      // As above.
    }
  }

  /** What pages of this document left behind unsent, the oldest first. */
  left(): Draft[] {
    const found: Draft[] = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.prefix)) continue;
        const draft = JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
        if (draft && (draft.session === this.session || Date.now() - draft.at > OF_AN_OPEN_PAGE_MS)) found.push(draft);
      }
    } catch {
      return found;
    }
    return found.sort((one, other) => one.at - other.at);
  }
}

/** The number of this page: it stays over a reload of the page. */
export function session(): string {
  try {
    const known = sessionStorage.getItem("summary-session") ?? number();
    sessionStorage.setItem("summary-session", known);
    return known;
  } catch {
    return number();
  }
}

/** A number that no other save has; pages that are not served securely have no randomUUID. */
export function number(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
