#!/usr/bin/env node
// The command line on the Emscripten build; otherwise the same program as edge/cli.mjs.
import { readFileSync } from "node:fs";

import { run } from "../../edge/command_line.mjs";
import { instantiate } from "./loader.mjs";

const beside = (name) => readFileSync(new URL(`./dist/${name}`, import.meta.url));

process.exitCode = await run(process.argv.slice(2), {
  loadCore: () => instantiate(beside("tenon.wasm")),
  documents: (name) => JSON.parse(beside(`${name}.json`)),
});
