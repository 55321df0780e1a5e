#!/usr/bin/env node
// The command line on the WASI build: no child process, no native binary.
import { readFileSync } from "node:fs";

import { run } from "./command_line.mjs";
import { instantiate } from "./core.js";

const beside = (name) => readFileSync(new URL(`./dist/${name}`, import.meta.url));

process.exitCode = await run(process.argv.slice(2), {
  loadCore: () => instantiate(beside("tenon_full.wasm")),
  documents: (name) => JSON.parse(beside(`${name}.json`)),
});
