// The command lines under test, each without child processes of its own and with nothing of ours in PATH.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const vectorFolder = `${root}tests/vectors/webhooks`;

const programs = {
  wasi: { command: process.execPath, first: [`${root}edge/cli.mjs`], needs: `${root}edge/dist/tenon_full.wasm` },
  emscripten: { command: process.execPath, first: [`${root}web/wasm/cli.mjs`], needs: `${root}web/wasm/dist/tenon.wasm` },
};
if (process.env.TENON_BIN) programs.native = { command: process.env.TENON_BIN, first: [], needs: process.env.TENON_BIN };

/** Every program must have been built: a missing one is a failure, not a skipped test. */
export function builtPrograms() {
  for (const { needs } of Object.values(programs)) if (!existsSync(needs)) throw new Error(`${needs} has not been built`);
  return Object.keys(programs);
}

export function run(name, words, input) {
  const { command, first } = programs[name];
  const result = spawnSync(command, [...first, ...words], {
    input,
    env: { PATH: "/nonexistent", TENON_TEST_SECRET: "s" },
    maxBuffer: 1 << 28,
  });
  if (result.error) throw result.error;
  return { status: result.status, stdout: result.stdout, stderr: result.stderr.toString() };
}

export function vectors() {
  const files = readdirSync(vectorFolder).filter((file) => file.endsWith(".jsonl")).sort();
  return files.flatMap((file) => readFileSync(`${vectorFolder}/${file}`, "utf8").trimEnd().split("\n"));
}
