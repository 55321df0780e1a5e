import { useSignal } from "@preact/signals";

import { Problem } from "../api/client";
import { Notice } from "../shell/notice";
import { signIn } from "./model";

/** `notice`: why the visitor is here again, e.g. a link that was used before. */
export function SignIn({ notice }: { notice: string }) {
  const problem = useSignal(notice);
  const busy = useSignal(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const field = new FormData(event.target as HTMLFormElement).get("api_key");
    busy.value = true;
    problem.value = "";
    try {
      await signIn(String(field ?? ""));
    } catch (error) {
      const isRefused = error instanceof Problem && error.status === 401;
      problem.value = isRefused
        ? "This key is wrong, revoked or expired. An administrator can make a new one."
        : (error as Error).message;
    } finally {
      busy.value = false;
    }
  }

  return (
    <main class="narrow">
      <h1>Sign in</h1>
      <p>Paste an API key of your organisation. It is exchanged for a session cookie and not kept by this page.</p>
      <form onSubmit={submit} class="card stack">
        <label>
          API key
          <input name="api_key" type="password" autocomplete="off" required spellcheck={false} placeholder="tnk_…" />
        </label>
        <Notice kind="error" text={problem.value} />
        <button type="submit" disabled={busy.value}>
          Sign in
        </button>
      </form>
    </main>
  );
}
