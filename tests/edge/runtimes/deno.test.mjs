// The behaviours in Deno, with no permission at all and with code generation from strings forbidden.
import { installedPackage, behavioursOf, printed, runtime } from "./installed.mjs";
import { judge } from "./judge.mjs";

const { folder } = installedPackage();
const deno = runtime("@deno/linux-x64-glibc/deno");
const words = ["run", "--no-prompt", "--node-modules-dir=manual", "--cached-only", "--v8-flags=--disallow-code-generation-from-strings"];
for (const entry of ["@tenon/edge", "@tenon/edge/deno"])
  judge(`Deno, ${entry}`, printed(deno, words, { folder, script: behavioursOf(entry), env: { DENO_DIR: folder, DENO_NO_UPDATE_CHECK: "1" } }));
