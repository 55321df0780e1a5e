// What ships: modules without imports that are small, and scripts that run everywhere.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { test } from "node:test";

import { root } from "./programs.mjs";

const edge = `${root}edge`;
const library = readdirSync(edge).filter((file) => file.endsWith(".js")).map((file) => `${edge}/${file}`);

test("the modules have no imports and are within their size", () => {
  const check = spawnSync(process.execPath, [`${edge}/check_modules.mjs`], { encoding: "utf8" });
  assert.equal(check.status, 0, check.stdout + check.stderr);
});

test("the verify module has the verify operations and nothing else", async () => {
  const { instantiate, op } = await import("../../edge/core.js");
  const core = await instantiate(readFileSync(`${edge}/dist/tenon_verify.wasm`));
  assert.equal(core.callText(op.openVerifier, "{}"), '{"error":{"code":"malformed_request","pointer":"/scheme"}}');
  assert.throws(() => core.verify("{}"), /no operation/);
  assert.throws(() => core.preview("{}"), /no operation/);
  const keys = await instantiate(readFileSync(`${edge}/dist/tenon_keys.wasm`));
  assert.equal(keys.verify('{"scheme":"x","now_unix":1}'), '{"reason":"scheme_unknown","valid":false}');
  assert.throws(() => keys.preview("{}"), /no operation/);
  assert.equal(core.isUsable, true);
});

test("the keys module verifies what the verify module leaves to it", async () => {
  const { instantiate, op } = await import("../../edge/core.js");
  const schemes = JSON.parse(readFileSync(`${edge}/dist/schemes.json`, "utf8"));
  const open = async (file, id) => {
    const core = await instantiate(readFileSync(`${edge}/dist/${file}`));
    return JSON.parse(core.callText(op.openVerifier, JSON.stringify({ scheme: schemes[id], secrets: ["s"] }))).error?.code;
  };
  for (const id of ["discord", "wise", "sendgrid", "apple_asn2", "msgraph_rich"]) {
    assert.equal(await open("tenon_verify.wasm", id), "not_supported", id);
    assert.equal(await open("tenon_keys.wasm", id), "secret_malformed", id);
  }
  for (const file of ["tenon_verify.wasm", "tenon_keys.wasm"]) assert.equal(await open(file, "netlify"), undefined);
});

test("library files use no Node built-in, no eval and no host file", () => {
  assert.ok(library.length >= 7);
  for (const file of [...library, `${root}web/wasm/loader.mjs`]) {
    const text = readFileSync(file, "utf8").replace(/\/\/.*$/gm, "");
    for (const [, name] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
      assert.ok(name.startsWith("."), `${file} imports ${name}`);
      assert.ok(!builtinModules.includes(name));
    }
    assert.doesNotMatch(text, /\beval\b|new Function|\bprocess\b|\brequire\(|\bBuffer\b|\bDeno\b/, file);
  }
});

test("every entry point of the package exists and offers the same functions", async () => {
  const { exports: entries } = JSON.parse(readFileSync(`${edge}/package.json`, "utf8"));
  const names = ["TenonError", "createVerifier", "forward", "preview", "render", "sign", "validate"];
  for (const entry of [".", "./deno", "./node", "./browser"]) {
    const module = await import(`../../edge/${entries[entry].default.slice(2)}`);
    assert.deepEqual(Object.keys(module).sort(), names, entry);
  }
  const workers = readFileSync(`${edge}/${entries["./cloudflare"].default}`, "utf8");
  for (const name of names) assert.match(workers, new RegExp(`export [^;]*\\b${name}\\b`), name);
  assert.doesNotMatch(workers, /WebAssembly\.compile|fetch\(/);
});

test("the packed schemes are the documents without their documentation", () => {
  const packed = JSON.parse(readFileSync(`${edge}/dist/schemes.json`, "utf8"));
  const files = readdirSync(`${root}core/schemes`).filter((file) => file.endsWith(".json"));
  assert.deepEqual(Object.keys(packed).sort(), files.map((file) => file.slice(0, -5)).sort());
  for (const scheme of Object.values(packed)) assert.equal(scheme.quirks, undefined);
});
