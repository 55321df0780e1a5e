// The core in the page: the same C++ that the server runs, compiled with Emscripten. Loaded once; after that it needs no
// network, so a preview goes on working when the connection is lost.

import { instantiate, type Core } from "../../wasm/loader.mjs";
import wasmUrl from "../../wasm/dist/tenon.wasm?url";

let loading: Promise<Core> | undefined;

async function load(): Promise<Core> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error("The preview module could not be loaded. Reload the page.");
  return instantiate(await response.arrayBuffer());
}

/** One line of `preview --batch`, answered by the core. Throws when the module can't be loaded. */
export async function loadCore(): Promise<Core> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined; // a later attempt may find the network again
  });
  return loading;
}
