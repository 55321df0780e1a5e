// The types of the installed package, for every kind of library and module resolution that a user may have.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { installedPackage, root, runtime } from "../runtimes/installed.mjs";

const { folder, files } = installedPackage();
cpSync(`${root}tests/edge/types/usage.ts`, join(folder, "usage.ts"));

function compile(options) {
  const compilerOptions = { target: "es2022", noEmit: true, strict: true, exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true, skipLibCheck: false, types: [], ...options };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["usage.ts"] }));
  return spawnSync(process.execPath, [runtime("typescript/bin/tsc"), "-p", folder], { encoding: "utf8" });
}

for (const lib of ["DOM", "WebWorker"])
  for (const [module, moduleResolution] of [["esnext", "bundler"], ["nodenext", "nodenext"]])
    test(`usage.ts compiles strictly with lib ${lib} and resolution ${moduleResolution}`, () => {
      const { status, stdout } = compile({ lib: ["ES2022", lib, `${lib}.Iterable`], module, moduleResolution });
      assert.equal(status, 0, stdout);
    });

test("without the types of the Fetch API it does not compile: the check above looks at something", () => {
  assert.notEqual(compile({ lib: ["ES2022"], module: "esnext", moduleResolution: "bundler" }).status, 0);
});

test("the package holds what runs and its types, and no build step", () => {
  for (const file of ["index.js", "index.d.ts", "cloudflare.js", "browser.js", "cli.mjs", "README.md", "LICENSE",
    "dist/tenon_verify.wasm", "dist/tenon_full.wasm", "dist/schemes.js", "dist/catalogue.js"])
    assert.ok(files.includes(file), `${file} is missing`);
  for (const file of files) assert.doesNotMatch(file, /check_modules|pack_data|\.cpp$|CMakeLists|\.ts$(?<!\.d\.ts)/);
});
