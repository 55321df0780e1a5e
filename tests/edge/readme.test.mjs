// The code in the package's README runs as it stands, beside the installed package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { root } from "./programs.mjs";
import { installedPackage, printed } from "./runtimes/installed.mjs";

const { folder } = installedPackage();
const blocks = [...readFileSync(`${root}edge/README.md`, "utf8").matchAll(/```js\n([^]*?)```/g)].map((match) => match[1]);

test("the first example takes a genuine delivery and refuses others", () => {
  const script = `${blocks[0]}
import { sign } from "@tenon/edge";
const signed = await sign({ scheme: "stripe", secret: "whsec_…", body: '{"id":"evt_1"}' });
const status = async (init) => (await handle(new Request("https://example.com/", init))).status;
console.log(JSON.stringify([await status(signed), await status({ ...signed, body: "{}" })]));`;
  assert.deepEqual(printed(process.execPath, [], { folder, script }), [204, 401]);
});

test("the examples of the full module run", () => {
  const prelude = `
const sent = [];
globalThis.fetch = async (to, init) => sent.push(new Request(to, init).headers.get("content-type") ?? new Request(to, init).method);
const config = { provider: "none", action: "none", field_mappings: {} }, submission = { a: 1 };
const scheme = "stripe", request = new Request("https://example.com/"), body = new Uint8Array(1), to = "https://example.com/", secret = btoa("k".repeat(24));
`;
  const script = `${prelude}${blocks[1]}\nconsole.log(JSON.stringify(sent));`;
  assert.deepEqual(printed(process.execPath, [], { folder, script }), ["POST", "application/vnd.tenon.delivery+json"]);
});

test("the README has these examples and no others", () => assert.equal(blocks.length, 2));
