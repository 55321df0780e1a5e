// The server examples in their runtimes: genuine deliveries are taken, forged and oversized ones refused, the provider's
// handshake is answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";

import { installedPackage, runtime } from "../runtimes/installed.mjs";
import { delivery, placeExample, settings, started } from "./started.mjs";

const servers = {
  "deno-server": {
    command: runtime("@deno/linux-x64-glibc/deno"),
    words: ["run", "--no-prompt", "--cached-only", "--node-modules-dir=manual", "--allow-net=127.0.0.1",
      "--allow-env=SCHEME,WEBHOOK_SECRET,PORT", "server.js"],
    taken: { received: "Ev1", type: "event_callback" },
  },
  "bun-server": { command: runtime("@oven/bun-linux-x64/bin/bun"), words: ["--no-install", "server.js"], taken: { received: "Ev1", bytes: 42 } },
  "node-middleware": { command: process.execPath, words: ["server.js"], taken: { received: "Ev1", bytes: 42 } },
};
const body = '{"type":"event_callback","event_id":"Ev1"}';

async function run(name, folder, use) {
  const { command, words } = servers[name];
  placeExample(name, folder);
  const { file, ...env } = settings(folder);
  const server = await started(command, words, { folder, env: { ...env, DENO_DIR: join(folder, ".deno"), DENO_NO_UPDATE_CHECK: "1" } });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

const { folder } = installedPackage();
for (const [name, { taken }] of Object.entries(servers))
  test(`${name} takes what is genuine and refuses the rest`, { timeout: 240_000 }, () => run(name, folder, async ({ url, next }) => {
    assert.equal((await fetch(url, delivery(body))).status, 204);
    assert.deepEqual(await next(), taken);
    const forged = await fetch(url, delivery(body, { key: "wrong" }));
    assert.deepEqual([forged.status, await forged.text()], [401, "signature_mismatch"]);
    const old = await fetch(url, delivery(body, { time: 1700000000 }));
    assert.deepEqual([old.status, await old.text()], [401, "timestamp_outside_window"]);
    const large = await fetch(url, delivery("x".repeat(1024 * 1024 + 1)));
    assert.deepEqual([large.status, await large.text()], [413, "body_too_large"]);
    const handshake = await fetch(url, delivery('{"type":"url_verification","challenge":"c-1"}'));
    assert.deepEqual([handshake.status, await handshake.text()], [200, "c-1"]);
    assert.equal((await fetch(url)).status, 401);
  }));

test("bun-server takes a repeated delivery once", { timeout: 240_000 }, () => run("bun-server", folder, async ({ url, next }) => {
  const again = delivery(body);
  assert.equal((await fetch(url, again)).status, 204);
  assert.equal((await fetch(url, again)).status, 204);
  assert.equal((await fetch(url, delivery('{"event_id":"Ev2"}'))).status, 204);
  assert.deepEqual([await next(), await next()].map((line) => line.received), ["Ev1", "Ev2"]);
}));

test("the middleware says so when a body parser came before it", async () => {
  placeExample("node-middleware", folder);
  const { webhook } = await import(join(folder, "webhook.js"));
  const verify = await webhook({ scheme: "slack", secret: "s" });
  const error = await new Promise((resolve) => verify({ readableEnded: false, body: { parsed: true } }, undefined, resolve));
  assert.match(error.message, /put it first/);
  await assert.rejects(webhook({ scheme: "slack" }), { code: "secret_missing" });
});
