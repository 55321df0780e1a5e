// Every runtime that may compile WebAssembly from bytes: Node, Bun, Deno, browsers. The module travels as text in a
// script, so that no file has to be read and no host function is needed. Workers: see cloudflare.js.

import { instantiate } from "./core.js";
import { forwardFunction, fullFunctions } from "./full.js";
import { sharedCore, verifierFactory } from "./verifier.js";
import { schemes } from "./dist/schemes.js";

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

const verifyCore = sharedCore(instantiate, async () => bytesOf((await import("./dist/tenon_verify.js")).default));
const keysCore = sharedCore(instantiate, async () => bytesOf((await import("./dist/tenon_keys.js")).default));
const fullCore = sharedCore(instantiate, async () => bytesOf((await import("./dist/tenon_full.js")).default));

export { TenonError } from "./verifier.js";
export const createVerifier = verifierFactory(verifyCore, schemes, keysCore);
export const { preview, validate, render, sign } = fullFunctions(
  fullCore,
  async () => (await import("./dist/catalogue.js")).catalogue,
  schemes,
);
export const forward = forwardFunction(sign);
