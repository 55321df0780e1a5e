// One instance of the module over a long time, and after a trap.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { test } from "node:test";

import { Core, instantiate, op } from "../../edge/core.js";
import { sharedCore, verifierFactory } from "../../edge/verifier.js";
import { root } from "./programs.mjs";

const bytes = (name) => readFileSync(`${root}edge/dist/${name}.wasm`);
const schemes = JSON.parse(readFileSync(`${root}edge/dist/schemes.json`, "utf8"));
const secret = "s";

const signed = (body) => ({ headers: { "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` }, body });

async function exportsOf(name) {
  const { instance } = await WebAssembly.instantiate(bytes(name), {});
  instance.exports._initialize();
  return instance.exports;
}

test("verifying does not use up memory, whatever the size and the verdict", async () => {
  const exports = await exportsOf("tenon_verify");
  const createVerifier = verifierFactory(async () => core, schemes);
  const core = new Core(exports);
  const bodies = [10, 1000, 65536, 200000].map((size) => signed("x".repeat(size)));
  const round = async () => {
    const verifier = await createVerifier({ scheme: "github", secret });
    for (const delivery of bodies) {
      assert.equal((await verifier.verify(delivery)).valid, true);
      assert.equal((await verifier.verify({ ...delivery, body: `${delivery.body}x` })).valid, false);
    }
    verifier.close();
  };
  for (let i = 0; i < 20; ++i) await round();
  const size = exports.memory.buffer.byteLength;
  for (let i = 0; i < 200; ++i) await round();
  assert.equal(exports.memory.buffer.byteLength, size);
});

test("previews, validations and renderings do not use up memory", async () => {
  const exports = await exportsOf("tenon_full");
  const core = new Core(exports);
  const lines = {
    preview: '{"config":{"provider":"none","action":"none","field_mappings":{"a":{"target":"A"}}},"submission":{"a":"1"}}',
    validate: '{"schema":{"properties":{"a":{"pattern":"^x+$"}}},"data":{"a":"y"}}',
    render: '{"template":"{{#a}}[{{.}}]{{/a}}","data":{"a":[1,2,3]}}',
  };
  const round = () => Object.entries(lines).forEach(([name, line]) => assert.doesNotMatch(core[name](line), /"error":\{/));
  for (let i = 0; i < 50; ++i) round();
  const size = exports.memory.buffer.byteLength;
  for (let i = 0; i < 2000; ++i) round();
  assert.equal(exports.memory.buffer.byteLength, size);
});

test("after a trap the next delivery gets another instance, with the keys opened again", async () => {
  let made = 0;
  let trap = false;
  const loadCore = sharedCore(async () => {
    const exports = await exportsOf("tenon_verify");
    made += 1;
    const call = (...words) => {
      if (!trap) return exports.tenon_call(...words);
      trap = false;
      throw new WebAssembly.RuntimeError("unreachable");
    };
    return new Core({ ...exports, memory: exports.memory, tenon_call: call });
  }, () => undefined);
  const verifier = await verifierFactory(loadCore, schemes)({ scheme: "github", secret });
  assert.equal((await verifier.verify(signed("a"))).valid, true);
  trap = true;
  await assert.rejects(verifier.verify(signed("b")), WebAssembly.RuntimeError);
  assert.equal((await verifier.verify(signed("b"))).valid, true);
  assert.equal(made, 2);
});

test("an instance that could not be made is tried again", async () => {
  let tries = 0;
  const loadCore = sharedCore(instantiate, async () => {
    tries += 1;
    if (tries === 1) throw new Error("offline");
    return bytes("tenon_verify");
  });
  await assert.rejects(loadCore(), /offline/);
  assert.equal((await loadCore()).isUsable, true);
});

test("what is handed to the module is wiped from where it was written", async () => {
  const exports = await exportsOf("tenon_verify");
  const places = [];
  const call = (operation, at, size) => {
    places.push([at, size]);
    return exports.tenon_call(operation, at, size);
  };
  const core = new Core({ ...exports, memory: exports.memory, tenon_call: call });
  core.callText(op.openVerifier, '{"scheme":"x","secrets":["a secret to be wiped"]}');
  core.callText(op.openVerifier, `{"scheme":"x","secrets":["${"long".repeat(20000)}"]}`);
  assert.equal(places.length, 2);
  const [[at, size]] = places;
  assert.ok(new Uint8Array(exports.memory.buffer, at, size).every((byte) => byte === 0));
});
