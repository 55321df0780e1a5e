// The behaviours in workerd, where compiling bytes and code generation from strings are forbidden by the runtime.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { installedPackage } from "./installed.mjs";
import { judge } from "./judge.mjs";
import { startWorker } from "./workerd.mjs";

const { folder } = installedPackage();

async function resultsOf(entry) {
  const script = join(folder, "worker.js");
  writeFileSync(script, `
import * as edge from "${entry}";
import { runBehaviours } from "./behaviours.mjs";
import { vectors } from "./vectors.mjs";
export default { fetch: async () => Response.json(await runBehaviours(edge, vectors)) };
`);
  const worker = await startWorker(script);
  try {
    const reply = await fetch(worker.url);
    if (reply.status !== 200) throw new Error(`${entry}: ${reply.status} ${await reply.text()}`);
    return await reply.json();
  } finally {
    await worker.stop();
  }
}

// Everything is run before the first test is defined: the folder goes when the tests that are known have ended.
const results = [];
for (const entry of ["@tenon/edge", "@tenon/edge/cloudflare"]) results.push([entry, await resultsOf(entry)]);
for (const [entry, said] of results) judge(`workerd, ${entry}`, said);
