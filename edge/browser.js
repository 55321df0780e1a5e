// Browsers and Deno with files beside the script: the modules are fetched as they are, a quarter smaller than as text.

import { instantiate } from "./core.js";
import { forwardFunction, fullFunctions } from "./full.js";
import { sharedCore, verifierFactory } from "./verifier.js";
import { schemes } from "./dist/schemes.js";

async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`tenon: ${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const verifyUrl = new URL("./dist/tenon_verify.wasm", import.meta.url);
const keysUrl = new URL("./dist/tenon_keys.wasm", import.meta.url);
const fullUrl = new URL("./dist/tenon_full.wasm", import.meta.url);

const verifyCore = sharedCore(instantiate, () => fetchBytes(verifyUrl));
const keysCore = sharedCore(instantiate, () => fetchBytes(keysUrl));
const fullCore = sharedCore(instantiate, () => fetchBytes(fullUrl));

export { TenonError } from "./verifier.js";
export const createVerifier = verifierFactory(verifyCore, schemes, keysCore);
export const { preview, validate, render, sign } = fullFunctions(
  fullCore,
  async () => (await import("./dist/catalogue.js")).catalogue,
  schemes,
);
export const forward = forwardFunction(sign);
