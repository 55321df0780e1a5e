// createVerifier for one runtime: where the module and the scheme documents come from is the entry point's business.

import { op } from "./core.js";
import { readDelivery } from "./delivery.js";
import { KeyCache } from "./key_cache.js";

const badRequests = new Set(["duplicate_header", "signature_malformed", "timestamp_malformed"]);
const defaultBodyLimit = 1048576;
const bodiless = new Set([101, 204, 205, 304]);

/** A configuration that can't verify anything; `code` is the public id. */
export class TenonError extends Error {
  constructor(code, pointer) {
    super(`tenon: ${code}${pointer ? ` at ${pointer}` : ""}`);
    this.name = "TenonError";
    this.code = code;
    this.pointer = pointer;
  }
}

function statusOf(reason) {
  if (reason === "body_too_large") return 413;
  return badRequests.has(reason) ? 400 : 401;
}

export function milliseconds(now) {
  const value = typeof now === "function" ? now() : now;
  return Math.floor(Number(value ?? Date.now())); // a Date counts as its milliseconds
}

function toResponse({ status, headers, body }) {
  return new Response(body === "" || bodiless.has(status) ? null : body, { status, headers });
}

async function digestOf(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function configOf(options) {
  const config = { ...options.config };
  if (options.url !== undefined) config.url = `${options.url}`;
  if (options.toleranceSeconds !== undefined) config.tolerance_s = options.toleranceSeconds;
  return config;
}

/** The scheme document that is meant: an id of ours, or a document as it was given. */
export function schemeOf(scheme, schemes) {
  if (typeof scheme !== "string") return scheme;
  if (!Object.hasOwn(schemes, scheme)) throw new TenonError("scheme_unknown", "/scheme");
  return schemes[scheme];
}

export function secretsOf({ secret, secrets = secret === undefined ? [] : [secret] }) {
  if (!Array.isArray(secrets) || secrets.some((one) => typeof one !== "string"))
    throw new TenonError("secret_malformed", "/secrets");
  return secrets;
}

class Verifier {
  #loadCore;
  #loadKeys;
  #keys;
  #settings;
  #limit;
  #now;
  #seen;
  #core;
  #handle;

  constructor(loadCore, loadKeys, settings, options) {
    this.#loadCore = loadCore;
    this.#loadKeys = loadKeys;
    if (options.fetchKey) this.#keys = new KeyCache(options.fetchKey);
    this.#settings = settings;
    const limit = settings.config.max_body_bytes;
    this.#limit = Number.isSafeInteger(limit) && limit >= 0 ? limit : defaultBodyLimit;
    this.#now = options.now;
    this.#seen = options.seen;
  }

  /** Keys are decoded once; again only after the instance was lost. */
  async open() {
    if (this.#core?.isUsable) return;
    let core = await this.#loadCore();
    const settings = JSON.stringify(this.#settings);
    let answer = JSON.parse(core.callText(op.openVerifier, settings));
    if (answer.error?.code === "not_supported" && this.#loadKeys) {
      // Public keys are in a module of their own.
      core = await this.#loadKeys();
      answer = JSON.parse(core.callText(op.openVerifier, settings));
      if (!answer.error) this.#loadCore = this.#loadKeys;
    }
    if (answer.error) throw new TenonError(answer.error.code, answer.error.pointer);
    this.#core = core;
    this.#handle = answer.verifier;
  }

  async verify(request) {
    const { method, url, headers, body } = await readDelivery(request, this.#limit);
    await this.open();
    const header = { verifier: this.#handle, method, url, headers, now_ms: milliseconds(this.#now) };
    if (this.#keys) return this.#verifyFetching(header, body);
    return this.#verdict(this.#ask(header, body), body);
  }

  #ask(header, body) {
    const answer = this.#core.verifyRequest(header, body);
    if (answer.error) throw new TenonError(answer.error.code, answer.error.pointer);
    return answer;
  }

  /** Up to three passes: with the keys of late, with the kept answer of the URL, with a fetched one. */
  async #verifyFetching(header, body) {
    const now = header.now_ms;
    header.keys = this.#keys.recent(now);
    let answer = this.#ask(header, body);
    let keyError;
    const tries = [(url) => this.#keys.kept(url, now), (url) => this.#keys.fetch(url, now)];
    for (const find of tries) {
      if (!answer.need_key) break;
      const { url, kid } = answer.need_key;
      try {
        const text = await find(url);
        if (text === undefined) continue;
        await this.open(); // the instance may have been lost meanwhile
        header.verifier = this.#handle;
        header.keys = { [kid]: text };
        answer = this.#ask(header, body);
        if (!answer.need_key) this.#keys.used(kid, url);
      } catch (error) {
        if (error instanceof TenonError) throw error;
        keyError = error;
      }
    }
    const verdict = await this.#verdict(answer, body);
    if (keyError !== undefined && !verdict.valid) verdict.keyError = keyError;
    return verdict;
  }

  async #verdict(answer, body) {
    const verdict = answer.valid ? { valid: true } : { valid: false, reason: answer.reason, status: statusOf(answer.reason) };
    if (answer.id !== undefined) verdict.id = answer.id;
    if (answer.timestamp !== undefined) verdict.timestamp = answer.timestamp;
    if (answer.response) {
      verdict.response = toResponse(answer.response);
      if (answer.response.fetch) verdict.fetch = answer.response.fetch;
      if (answer.response.store_key) verdict.storeKey = answer.response.store_key;
    }
    if (!answer.valid) return verdict;
    verdict.body = body;
    if (this.#seen) verdict.duplicate = Boolean(await this.#seen({ id: answer.id, digest: await digestOf(body) }));
    return verdict;
  }

  /** Forgets the keys. */
  close() {
    if (this.#core?.isUsable) this.#core.callText(op.closeVerifier, JSON.stringify({ verifier: this.#handle }));
    this.#core = undefined;
  }
}

/** `loadCore`, `loadKeys`: () => Promise<Core>; `schemes`: documents by id. */
export function verifierFactory(loadCore, schemes, loadKeys) {
  return async function createVerifier(options) {
    const scheme = schemeOf(options.scheme, schemes);
    const secrets = secretsOf(options);
    const settings = { scheme, secrets, config: configOf(options), keys: options.keys ?? {} };
    if (options.fetchKey) settings.fetch_keys = true;
    const verifier = new Verifier(loadCore, loadKeys, settings, options);
    await verifier.open();
    return verifier;
  };
}

/** Keeps one instance, and replaces it after a trap. `source`: () => bytes or module, or a promise of it. */
export function sharedCore(instantiate, source) {
  let loading;
  return async function loadCore() {
    const core = loading && (await loading.catch(() => undefined));
    if (core?.isUsable) return core;
    loading = Promise.resolve(source()).then(instantiate);
    return loading;
  };
}
