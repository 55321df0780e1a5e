// Cloudflare Workers (workerd): compiling bytes is forbidden there, an imported .wasm file is a compiled module.

import { instantiate } from "./core.js";
import { forwardFunction, fullFunctions } from "./full.js";
import { sharedCore, verifierFactory } from "./verifier.js";
import { schemes } from "./dist/schemes.js";
import verifyModule from "./dist/tenon_verify.wasm";

const keysCore = sharedCore(instantiate, async () => (await import("./dist/tenon_keys.wasm")).default);
const fullCore = sharedCore(instantiate, async () => (await import("./dist/tenon_full.wasm")).default);

export { TenonError } from "./verifier.js";
export const createVerifier = verifierFactory(sharedCore(instantiate, () => verifyModule), schemes, keysCore);
export const { preview, validate, render, sign } = fullFunctions(
  fullCore,
  async () => (await import("./dist/catalogue.js")).catalogue,
  schemes,
);
export const forward = forwardFunction(sign);
