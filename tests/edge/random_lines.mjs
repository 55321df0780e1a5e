// Random batch lines for the four commands, from a seed: the project's vectors, damaged and mixed, and documents made up
// from the words of each language. The same seed gives the same lines on every machine.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const vectors = fileURLToPath(new URL("../vectors", import.meta.url));
const linesOf = (folder) =>
  readdirSync(`${vectors}/${folder}`).filter((name) => name.endsWith(".jsonl")).sort()
    .flatMap((name) => readFileSync(`${vectors}/${folder}/${name}`, "utf8").trimEnd().split("\n"))
    .filter((line) => line.length < 20_000);

/** Mulberry32: 32 bits of state are enough to vary, and to print. */
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit) => next() % limit;
  return { below, of: (list) => list[below(list.length)], chance: (one) => below(one) === 0 };
}

const texts = ["", "a", "é", "😀", "1", "1.50", "-0", "1,234.5", "2026-01-31", "31.01.2026", "x@y.z", "https://e.x/a?b=c", "true", "yes", "+49 170 1234567",
  "a b", " a ", "{{a}}", "/a/0", "50%", "$5", "(5)", "12345678901234567891", "NaN", "__proto__"];
const oddTexts = ["\u0000", "\ud800"];
const numbers = ["0", "-0", "1", "1.0", "1.5", "0.1", "1e3", "12345678901234567891", "-9007199254740993", "0.30000000000000004", "1e21", "123456789012345678e-5"];
const oddNumbers = ["1E400", "1e-400"];

/** JSON text of any value. */
function value(pick, depth = 0) {
  const kind = pick.below(depth > 3 ? 4 : 6);
  if (kind === 0) return pick.of(["null", "true", "false"]);
  if (kind === 1) return pick.of(pick.chance(40) ? oddNumbers : numbers);
  if (kind <= 3) return JSON.stringify(pick.of(pick.chance(40) ? oddTexts : texts));
  const items = Array.from({ length: pick.below(4) }, () => value(pick, depth + 1));
  if (kind === 4) return `[${items.join(",")}]`;
  return `{${items.map((item, i) => `${JSON.stringify(pick.chance(3) ? pick.of(texts) : "abcd"[i])}:${item}`).join(",")}}`;
}

/** Every place in a document where something can be changed. */
function places(holder, found = []) {
  for (const key of Object.keys(holder)) {
    found.push([holder, key]);
    if (holder[key] !== null && typeof holder[key] === "object") places(holder[key], found);
  }
  return found;
}

function alteredText(pick, text) {
  const at = pick.below(text.length + 1);
  return pick.of([text.slice(0, at), text.slice(0, at) + pick.of(texts) + text.slice(at), text.slice(at), pick.of(texts), text.toUpperCase(), `${text}${text}`]);
}

/** A vector in which up to three places are changed, taken from another vector or removed. */
function alteredVector(pick, lines) {
  const { expect, exact, ...line } = JSON.parse(pick.of(lines));
  const other = places(JSON.parse(pick.of(lines)));
  for (let count = 1 + pick.below(3); count > 0; count -= 1) {
    const all = places(line);
    const [holder, key] = pick.of(all);
    const kind = pick.below(5);
    if (kind === 0) Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key];
    else if (kind === 1) holder[key] = JSON.parse(value(pick).replace(/1E400/g, "1"));
    else if (kind === 2) { const [from, name] = pick.of(other); holder[key] = structuredClone(from[name]); }
    else if (typeof holder[key] === "string") holder[key] = alteredText(pick, holder[key]);
    else if (typeof holder[key] === "number") holder[key] += pick.of([-1, 1, -300, 301, 0.5]);
    if (all.length === 0 || places(line).length === 0) break;
  }
  return JSON.stringify(line);
}

/** A byte of a line changed: most are no JSON any more, some are no UTF-8. */
function damaged(pick, line) {
  const bytes = Buffer.from(line);
  if (bytes.length > 0) bytes[pick.below(bytes.length)] = pick.below(256);
  return Buffer.from(bytes.filter((byte) => byte !== 10 && byte !== 13));
}

const types = ["string", "number", "integer", "boolean", "null", "array", "object"];
const formats = ["date", "time", "date-time", "duration", "email", "ipv4", "ipv6", "uri", "uri-reference", "uuid", "hostname", "regex", "json-pointer", "x"];
const patterns = ["^a", "\\\\d+", "\\\\p{L}", "(a|b)*", "[^a-z]{2,}", "(?=a)", "\\\\u00e9", "a{2", "."];

function schema(pick, depth = 0) {
  if (pick.chance(8)) return pick.of(["true", "false"]);
  const below = () => (depth > 2 ? "true" : schema(pick, depth + 1));
  const keywords = [
    () => `"type":"${pick.chance(20) ? "strin" : pick.of(types)}"`, () => `"type":["${pick.of(types)}","${pick.of(types)}"]`, () => `"const":${value(pick)}`, () => `"enum":[${value(pick)},${value(pick)}]`,
    () => `"minimum":${pick.of(numbers)}`, () => `"exclusiveMaximum":${pick.of(numbers)}`, () => `"multipleOf":${pick.of(numbers)}`, () => `"minLength":${pick.of(numbers)}`,
    () => `"pattern":"${pick.of(patterns)}"`, () => `"format":"${pick.of(formats)}"`, () => `"required":["a","${pick.of(["b", "a", ""])}"]`, () => `"properties":{"a":${below()},"b":${below()}}`,
    () => `"patternProperties":{"${pick.of(patterns)}":${below()}}`, () => `"additionalProperties":${below()}`, () => `"unevaluatedProperties":${below()}`, () => `"items":${below()}`,
    () => `"prefixItems":[${below()},${below()}]`, () => `"contains":${below()}`, () => `"minContains":${pick.below(3)}`, () => `"unevaluatedItems":${below()}`, () => `"uniqueItems":true`,
    () => `"allOf":[${below()},${below()}]`, () => `"anyOf":[${below()},${below()}]`, () => `"oneOf":[${below()},${below()}]`, () => `"not":${below()}`, () => `"if":${below()}`,
    () => `"then":${below()}`, () => `"else":${below()}`, () => `"dependentRequired":{"a":["b"]}`, () => `"dependentSchemas":{"b":${below()}}`, () => `"propertyNames":${below()}`,
    () => `"$ref":"${pick.of(["#", "#/$defs/d", "https://e.x/d", "#nowhere"])}"`, () => `"$defs":{"d":${below()}}`, () => `"maxItems":${pick.below(3)}`,
  ];
  const chosen = new Map();
  for (let count = 1 + pick.below(4); count > 0; count -= 1) {
    const text = pick.of(keywords)();
    chosen.set(text.slice(0, text.indexOf(":")), text);
  }
  return `{${[...chosen.values()].join(",")}}`;
}

function validateLine(pick) {
  const documents = pick.chance(4) ? `,"documents":{"https://e.x/d":${schema(pick)}}` : "";
  const assertion = pick.chance(3) ? `,"format_assertion":${pick.of(["true", "false", "1"])}` : "";
  return `{"schema":${schema(pick)},"data":${value(pick)}${documents}${assertion}}`;
}

const tags = ["{{a}}", "{{{b}}}", "{{&c}}", "{{#a}}", "{{/a}}", "{{^b}}", "{{/b}}", "{{.}}", "{{a.b}}", "{{! x }}", "{{>p}}", "  {{>p}}\n", "{{=<% %>=}}", "<%a%>", "<%={{ }}=%>", "}}",
  "text", "\n", " ", "<&\">", "é😀", "{{#c}}[{{.}}]{{/c}}", "{{^d}}none{{/d}}", "{{ submission.a }}"];

function renderLine(pick) {
  const template = Array.from({ length: pick.below(8) }, () => pick.of(tags)).join("");
  const partial = Array.from({ length: pick.below(4) }, () => pick.of(tags)).join("");
  const partials = pick.chance(2) ? `,"partials":{"p":${JSON.stringify(partial)}}` : "";
  const escape = pick.chance(2) ? `,"escape":"${pick.of(["none", "html", "slack", "json", "x"])}"` : "";
  return `{"template":${JSON.stringify(template)},"data":${value(pick)}${partials}${escape}}`;
}

/** `count` lines for each command, as one Buffer each (`{verify, preview, validate, render}`, lists of Buffers). */
export function randomLines(seed, count) {
  const pick = random(seed);
  const webhooks = linesOf("webhooks");
  const mappings = linesOf("mapping");
  const makers = {
    verify: () => alteredVector(pick, webhooks),
    preview: () => alteredVector(pick, mappings),
    validate: () => validateLine(pick),
    render: () => renderLine(pick),
  };
  const made = {};
  for (const [command, make] of Object.entries(makers))
    made[command] = Array.from({ length: count }, () => {
      const line = make();
      return pick.chance(20) ? damaged(pick, line) : Buffer.from(line);
    }).filter((line) => line.length > 0);
  return made;
}
