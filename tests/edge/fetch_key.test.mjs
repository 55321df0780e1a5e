// Keys that deliveries name: fetched when the scheme allows it, kept, and never asked for more than once a minute.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";

import { createVerifier } from "../../edge/index.js";

const minute = 60_000;
const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (keys) => keys.publicKey.export({ type: "spki", format: "pem" });
const scheme = {
  id: "named", kind: "rsa", algorithm: "rsa-sha256", encoding: "base64",
  signature: { from: "header", name: "X-Signature" }, message: ["body"],
  key: { type: "pem", lookup: "hdr:X-Key", matches: "^https://keys\\.example/[a-z0-9]+$", fetch: "{name}" },
};

function delivery(keys, name = "https://keys.example/k1", body = "b") {
  const signature = sign("sha256", Buffer.from(body), keys.privateKey).toString("base64");
  return { method: "POST", url: "/", headers: { "X-Signature": signature, "X-Key": name }, body };
}

async function setUp(answers, options = {}) {
  const asked = [];
  const clock = { now: 1_700_000_000_000 };
  const verifier = await createVerifier({
    scheme,
    now: () => clock.now,
    fetchKey: async (url) => {
      asked.push(url);
      const answer = answers[url];
      if (answer instanceof Error) throw answer;
      return typeof answer === "function" ? answer() : answer;
    },
    ...options,
  });
  return { verifier, asked, clock };
}

test("a key is fetched once and kept as long as its source says", async () => {
  const keys = pair();
  const { verifier, asked, clock } = await setUp({ "https://keys.example/k1": { bytes: pem(keys), maxAge: 300 } });
  assert.equal((await verifier.verify(delivery(keys))).valid, true);
  clock.now += 4 * minute;
  assert.equal((await verifier.verify(delivery(keys))).valid, true);
  assert.equal(asked.length, 1);
  clock.now += 2 * minute;
  assert.equal((await verifier.verify(delivery(keys))).valid, true);
  assert.equal(asked.length, 2);
});

test("bytes are taken as well, and a key without an age is kept for a minute", async () => {
  const keys = pair();
  const { verifier, asked, clock } = await setUp({ "https://keys.example/k1": { bytes: new TextEncoder().encode(pem(keys)) } });
  for (const step of [0, minute - 1, 1]) {
    clock.now += step;
    assert.equal((await verifier.verify(delivery(keys))).valid, true);
  }
  assert.equal(asked.length, 2);
});

test("a URL that the allow-list refuses is never asked", async () => {
  const keys = pair();
  const { verifier, asked } = await setUp({});
  const verdict = await verifier.verify(delivery(keys, "https://evil.example/k1"));
  assert.deepEqual([verdict.valid, verdict.reason, asked.length], [false, "check_failed", 0]);
});

test("a URL is asked at most once a minute, whatever it answers", async () => {
  const keys = pair();
  const { verifier, asked, clock } = await setUp({ "https://keys.example/k1": undefined, "https://keys.example/k2": new Error("no network") });
  for (let i = 0; i < 3; ++i) assert.equal((await verifier.verify(delivery(keys))).reason, "key_unknown");
  assert.equal(asked.length, 1);
  const failed = await verifier.verify(delivery(keys, "https://keys.example/k2"));
  assert.equal(failed.reason, "key_unknown");
  assert.equal(failed.keyError.message, "no network");
  assert.equal((await verifier.verify(delivery(keys, "https://keys.example/k2"))).keyError, undefined);
  assert.equal(asked.length, 2);
  clock.now += minute;
  await verifier.verify(delivery(keys));
  assert.equal(asked.length, 3);
});

test("deliveries that arrive together share one fetch", async () => {
  const keys = pair();
  const { verifier, asked } = await setUp({ "https://keys.example/k1": { bytes: pem(keys), maxAge: 60 } });
  const verdicts = await Promise.all(Array.from({ length: 5 }, () => verifier.verify(delivery(keys))));
  assert.ok(verdicts.every((verdict) => verdict.valid));
  assert.equal(asked.length, 1);
});

test("a key set that lacks the key is fetched again after a minute, so that rotation works", async () => {
  const [old, fresh] = [pair(), pair()];
  const jwk = (keys, kid) => ({ ...keys.publicKey.export({ format: "jwk" }), kid });
  const url = "https://keys.example/set";
  const set = { keys: [jwk(old, "k1")] };
  const answers = { [url]: () => ({ bytes: JSON.stringify(set), maxAge: 3600 }) };
  const key = { type: "jwks", lookup: "hdr:X-Key", fetch: url };
  const { verifier, asked, clock } = await setUp(answers, { scheme: { ...scheme, key } });
  assert.equal((await verifier.verify(delivery(old, "k1"))).valid, true);
  set.keys.push(jwk(fresh, "k2"));
  assert.equal((await verifier.verify(delivery(fresh, "k2"))).reason, "key_unknown");
  assert.equal(asked.length, 1);
  clock.now += minute;
  assert.equal((await verifier.verify(delivery(fresh, "k2"))).valid, true);
  assert.equal((await verifier.verify(delivery(old, "k1"))).valid, true);
  assert.equal(asked.length, 2);
});

test("given keys are not fetched, and without fetchKey a missing one is unknown", async () => {
  const keys = pair();
  const given = { keys: { "https://keys.example/k1": pem(keys) } };
  const { verifier, asked } = await setUp({}, given);
  assert.equal((await verifier.verify(delivery(keys))).valid, true);
  assert.equal(asked.length, 0);
  const without = await createVerifier({ scheme, ...given });
  assert.equal((await without.verify(delivery(keys, "https://keys.example/k2"))).reason, "key_unknown");
  await assert.rejects(createVerifier({ scheme }), { code: "secret_missing" });
});
