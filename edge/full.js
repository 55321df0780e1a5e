// What needs the full module: preview, validate, render, and signing test events. The module is loaded by the first call
// and kept; an edge function that only verifies never loads it.

import { op } from "./core.js";
import { bytesOf, headerPairs } from "./delivery.js";
import { configOf, milliseconds, schemeOf, secretsOf, TenonError } from "./verifier.js";

const bodyLimit = 1 << 26; // signing is for our own bodies; the limit only keeps a stream from never ending

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** The core's answer to one document; an error in it is thrown. */
function ask(answer) {
  const document = JSON.parse(answer);
  if (document.error) throw new TenonError(document.error.code, document.error.pointer ?? document.error.field);
  return document;
}

/** A document with exactly the members that were given: undefined ones would change what the core is asked. */
function line(members) {
  const text = JSON.stringify(members);
  if (text === undefined) throw new TypeError("tenon: an object is needed");
  return text;
}

function previewFunction(loadCore, catalogue) {
  const opened = new WeakSet();
  return async function preview(input) {
    const core = await loadCore();
    if (!opened.has(core)) {
      core.openCatalogue(await catalogue());
      opened.add(core);
    }
    return ask(core.preview(line(input)));
  };
}

function validateFunction(loadCore) {
  return async function validate({ schema, data, documents, formatAssertion }) {
    const core = await loadCore();
    return ask(core.validate(line({ schema, data, documents, format_assertion: formatAssertion })));
  };
}

function renderFunction(loadCore) {
  return async function render({ template, data, partials, escape }) {
    const core = await loadCore();
    return ask(core.render(line({ template, data, partials, escape }))).text;
  };
}

/** Signs as the provider would: for tests, for "send a test event", and for what is forwarded. */
function signFunction(loadCore, schemes) {
  return async function sign(options) {
    const scheme = schemeOf(options.scheme, schemes);
    const secrets = secretsOf(options);
    const body = await bytesOf(options.body, bodyLimit);
    const method = `${options.method ?? "POST"}`;
    const url = options.url === undefined ? "" : `${options.url}`;
    const given = headerPairs(options.headers);
    const core = await loadCore();
    const frame = line({
      scheme, secrets, config: configOf(options), method, url, headers: given,
      body_base64: base64(body), now_ms: milliseconds(options.now),
    });
    const added = ask(core.callText(op.sign, frame)).headers;
    const names = new Set(added.map(([name]) => name.toLowerCase()));
    return { method, headers: [...given.filter(([name]) => !names.has(name.toLowerCase())), ...added], body };
  };
}

/**
 * The functions of the full module. `loadCore`: of that module; `catalogue`: () => promise of provider documents;
 * `schemes`: documents by id.
 */
export function fullFunctions(loadCore, catalogue, schemes) {
  return {
    preview: previewFunction(loadCore, catalogue),
    validate: validateFunction(loadCore),
    render: renderFunction(loadCore),
    sign: signFunction(loadCore, schemes),
  };
}

/** {name: value, or values where the name occurs again}. A map in between: names are the sender's, `constructor` among them. */
function headerObject(headers) {
  const found = new Map();
  for (const [name, value] of headerPairs(headers)) found.set(name, [...(found.get(name) ?? []), value]);
  return Object.fromEntries(Array.from(found, ([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/**
 * A verified delivery for `tenon serve`: the whole original request in an envelope that is signed again, so that the
 * server can check both. `sign`: of fullFunctions().
 */
export function forwardFunction(sign) {
  return async function forward({ scheme, request, body, to, secret, receivedAt, now }) {
    const at = milliseconds(now);
    const received = receivedAt === undefined ? at : milliseconds(receivedAt);
    const envelope = JSON.stringify({
      scheme,
      method: `${request.method ?? "POST"}`,
      url: `${request.url ?? ""}`,
      headers: headerObject(request.headers),
      body_base64: base64(await bytesOf(body, bodyLimit)),
      received_at: new Date(received).toISOString(),
    });
    const signed = await sign({
      scheme: "standardwebhooks_v1", secret, url: to, now: at, body: envelope,
      headers: { "content-type": "application/vnd.tenon.delivery+json", "webhook-id": `msg_${crypto.randomUUID()}` },
    });
    return new Request(to, signed);
  };
}
