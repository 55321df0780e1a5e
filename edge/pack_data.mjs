// Build step: writes what the package needs beside the modules into a folder.
// usage: node pack_data.mjs CORE_DIR DIST_DIR
//   schemes.js/.json    scheme documents by id, without the keys that only document
//   catalogue.js/.json  provider documents
//   NAME.js             each module as base64, for runtimes that can't read a file beside the script
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";

const documentation = new Set([
  "provider", "version", "source", "source_kind", "quirks", "retries", "responses", "rotation", "value", "note",
  "lookup_note", "doc_note", "challenge_note", "tolerance_source", "multi_signature", "vectors", "confidence", "repeat_note",
]);

function withoutDocumentation(value) {
  if (Array.isArray(value)) return value.map(withoutDocumentation);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([name, member]) => !documentation.has(name) && member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutDocumentation(member)]));
}

function documents(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "schema.json");
  return files.sort().map((name) => [parse(name).name, JSON.parse(readFileSync(join(folder, name), "utf8"))]);
}

/** Members of `challenge.respond` are the provider's, not the language's: their names are never documentation. */
function packScheme(scheme) {
  const packed = withoutDocumentation(scheme);
  if (scheme.challenge?.respond) packed.challenge.respond = scheme.challenge.respond;
  return packed;
}

function write(dist, name, exported, value) {
  const text = JSON.stringify(value);
  writeFileSync(join(dist, `${name}.json`), `${text}\n`);
  writeFileSync(join(dist, `${name}.js`), `export const ${exported} = ${text};\n`);
}

const [core, dist] = process.argv.slice(2);
const schemes = documents(join(core, "schemes")).map(([id, scheme]) => [id, packScheme(scheme)]);
write(dist, "schemes", "schemes", Object.fromEntries(schemes));
write(dist, "catalogue", "catalogue", documents(join(core, "providers")).map(([, provider]) => provider));
for (const file of readdirSync(dist).filter((name) => name.endsWith(".wasm"))) {
  const base64 = readFileSync(join(dist, file)).toString("base64");
  writeFileSync(join(dist, `${parse(file).name}.js`), `export default "${base64}";\n`);
}
