// Keys that deliveries name and that are fetched: kept as long as their source says, and no URL is asked more than once
// in a minute, so that forged deliveries can't make us call anybody more often than that.

const leastAge = 60_000;
const mostAge = 86_400_000;
const mostEntries = 64;
const mostSent = 4; // keys of the last deliveries, which go along so that most need one pass only
const decoder = new TextDecoder();

function textOf(bytes) {
  if (typeof bytes === "string") return bytes;
  return decoder.decode(bytes);
}

export class KeyCache {
  #fetchKey;
  #urls = new Map(); // url -> {asked, expires, text, pending}
  #names = new Map(); // kid -> url, the latest last

  constructor(fetchKey) {
    this.#fetchKey = fetchKey;
  }

  /** `{kid: text}` of keys that were needed lately and are still good. */
  recent(now) {
    const keys = {};
    for (const [kid, url] of [...this.#names].slice(-mostSent)) {
      const text = this.kept(url, now);
      if (text !== undefined) keys[kid] = text;
    }
    return keys;
  }

  kept(url, now) {
    const entry = this.#urls.get(url);
    return entry !== undefined && now < entry.expires ? entry.text : undefined;
  }

  used(kid, url) {
    this.#names.delete(kid);
    this.#names.set(kid, url);
    if (this.#names.size > mostEntries) this.#names.delete(this.#names.keys().next().value);
  }

  /** The text behind the URL, or undefined if it was asked less than a minute ago or says nothing. Rejects as fetchKey does. */
  async fetch(url, now) {
    const known = this.#urls.get(url);
    if (known?.pending) return known.pending;
    if (known !== undefined && Math.abs(now - known.asked) < leastAge) return undefined;
    const entry = { asked: now, expires: known?.expires ?? 0, text: known?.text };
    this.#urls.delete(url);
    this.#urls.set(url, entry);
    if (this.#urls.size > mostEntries) this.#urls.delete(this.#urls.keys().next().value);
    entry.pending = this.#ask(url, entry).finally(() => {
      entry.pending = undefined;
    });
    return entry.pending;
  }

  async #ask(url, entry) {
    const answer = await this.#fetchKey(url);
    if (answer?.bytes === undefined || answer.bytes === null) return undefined;
    entry.text = textOf(answer.bytes);
    const age = Number(answer.maxAge) * 1000;
    entry.expires = entry.asked + Math.min(Math.max(Number.isFinite(age) ? age : 0, leastAge), mostAge);
    return entry.text;
  }
}
