// Flags and exit codes of the command lines that run without a server.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { builtPrograms, run } from "./programs.mjs";

const names = builtPrograms().filter((name) => name !== "native");
const folder = mkdtempSync(join(tmpdir(), "tenon-edge-"));
after(() => rmSync(folder, { recursive: true }));

function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
const signature = createHmac("sha256", "s").update(body).digest("hex");
const headers = file("headers.json", JSON.stringify({ "X-Hub-Signature-256": `sha256=${signature}` }));
const request = ["--headers", headers, "--body", file("body", body), "--now", "1700000000"];

for (const name of names) {
  test(`${name}: verify answers one request, 0 when genuine and 1 when not`, () => {
    const good = run(name, ["verify", "--scheme", "github", "--secret", "s", ...request]);
    assert.equal(good.stdout.toString(), '{"valid":true}\n', good.stderr);
    assert.equal(good.status, 0);
    const rotated = run(name, ["verify", "--scheme=github", "--secret", "old", "--secret-env", "TENON_TEST_SECRET", ...request]);
    assert.equal(rotated.status, 0, rotated.stdout.toString());
    const bad = run(name, ["verify", "--scheme", "github", "--secret-file", file("secret", "other\n"), ...request]);
    assert.equal(bad.stdout.toString(), '{"reason":"signature_mismatch","valid":false}\n');
    assert.equal(bad.status, 1);
  });

  test(`${name}: usage errors exit with 2 and say why on stderr`, () => {
    for (const words of [[], ["nonsense"], ["verify"], ["verify", "--what"], ["verify", "--batch"], ["render", "--data", "x"],
      ["verify", "--batch", join(folder, "absent")], ["verify", "--scheme", "github", "--now", "x"]]) {
      const answer = run(name, words, "");
      assert.equal(answer.status, 2, words.join(" "));
      if (words.length > 0) assert.match(answer.stderr, /^tenon: /, words.join(" "));
    }
    assert.equal(run(name, ["--help"]).status, 0);
    assert.match(run(name, ["verify", "--help"]).stdout.toString(), /usage/);
  });

  test(`${name}: render and validate take files`, () => {
    const data = file("data.json", '{"n":1.0,"t":"<b>"}');
    const text = run(name, ["render", "--template", file("t.txt", "{{n}} {{t}}\n"), "--data", data, "--escape", "html"]);
    assert.equal(text.stdout.toString(), "1 &lt;b&gt;\n");
    const schema = file("schema.json", '{"required":["missing"]}');
    const invalid = run(name, ["validate", "--schema", schema, "--data", data]);
    assert.equal(invalid.status, 1, invalid.stderr);
    assert.equal(JSON.parse(invalid.stdout).valid, false);
    assert.equal(run(name, ["validate", "--schema", file("any.json", "true"), "--data", data]).status, 0);
  });

  test(`${name}: a batch is read from a file, its last line needs no line end`, () => {
    const line = '{"scheme":"github","secret":"s","headers":{},"now_unix":1}';
    const answer = run(name, ["verify", "--batch", file("batch.jsonl", `${line}\n\n${line}`)]);
    assert.equal(answer.stdout.toString(), '{"reason":"signature_missing","valid":false}\n'.repeat(2));
  });
}
