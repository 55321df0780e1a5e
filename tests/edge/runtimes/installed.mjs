// The package as a stranger gets it: packed, installed from the tarball into a folder of its own, imported by its name.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { root, vectors } from "../programs.mjs";

export { root };
const quiet = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];

/** A folder with the package in its node_modules; removed when the test file ends. */
export function installedPackage() {
  if (!existsSync(`${root}edge/dist/tenon_full.wasm`)) throw new Error("edge/dist has not been built");
  const folder = mkdtempSync(join(tmpdir(), "tenon-installed-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const [{ filename, files }] = JSON.parse(
    execFileSync("npm", ["pack", `${root}edge`, "--json", "--pack-destination", folder, ...quiet], { encoding: "utf8" }));
  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
  execFileSync("npm", ["install", join(folder, filename), ...quiet], { cwd: folder });
  cpSync(`${root}tests/edge/runtimes/behaviours.mjs`, join(folder, "behaviours.mjs"));
  writeFileSync(join(folder, "vectors.mjs"), `export const vectors = [${vectors().join(",\n")}];\n`);
  return { folder, files: files.map((file) => file.path) };
}

/** A program of tests/node_modules; that it is not there is a failure, not a skipped test. */
export function runtime(path) {
  const program = `${root}tests/node_modules/${path}`;
  if (!existsSync(program)) throw new Error(`${program} is not installed: there is no such runtime for this machine`);
  return program;
}

/** Runs a script that prints one line of JSON; answers what it says. */
export function printed(command, words, { folder, script, env = {} }) {
  const path = join(folder, `run-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(path, script);
  const { status, stdout, stderr, error } = spawnSync(command, [...words, path], {
    cwd: folder, encoding: "utf8", timeout: 240_000, env: { PATH: "/nonexistent", HOME: folder, TMPDIR: folder, ...env },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} exited with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** The script that runs every behaviour on one entry point. */
export const behavioursOf = (entry) => `
import * as edge from "${entry}";
import { runBehaviours } from "./behaviours.mjs";
import { vectors } from "./vectors.mjs";
console.log(JSON.stringify(await runBehaviours(edge, vectors)));
`;
