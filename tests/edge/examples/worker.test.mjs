// The Worker example in workerd, with a receiver that holds the forwarded delivery against the written format: Standard
// Webhooks v1 over the envelope, checked with node:crypto, and the original delivery inside, byte for byte.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { installedPackage } from "../runtimes/installed.mjs";
import { startWorker } from "../runtimes/workerd.mjs";
import { delivery, placeExample, settings } from "./started.mjs";

const { folder } = installedPackage();
const edgeKey = Buffer.alloc(32, 9);
const body = '{"type":"event_callback","event_id":"Ev1","text":"\u20ac"}';
const stage = { received: [], status: 202 };

before(async () => {
  stage.server = createServer(async (request, reply) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    stage.received.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
    reply.writeHead(stage.status).end();
  });
  await new Promise((resolve) => stage.server.listen(0, "127.0.0.1", resolve));
  placeExample("cloudflare-worker", folder);
  const { file, ...bindings } = settings(folder);
  stage.worker = await startWorker(join(folder, "worker.js"), {
    ...bindings, PREVIOUS_SECRET: "the one before", EDGE_SECRET: `whsec_${edgeKey.toString("base64")}`,
    TENON_URL: `http://127.0.0.1:${stage.server.address().port}/v1/hooks/0190`,
  });
});
beforeEach(() => Object.assign(stage, { received: [], status: 202 }));
after(async () => {
  await stage.worker?.stop();
  stage.server?.close();
  stage.server?.closeAllConnections();
});

function checkedEnvelope({ path, headers, body: bytes }) {
  assert.equal(path, "/v1/hooks/0190");
  assert.equal(headers["content-type"], "application/vnd.tenon.delivery+json");
  const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signature } = headers;
  assert.ok(Math.abs(Number(time) - Date.now() / 1000) < 60);
  assert.equal(signature, `v1,${createHmac("sha256", edgeKey).update(`${id}.${time}.`).update(bytes).digest("base64")}`);
  return JSON.parse(bytes);
}

test("a genuine delivery reaches the server whole, in a signed envelope", async () => {
  const sent = delivery(body);
  const answer = await fetch(`${stage.worker.url}/in?team=1`, sent);
  assert.deepEqual([answer.status, await answer.text()], [202, "accepted"]);
  const envelope = checkedEnvelope(stage.received[0]);
  assert.deepEqual(Object.keys(envelope).sort(), ["body_base64", "headers", "method", "received_at", "scheme", "url"]);
  assert.deepEqual([envelope.scheme, envelope.method, envelope.url], ["slack", "POST", `${stage.worker.url}/in?team=1`]);
  assert.equal(Buffer.from(envelope.body_base64, "base64").toString(), body);
  for (const [name, value] of Object.entries(sent.headers)) assert.equal(envelope.headers[name], value);
  assert.match(envelope.received_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(Math.abs(Date.parse(envelope.received_at) - Date.now()) < 60_000);
});

test("each forwarded delivery has an id of its own", async () => {
  for (let i = 0; i < 2; ++i) await fetch(stage.worker.url, delivery(body));
  assert.equal(new Set(stage.received.map(({ headers }) => headers["webhook-id"])).size, 2);
});

test("a forged delivery and a handshake never reach the server", async () => {
  const forged = await fetch(stage.worker.url, delivery(body, { key: "wrong" }));
  assert.deepEqual([forged.status, await forged.text()], [401, "signature_mismatch"]);
  const handshake = await fetch(stage.worker.url, delivery('{"type":"url_verification","challenge":"c-1"}'));
  assert.deepEqual([handshake.status, await handshake.text()], [200, "c-1"]);
  assert.deepEqual(stage.received, []);
});

test("a delivery signed with the secret before the rotation is taken", async () => {
  assert.equal((await fetch(stage.worker.url, delivery(body, { key: "the one before" }))).status, 202);
  assert.equal(stage.received.length, 1);
});

test("what the server does not take is not acknowledged", async () => {
  for (const status of [500, 429, 401]) {
    stage.status = status;
    assert.equal((await fetch(stage.worker.url, delivery(body))).status, 503, `${status}`);
  }
});
