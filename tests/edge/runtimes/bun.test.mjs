// The behaviours in Bun.
import { installedPackage, behavioursOf, printed, runtime } from "./installed.mjs";
import { judge } from "./judge.mjs";

const { folder } = installedPackage();
const bun = runtime("@oven/bun-linux-x64/bin/bun");
for (const entry of ["@tenon/edge", "@tenon/edge/node"])
  judge(`Bun, ${entry}`, printed(bun, ["run", "--no-install"], { folder, script: behavioursOf(entry), env: { DO_NOT_TRACK: "1" } }));
