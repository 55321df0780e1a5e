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
const fullUrl = new URL("./dist/tenon_full.wasm", import.meta.url);

export { TenonError } from "./verifier.js";
export const createVerifier = verifierFactory(sharedCore(instantiate, () => fetchBytes(verifyUrl)), schemes);
export const { preview, validate, render, sign } = fullFunctions(
  sharedCore(instantiate, () => fetchBytes(fullUrl)),
  async () => (await import("./dist/catalogue.js")).catalogue,
  schemes,
);
export const forward = forwardFunction(sign);
