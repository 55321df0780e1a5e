// One way to the server: same-origin fetch under the session cookie. No key is ever kept in the page's storage; the
// CSRF token lives in this module's memory and comes from GET /v1/me.

export interface Finding {
  pointer: string;
  code: string;
  message: string;
}

/** A refusal by the server, from its problem document (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors: Finding[] = [],
  ) {
    super(detail);
  }
}

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

let csrfToken = "";

export function useCsrfToken(token: string): void {
  csrfToken = token;
}

const isSafe = (method: string) => method === "GET" || method === "HEAD";

async function problemOf(response: Response): Promise<Problem> {
  const fallback = `The server answered ${response.status}.`;
  try {
    const body = await response.json();
    return new Problem(response.status, body.code ?? "internal", body.detail || body.title || fallback, body.errors ?? []);
  } catch {
    return new Problem(response.status, "internal", fallback);
  }
}

/** `body`: a document, or JSON text that must go out as it is. Answers the parsed JSON body; throws Problem for every status outside 2xx and for a server that can't be reached. */
export async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const sent: Record<string, string> = { accept: "application/json", ...headers };
  if (body !== undefined) sent["content-type"] = "application/json";
  if (!isSafe(method) && csrfToken) sent["x-tenon-csrf"] = csrfToken;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: sent,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new Problem(0, "unavailable", "The server can't be reached. Check the connection and try again.");
  }
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

export const get = <T>(path: string) => call<T>("GET", path);
export const post = <T>(path: string, body: unknown, headers?: Record<string, string>) => call<T>("POST", path, body, headers);
