// Cloudflare's runtime with a bundle made as its own tool makes it: esbuild with the `workerd` condition, and imported
// .wasm files as compiled modules beside the script.
import { spawn } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";

import { build } from "esbuild";

import { runtime } from "./installed.mjs";

/** Bundles `script`, which lies in a folder with the package installed; answers the names of the modules beside it. */
async function bundle(script, outfile) {
  const modules = new Map();
  const compiledWasm = {
    name: "compiled-wasm",
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
        modules.set(basename(path), join(resolveDir, path));
        return { path: `./${basename(path)}`, external: true };
      });
    },
  };
  await build({
    entryPoints: [script], outfile, bundle: true, format: "esm", target: "es2022", logLevel: "error",
    conditions: ["workerd", "worker", "browser"], plugins: [compiledWasm],
  });
  for (const [name, from] of modules) cpSync(from, join(dirname(outfile), name));
  return [...modules.keys()];
}

const text = (value) => JSON.stringify(value);

function configuration(modules, bindings) {
  const wasm = modules.map((name) => `(name = ${text(name)}, wasm = embed ${text(name)})`);
  const texts = Object.entries(bindings).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ] );
const worker :Workerd.Worker = (
  modules = [ ${[`(name = "bundle.js", esModule = embed "bundle.js")`, ...wasm].join(", ")} ],
  bindings = [ ${texts.join(", ")} ],
  compatibilityDate = "2026-11-01" );
`;
}

/** Runs a worker; answers {url, stop}. `bindings`: its texts, secrets among them. */
export async function startWorker(script, bindings = {}) {
  const folder = dirname(script);
  const modules = await bundle(script, join(folder, "bundle.js"));
  const file = join(folder, "worker.capnp");
  writeFileSync(file, configuration(modules, bindings));
  const child = spawn(runtime("@cloudflare/workerd-linux-64/bin/workerd"), ["serve", "--control-fd=3", file], {
    stdio: ["ignore", "inherit", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (bytes) => (errors += bytes));
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const port = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdio[3] }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.event === "listen") resolve(message.port);
    })),
    ended.then((code) => Promise.reject(new Error(`workerd ended with ${code}: ${errors}`))),
  ]);
  const stop = () => {
    child.kill("SIGKILL"); // it keeps no state, and waits for open connections when asked politely
    return ended;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
