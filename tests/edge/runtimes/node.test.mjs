// The behaviours in Node, with code generation from strings forbidden.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { installedPackage, behavioursOf, printed } from "./installed.mjs";
import { judge } from "./judge.mjs";

const { folder } = installedPackage();
for (const entry of ["@tenon/edge", "@tenon/edge/node"])
  judge(`Node, ${entry}`, printed(process.execPath, ["--disallow-code-generation-from-strings"], { folder, script: behavioursOf(entry) }));

test("npx @tenon/edge verifies a saved request", () => {
  writeFileSync(join(folder, "headers.json"), JSON.stringify({ "X-Hub-Signature-256": `sha256=${createHmac("sha256", "s").update("{}").digest("hex")}` }));
  writeFileSync(join(folder, "body.json"), "{}");
  const words = ["--offline", "@tenon/edge", "verify", "--scheme", "github", "--headers", "headers.json", "--body", "body.json", "--secret"];
  const good = spawnSync("npx", [...words, "s"], { cwd: folder, encoding: "utf8" });
  assert.deepEqual([good.status, good.stdout], [0, '{"valid":true}\n'], good.stderr);
  const bad = spawnSync("npx", [...words, "other"], { cwd: folder, encoding: "utf8" });
  assert.deepEqual([bad.status, JSON.parse(bad.stdout).reason], [1, "signature_mismatch"]);
});
