// The behaviours in Node, with code generation from strings forbidden.
import { installedPackage, behavioursOf, printed } from "./installed.mjs";
import { judge } from "./judge.mjs";

const { folder } = installedPackage();
for (const entry of ["@tenon/edge", "@tenon/edge/node"])
  judge(`Node, ${entry}`, printed(process.execPath, ["--disallow-code-generation-from-strings"], { folder, script: behavioursOf(entry) }));
