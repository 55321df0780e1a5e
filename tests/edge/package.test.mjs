// The package's own interface, as an edge function uses it.
import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";

import { createVerifier, preview, TenonError } from "../../edge/index.js";

const now = 1700000000000;
const secret = "whsec_test";

function stripeLike(body, { key = secret, time = now / 1000 } = {}) {
  const mac = createHmac("sha256", key).update(`${time}.`).update(body).digest("hex");
  return { "stripe-signature": `t=${time},v1=${mac}` };
}

async function verifierFor(options) {
  return createVerifier({ scheme: "stripe", secret, now: () => now, ...options });
}

test("a genuine Request is valid and gives its bytes back", async () => {
  const verifier = await verifierFor();
  const body = new Uint8Array([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x7b]);
  const request = new Request("https://example.com/hook", { method: "POST", headers: stripeLike(body), body });
  const verdict = await verifier.verify(request);
  assert.deepEqual({ ...verdict, body: [...verdict.body] }, { valid: true, timestamp: 1700000000, body: [...body] });
});

test("plain objects work with every kind of body and of headers", async () => {
  const verifier = await verifierFor();
  const text = '{"id":"evt_1"}';
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(40);
  padded.set(bytes, 5);
  const bodies = [text, bytes, bytes.buffer, Buffer.from(text), new DataView(padded.buffer, 5, bytes.length),
    new Response(text).body, padded.subarray(5, 5 + bytes.length)];
  for (const body of bodies) {
    const verdict = await verifier.verify({ method: "POST", url: "/", headers: stripeLike(text), body });
    assert.equal(verdict.valid, true);
    assert.equal(verdict.id, "evt_1");
  }
  const header = stripeLike(text);
  for (const headers of [Object.entries(header), new Headers(header), new Map(Object.entries(header)),
    { "Stripe-Signature": [header["stripe-signature"]], other: undefined }])
    assert.equal((await verifier.verify({ headers, body: text })).valid, true);
});

test("forged, stale and malformed deliveries are refused with reason and status", async () => {
  const verifier = await verifierFor();
  const cases = [
    [stripeLike("other"), "signature_mismatch", 401],
    [stripeLike("b", { time: now / 1000 - 301 }), "timestamp_outside_window", 401],
    [stripeLike("b", { time: now / 1000 + 301 }), "timestamp_outside_window", 401],
    [stripeLike("b", { time: "17e8" }), "timestamp_malformed", 400],
    [stripeLike("b", { key: "wrong" }), "signature_mismatch", 401],
    [{}, "signature_missing", 401],
    [{ "stripe-signature": "t=1,v1=zz" }, "signature_malformed", 400],
    [{ "stripe-signature": Array(2).fill(stripeLike("b")["stripe-signature"]) }, "duplicate_header", 400],
  ];
  for (const [headers, reason, status] of cases) {
    const verdict = await verifier.verify({ headers, body: "b" });
    assert.deepEqual({ valid: verdict.valid, reason: verdict.reason, status: verdict.status }, { valid: false, reason, status });
    assert.equal(verdict.body, undefined);
  }
});

test("several secrets, tolerance and clock", async () => {
  const rotating = await verifierFor({ secret: undefined, secrets: ["new", secret] });
  assert.equal((await rotating.verify({ headers: stripeLike("b"), body: "b" })).valid, true);
  const old = stripeLike("b", { time: now / 1000 - 400 });
  const patient = await verifierFor({ toleranceSeconds: 400 });
  assert.equal((await patient.verify({ headers: old, body: "b" })).valid, true);
  for (const clock of [now - 400000, new Date(now - 400000), () => new Date(now - 400000)]) {
    const earlier = await verifierFor({ now: clock });
    assert.equal((await earlier.verify({ headers: old, body: "b" })).valid, true);
  }
});

test("an oversized body is refused without being read to its end", async () => {
  const verifier = await verifierFor({ config: { max_body_bytes: 1000 } });
  let pulled = 0;
  const stream = new ReadableStream({
    pull(controller) {
      pulled += 400;
      controller.enqueue(new Uint8Array(400));
    },
  });
  const verdict = await verifier.verify({ headers: {}, body: stream });
  assert.equal(verdict.reason, "body_too_large");
  assert.equal(verdict.status, 413);
  assert.ok(pulled < 4000, `${pulled} bytes were read`);
  const exact = "x".repeat(1000);
  assert.equal((await verifier.verify({ headers: stripeLike(exact), body: exact })).valid, true);
  assert.equal((await verifier.verify({ headers: stripeLike(`${exact}x`), body: `${exact}x` })).reason, "body_too_large");
});

test("a configuration that can't verify is refused when it is made", async () => {
  const fails = (options, code) => assert.rejects(createVerifier(options), (error) => error instanceof TenonError && error.code === code);
  await fails({ scheme: "no_such_scheme", secret }, "scheme_unknown");
  await fails({ scheme: "toString", secret }, "scheme_unknown");
  await fails({ scheme: "stripe" }, "secret_missing");
  await fails({ scheme: "stripe", secret: "" }, "secret_missing");
  await fails({ scheme: "stripe", secrets: [secret, ""] }, "secret_missing");
  await fails({ scheme: "stripe", secrets: [7] }, "secret_malformed");
  await fails({ scheme: "standardwebhooks_v1", secret: "whsec_not base64" }, "secret_malformed");
  await fails({ scheme: { algorithm: "jwt", kind: "jwt" }, secret }, "not_supported");
  await fails({ scheme: { kind: "none" }, secret }, "scheme_unknown");
});

test("a scheme document and a configured public URL can be given", async () => {
  const scheme = { id: "own", kind: "hmac", algorithm: "hmac-sha256", encoding: "base64", signature: { from: "header", name: "X-S" },
    message: ["url", "body"], key: { encoding: "utf8" } };
  const headers = { "x-s": createHmac("sha256", secret).update("https://public.example/hookb").digest("base64") };
  const verifier = await createVerifier({ scheme, secret, url: new URL("https://public.example/hook") });
  assert.equal((await verifier.verify({ url: "http://internal/hook", headers, body: "b" })).valid, true);
  const without = await createVerifier({ scheme, secret });
  assert.equal((await without.verify({ url: "https://public.example/hook", headers, body: "b" })).reason, "check_failed");
});

test("the seen hook is asked for genuine deliveries only, and marks duplicates", async () => {
  const known = new Set();
  const asked = [];
  const seen = async ({ id, digest }) => {
    asked.push(id);
    const before = known.has(digest);
    known.add(digest);
    return before;
  };
  const verifier = await verifierFor({ seen });
  const body = '{"id":"evt_2"}';
  assert.equal((await verifier.verify({ headers: stripeLike("forged"), body })).valid, false);
  assert.deepEqual(asked, []);
  assert.equal((await verifier.verify({ headers: stripeLike(body), body })).duplicate, false);
  assert.equal((await verifier.verify({ headers: stripeLike(body), body })).duplicate, true);
  assert.deepEqual(asked, ["evt_2", "evt_2"]);
});

test("a handshake comes with the Response that it wants", async () => {
  const verifier = await createVerifier({ scheme: "slack", secret: "s", now });
  const body = '{"type":"url_verification","challenge":"abc"}';
  const mac = createHmac("sha256", "s").update(`v0:${now / 1000}:${body}`).digest("hex");
  const headers = { "x-slack-request-timestamp": `${now / 1000}`, "x-slack-signature": `v0=${mac}` };
  const { response } = await verifier.verify({ method: "POST", headers, body });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/plain; charset=utf-8");
  assert.equal(await response.text(), "abc");
  const refused = await verifier.verify({ method: "POST", headers: { ...headers, "x-slack-signature": `v0=${"0".repeat(64)}` }, body });
  assert.equal(refused.valid, false);
  assert.equal(refused.response.status, 401);
});

test("verifiers do not disturb each other, and a closed one opens again when used", async () => {
  const [a, b] = await Promise.all([verifierFor(), verifierFor({ secret: "b" })]);
  a.close();
  const c = await verifierFor({ secret: "c" });
  for (const [verifier, key] of [[b, "b"], [c, "c"], [a, secret]])
    assert.equal((await verifier.verify({ headers: stripeLike("x", { key }), body: "x" })).valid, true, key);
});

test("preview computes what would be sent", async () => {
  const document = await preview({
    config: { provider: "none", action: "none", field_mappings: { name: { target: "Name" } } },
    submission: { name: "Ada" },
  });
  assert.equal(document.ok, true, JSON.stringify(document));
});

test("a scheme with public keys takes the module that has them, by itself", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url");
  const verifier = await createVerifier({ scheme: "discord", secret: raw.toString("hex"), now: () => now });
  const signature = sign(null, Buffer.from(`${now / 1000}{"id":"1","type":2}`), privateKey).toString("hex");
  const headers = { "X-Signature-Ed25519": signature, "X-Signature-Timestamp": `${now / 1000}` };
  const verdict = await verifier.verify({ method: "POST", url: "/", headers, body: '{"id":"1","type":2}' });
  assert.deepEqual([verdict.valid, verdict.id], [true, "1"]);
  assert.equal((await verifier.verify({ method: "POST", url: "/", headers, body: "{}" })).reason, "signature_mismatch");
});
