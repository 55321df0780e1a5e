// What the generated pages claim, held against the core: deliveries shown as genuine are, and every scheme that
// "webhook send" is shown for can be signed, with a result that its own verifier takes.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { can_be_sent } from "../../.ci/lib/pages/example.mjs";
import { createVerifier, sign } from "../../edge/index.js";
import { run, root } from "./programs.mjs";

const schemes = readdirSync(`${root}core/schemes`).map((name) => JSON.parse(readFileSync(`${root}core/schemes/${name}`, "utf8")));
const url = "https://hooks.example.com/in";

/** A secret of the form that the scheme asks for. */
function secretFor({ key = {} }) {
  const bytes = Buffer.alloc(key.length ?? 32, 7);
  if (key.encoding === "hex") return bytes.toString("hex");
  if (key.length_chars) return "k".repeat(key.length_chars);
  return `${key.strip_prefix ?? ""}${key.encoding === "base64" ? bytes.toString("base64") : "plain secret"}`;
}

async function signsAndVerifies(scheme) {
  const config = { client_id: "client", public_key: "public", app_key: "app", verify_token: "token", api_key: "key", header_name: "x-signature", auth_header_name: "x-auth" };
  const options = { scheme: scheme.id, secret: secretFor(scheme), url, config };
  const contentType = scheme.when?.content_type ?? "application/json";
  const signed = await sign({ ...options, body: '{"id":"evt_1"}', headers: { "content-type": contentType } });
  const verdict = await (await createVerifier(options)).verify({ ...signed, url });
  return verdict.valid || verdict.reason;
}

test("deliveries that the pages show as genuine are genuine", () => {
  const lines = [];
  for (const { id } of schemes) {
    const page = readFileSync(`${root}docs/schemes/${id}.md`, "utf8");
    const shown = /^echo '(.*)' \| tenon verify --batch -$/m.exec(page);
    if (shown) lines.push(shown[1].replaceAll(`'\\''`, "'"));
  }
  assert.ok(lines.length > 130, `only ${lines.length} pages show a delivery`);
  const { stdout } = run("wasi", ["verify", "--batch", "-"], lines.join("\n"));
  const verdicts = stdout.toString().trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(verdicts.length, lines.length);
  for (const [i, verdict] of verdicts.entries()) assert.equal(verdict.valid, true, lines[i]);
});

test("every scheme that webhook send is shown for is signed so that it verifies", async () => {
  const shown = schemes.filter(can_be_sent);
  assert.ok(shown.length > 100, `${shown.length} schemes`);
  for (const scheme of shown) assert.equal(await signsAndVerifies(scheme), true, scheme.id);
});

test("what can't be signed says so, and is not shown", async () => {
  for (const scheme of schemes.filter((one) => !can_be_sent(one))) {
    const outcome = await signsAndVerifies(scheme).catch((error) => error.code);
    assert.notEqual(outcome, true, `${scheme.id} can be signed after all`);
  }
});
