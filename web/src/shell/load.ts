import { useSignal } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";

/** Loads `what` when `keys` change; `again` loads it anew without showing an empty page in between. */
export function useLoaded<T>(what: () => Promise<T>, keys: unknown[]) {
  const value = useSignal<T | undefined>(undefined);
  const problem = useSignal("");
  const again = useCallback(async () => {
    try {
      value.value = await what();
      problem.value = "";
    } catch (error) {
      problem.value = (error as Error).message;
    }
  }, keys);
  useEffect(() => void again(), keys);
  return { value, problem, again };
}
