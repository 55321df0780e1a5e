// What @tenon/edge promises, as one list that every runtime runs unchanged: no Node built-in, no test library. The
// signatures are made here with WebCrypto, so that the package isn't only compared with itself.

const now = 1700000000000;
const time = now / 1000;
const secret = "whsec_test";
const encoder = new TextEncoder();

function equal(actual, expected, what = "") {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what} is ${a}, expected ${e}`);
}

async function mac(hash, key, ...parts) {
  const bytes = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
  const message = new Uint8Array(await new Blob(bytes).arrayBuffer());
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

async function stripe(body, { key = secret, at = time } = {}) {
  return { "stripe-signature": `t=${at},v1=${hex(await mac("SHA-256", key, `${at}.`, body))}` };
}

const request = (headers, body) => new Request("https://example.com/hook?a=1", { method: "POST", headers, body });

async function fails(promise, code) {
  const error = await promise.then(() => undefined, (thrown) => thrown);
  equal([error?.name, error?.code], ["TenonError", code], String(error));
}

export const behaviours = {
  async "a genuine Request is valid, with id, time and the bytes as they came"({ createVerifier }) {
    const verifier = await createVerifier({ scheme: "stripe", secret, now: () => now });
    for (const body of [encoder.encode('{"id":"evt_1"}'), new Uint8Array([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x7b]), new Uint8Array(70000).fill(65)]) {
      const { body: bytes, ...verdict } = await verifier.verify(request(await stripe(body), body));
      equal(verdict, body.length === 14 ? { valid: true, id: "evt_1", timestamp: time } : { valid: true, timestamp: time });
      equal([bytes instanceof Uint8Array, bytes.length, hex(bytes) === hex(body)], [true, body.length, true]);
    }
  },

  async "forged, stale and malformed deliveries are refused with reason and status"({ createVerifier }) {
    const verifier = await createVerifier({ scheme: "stripe", secret, now: () => now });
    const good = (await stripe("b"))["stripe-signature"];
    const cases = [
      [await stripe("other"), 401, "signature_mismatch"],
      [await stripe("b", { key: "wrong" }), 401, "signature_mismatch"],
      [await stripe("b", { at: time - 301 }), 401, "timestamp_outside_window"],
      [await stripe("b", { at: time + 301 }), 401, "timestamp_outside_window"],
      [await stripe("b", { at: "17e8" }), 400, "timestamp_malformed"],
      [{}, 401, "signature_missing"],
      [{ "stripe-signature": `t=${time},v1=zz` }, 400, "signature_malformed"],
      [[["stripe-signature", good], ["Stripe-Signature", good]], 400, "duplicate_header"],
    ];
    for (const [headers, status, reason] of cases) {
      const verdict = await verifier.verify({ method: "POST", url: "/", headers, body: "b" });
      equal([verdict.valid, verdict.status, verdict.reason, verdict.body], [false, status, reason, undefined], reason);
    }
  },

  async "base64, SHA-1 and Standard Webhooks signatures are understood"({ createVerifier }) {
    const body = '{"a":1}';
    const shopify = await createVerifier({ scheme: "shopify", secret, now });
    const hmac = base64(await mac("SHA-256", secret, body));
    equal((await shopify.verify(request({ "x-shopify-hmac-sha256": hmac }, body))).valid, true);
    const sha1 = await createVerifier({ scheme: "github_sha1", secret, now });
    equal((await sha1.verify(request({ "x-hub-signature": `sha1=${hex(await mac("SHA-1", secret, body))}` }, body))).valid, true);
    const standard = await createVerifier({ scheme: "standardwebhooks_v1", secret: `whsec_${btoa("k".repeat(24))}`, now });
    const signature = `v1,${base64(await mac("SHA-256", "k".repeat(24), `msg_1.${time}.${body}`))}`;
    const headers = { "webhook-id": "msg_1", "webhook-timestamp": `${time}`, "webhook-signature": signature };
    const verdict = await standard.verify(request(headers, body));
    equal([verdict.valid, verdict.id, verdict.timestamp], [true, "msg_1", time]);
    equal((await standard.verify(request({ ...headers, "webhook-id": "msg_2" }, body))).reason, "signature_mismatch");
  },

  async "several secrets, tolerance and clock"({ createVerifier }) {
    const rotating = await createVerifier({ scheme: "stripe", secrets: ["new", secret], now });
    for (const key of ["new", secret]) equal((await rotating.verify(request(await stripe("b", { key }), "b"))).valid, true, key);
    equal((await rotating.verify(request(await stripe("b", { key: "old" }), "b"))).valid, false);
    const old = await stripe("b", { at: time - 400 });
    const patient = await createVerifier({ scheme: "stripe", secret, toleranceSeconds: 400, now });
    equal((await patient.verify(request(old, "b"))).valid, true);
    for (const clock of [now - 400000, new Date(now - 400000), () => now - 400000, () => new Date(now - 400000)]) {
      const earlier = await createVerifier({ scheme: "stripe", secret, now: clock });
      equal((await earlier.verify(request(old, "b"))).valid, true);
    }
    const current = await createVerifier({ scheme: "stripe", secret });
    const at = Math.floor(Date.now() / 1000);
    equal((await current.verify(request(await stripe("b", { at }), "b"))).valid, true, "with the runtime's clock");
  },

  async "an oversized body is refused without being read to its end"({ createVerifier }) {
    const verifier = await createVerifier({ scheme: "stripe", secret, now, config: { max_body_bytes: 1000 } });
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 400;
        controller.enqueue(new Uint8Array(400));
      },
    });
    const verdict = await verifier.verify({ headers: {}, body });
    equal([verdict.reason, verdict.status, pulled < 4000], ["body_too_large", 413, true], `${pulled} bytes`);
    const exact = "x".repeat(1000);
    equal((await verifier.verify(request(await stripe(exact), exact))).valid, true);
    equal((await verifier.verify(request(await stripe(`${exact}x`), `${exact}x`))).reason, "body_too_large");
  },

  async "what can't verify is refused when it is made"({ createVerifier }) {
    await fails(createVerifier({ scheme: "no_such_scheme", secret }), "scheme_unknown");
    await fails(createVerifier({ scheme: "toString", secret }), "scheme_unknown");
    await fails(createVerifier({ scheme: "stripe" }), "secret_missing");
    await fails(createVerifier({ scheme: "stripe", secrets: [secret, ""] }), "secret_missing");
    await fails(createVerifier({ scheme: "stripe", secrets: [7] }), "secret_malformed");
    await fails(createVerifier({ scheme: "standardwebhooks_v1", secret: "whsec_no base64" }), "secret_malformed");
  },

  async "a handshake comes with the Response that it wants"({ createVerifier }) {
    const verifier = await createVerifier({ scheme: "slack", secret, now });
    const body = '{"type":"url_verification","challenge":"abc"}';
    const headers = {
      "x-slack-request-timestamp": `${time}`,
      "x-slack-signature": `v0=${hex(await mac("SHA-256", secret, `v0:${time}:${body}`))}`,
    };
    const { response } = await verifier.verify(request(headers, body));
    equal([response instanceof Response, response.status, await response.text()], [true, 200, "abc"]);
    equal(response.headers.get("content-type"), "text/plain; charset=utf-8");
    const refused = await verifier.verify(request({ ...headers, "x-slack-signature": `v0=${"0".repeat(64)}` }, body));
    equal([refused.valid, refused.response.status, await refused.response.text()], [false, 401, ""]);
  },

  async "a secret that the provider hands over comes with the answer that acknowledges it"({ createVerifier }) {
    const unknown = await createVerifier({ scheme: "asana", secret: crypto.randomUUID(), now });
    const first = await unknown.verify(request({ "x-hook-secret": "b537207f20cbfa02357cf448134da559" }, ""));
    equal([first.response.status, first.response.headers.get("x-hook-secret")], [200, "b537207f20cbfa02357cf448134da559"]);
    equal(first.storeKey, "b537207f20cbfa02357cf448134da559");
    const known = await createVerifier({ scheme: "asana", secret: first.storeKey, config: { established: true }, now });
    const signature = hex(await mac("SHA-256", first.storeKey, "{}"));
    equal((await known.verify(request({ "x-hook-signature": signature }, "{}"))).valid, true);
    equal((await unknown.verify(request({ "x-hook-signature": signature }, "{}"))).reason, "signature_mismatch");
    const again = await known.verify(request({ "x-hook-secret": "another-secret" }, ""));
    equal([again.response?.status, again.storeKey], [401, undefined]);
  },

  async "the replay store is asked for genuine deliveries only, and marks duplicates"({ createVerifier }) {
    const known = new Set();
    const asked = [];
    const seen = async ({ id, digest }) => {
      asked.push(id);
      return known.size === known.add(digest).size;
    };
    const verifier = await createVerifier({ scheme: "stripe", secret, now, seen });
    const body = '{"id":"evt_2"}';
    equal((await verifier.verify(request(await stripe("forged"), body))).valid, false);
    equal((await verifier.verify(request(await stripe(body), body))).duplicate, false);
    equal((await verifier.verify(request(await stripe(body), body))).duplicate, true);
    equal(asked, ["evt_2", "evt_2"]);
    equal([...known], [hex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(body))))]);
  },

  async "a test event is signed as the provider would, and refused once altered"({ createVerifier, sign }) {
    const body = '{"id":"evt_3","text":"\u20ac"}';
    const signed = await sign({ scheme: "stripe", secret, body, now, headers: { "content-type": "application/json" } });
    const expected = (await stripe(body))["stripe-signature"];
    equal(signed.headers.map(([name, value]) => [name.toLowerCase(), value]),
      [["content-type", "application/json"], ["stripe-signature", expected]]);
    const verifier = await createVerifier({ scheme: "stripe", secret, now });
    equal((await verifier.verify(new Request("https://example.com/", signed))).valid, true);
    equal((await verifier.verify({ ...signed, body: `${body} ` })).reason, "signature_mismatch");
    await fails(sign({ scheme: "no_such_scheme", secret, body }), "scheme_unknown");
    await fails(sign({ scheme: "stripe", body }), "secret_missing");
  },

  async "a verified delivery is forwarded in a signed envelope that holds all of it"({ createVerifier, forward }) {
    const edgeSecret = `whsec_${btoa("e".repeat(32))}`;
    const body = new Uint8Array([0x7b, 0xff, 0x7d]);
    const received = request(await stripe(body), body);
    const verifier = await createVerifier({ scheme: "stripe", secret, now });
    const verdict = await verifier.verify(received);
    const to = "https://tenon.example/v1/hooks/1";
    const forwarded = await forward({ scheme: "stripe", request: received, body: verdict.body, to, secret: edgeSecret, now });
    equal([forwarded.url, forwarded.method], [to, "POST"]);
    equal(forwarded.headers.get("content-type"), "application/vnd.tenon.delivery+json");
    const outer = await createVerifier({ scheme: "standardwebhooks_v1", secret: edgeSecret, now });
    const envelope = await outer.verify(forwarded);
    equal(envelope.valid, true, envelope.reason);
    const delivery = JSON.parse(new TextDecoder().decode(envelope.body));
    equal(Object.keys(delivery), ["scheme", "method", "url", "headers", "body_base64", "received_at"]);
    equal([delivery.scheme, delivery.method, delivery.url], ["stripe", "POST", "https://example.com/hook?a=1"]);
    equal([delivery.received_at, delivery.body_base64], ["2023-11-14T22:13:20.000Z", base64(body)]);
    const again = { method: delivery.method, url: delivery.url, headers: delivery.headers, body };
    equal((await verifier.verify(again)).valid, true, "the delivery inside");
  },

  async "a forwarded envelope keeps headers of any name, and those that occur again"({ forward }) {
    const headers = [["constructor", "a"], ["__proto__", "b"], ["x-a", "1"], ["x-a", "2"]];
    const options = { scheme: "stripe", request: { headers }, body: new Uint8Array(0), to: "https://tenon.example/", secret: btoa("e".repeat(32)) };
    const text = await (await forward(options)).text();
    equal(text.includes('"headers":{"constructor":"a","__proto__":"b","x-a":["1","2"]}'), true, text);
    equal(JSON.parse(text).method, "POST");
  },

  async "preview, validate and render compute what the server computes"({ preview, validate, render }) {
    const document = await preview({
      config: { provider: "none", action: "none", field_mappings: { name: { target: "Name" } } },
      submission: { name: "Ada" },
    });
    equal(document.ok, true, JSON.stringify(document));
    equal((await preview({ config: {}, submission: {} })).ok, false);
    const schema = { properties: { a: { type: "string", format: "email" } }, required: ["b"] };
    const { valid, errors } = await validate({ schema, data: { a: 1 } });
    equal([valid, errors.map((one) => `${one.instance_location} ${one.keyword_location}`)], [false, [" /required", "/a /properties/a/type"]]);
    equal((await validate({ schema, data: { a: "x", b: 1 } })).valid, true);
    equal((await validate({ schema, data: { a: "x", b: 1 }, formatAssertion: true })).valid, false);
    await fails(validate({ schema: { $ref: "https://example.com/x" }, data: 1 }), "ref_unresolved");
    const documents = { "https://example.com/x": { maximum: 0 } };
    equal((await validate({ schema: { $ref: "https://example.com/x" }, data: 1, documents })).valid, false);
    equal(await render({ template: "{{a}} {{>p}}", data: { a: "<1>" }, partials: { p: "[{{a}}]" }, escape: "html" }), "&lt;1&gt; [&lt;1&gt;]");
    await fails(render({ template: "{{#a}}", data: {} }), "template_syntax");
  },
};

/** What one line of the test vectors gets from the package: a verdict, or why there can't be a verifier. */
async function judged({ createVerifier }, line) {
  const { scheme, secret: one, secrets, keys, config, method, url, headers, body_base64, now_unix } = line;
  const body = Uint8Array.from(atob(body_base64 ?? ""), (character) => character.charCodeAt(0));
  try {
    const verifier = await createVerifier({ scheme, secret: one, secrets, keys, config, now: now_unix * 1000 });
    const verdict = await verifier.verify({ method, url, headers, body });
    verifier.close();
    return verdict;
  } catch (error) {
    if (error.name !== "TenonError") throw error;
    return { valid: false, reason: error.code };
  }
}

async function matches(verdict, expect) {
  if (expect.response === undefined)
    return ["valid", "reason", "id"].every((name) => expect[name] === undefined || expect[name] === verdict[name]);
  if (expect.response === null || verdict.response === undefined) return expect.response === null && verdict.response === undefined;
  const { status, headers = {}, body = "" } = expect.response;
  return verdict.response.status === status && (await verdict.response.text()) === body &&
    Object.entries(headers).every(([name, value]) => verdict.response.headers.get(name) === value);
}

behaviours["every test vector and handshake gets its verdict"] = async (edge, vectors) => {
  if (vectors.length < 1000) throw new Error(`only ${vectors.length} vectors`);
  const wrong = [];
  for (const line of vectors) {
    const verdict = await judged(edge, line);
    if (!(await matches(verdict, line.expect))) wrong.push(`${line.case}: ${JSON.stringify({ ...verdict, body: undefined })}`);
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} of ${vectors.length}: ${wrong.slice(0, 5).join("; ")}`);
};

/** Runs them all: [[name, undefined or what went wrong], …]. */
export async function runBehaviours(edge, vectors) {
  const results = [];
  for (const [name, behaviour] of Object.entries(behaviours)) {
    const failure = await behaviour(edge, vectors).then(() => undefined, (error) => String(error?.stack ?? error));
    results.push(failure === undefined ? [name] : [name, failure]);
  }
  return results;
}
