// Cloudflare Workers (workerd): compiling bytes is forbidden there, an imported .wasm file is a compiled module.

import { instantiate } from "./core.js";
import { forwardFunction, fullFunctions } from "./full.js";
import { sharedCore, verifierFactory } from "./verifier.js";
import { schemes } from "./dist/schemes.js";
import verifyModule from "./dist/tenon_verify.wasm";

export { TenonError } from "./verifier.js";
export const createVerifier = verifierFactory(sharedCore(instantiate, () => verifyModule), schemes);
export const { preview, validate, render, sign } = fullFunctions(
  sharedCore(instantiate, async () => (await import("./dist/tenon_full.wasm")).default),
  async () => (await import("./dist/catalogue.js")).catalogue,
  schemes,
);
export const forward = forwardFunction(sign);
