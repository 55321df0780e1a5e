// Gate for the shipped modules: no imports, and small enough. usage: node check_modules.mjs [DIST_DIR]
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const limits = { "tenon_verify.wasm": 60 * 1024, "tenon_keys.wasm": 90 * 1024, "tenon_full.wasm": 250 * 1024 };
const dist = process.argv[2] ?? fileURLToPath(new URL("./dist", import.meta.url));
let failed = false;

for (const [file, limit] of Object.entries(limits)) {
  const bytes = readFileSync(`${dist}/${file}`);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map((i) => `${i.module}.${i.name}`);
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
  console.log(`${file}: ${bytes.length} bytes, ${packed} with brotli (limit ${limit}), imports: ${imports.join(", ") || "none"}`);
  failed ||= imports.length > 0 || packed > limit;
}
process.exitCode = failed ? 1 : 0;
