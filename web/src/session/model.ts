import { signal } from "@preact/signals";

import { call, get, post, Problem, useCsrfToken } from "../api/client";
import type { Me } from "../api/types";

/** Who is signed in: undefined = not known yet, null = nobody. */
export const me = signal<Me | null | undefined>(undefined);

async function load(): Promise<void> {
  const who = await get<Me>("/v1/me");
  useCsrfToken(who.csrf_token ?? "");
  me.value = who;
}

/** A one-time token arrives in the fragment, which no server and no log ever sees; it is taken out of the address at once. */
function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return undefined;
  history.replaceState(null, "", "/#/forms");
  return token;
}

/** Signs in with what the address holds, else with the cookie. Throws Problem when the link can't be used. */
export async function start(): Promise<void> {
  const token = takeToken();
  try {
    if (token !== undefined) await post("/v1/session", { sign_in_token: token });
    await load();
  } catch (error) {
    me.value = null;
    if (token !== undefined || !(error instanceof Problem) || error.status !== 401) throw error;
  }
}

export async function signIn(apiKey: string): Promise<void> {
  await post("/v1/session", { api_key: apiKey.trim() });
  await load();
}

export async function signOut(): Promise<void> {
  await call("DELETE", "/v1/session");
  useCsrfToken("");
  me.value = null;
}
