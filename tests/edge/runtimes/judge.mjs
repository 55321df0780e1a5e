// What a runtime said about the behaviours, as tests of this one.
import assert from "node:assert/strict";
import { test } from "node:test";

import { behaviours } from "./behaviours.mjs";

/** One test for each behaviour; one that the runtime did not report has failed. */
export function judge(name, results) {
  const reported = new Map(results.map(([behaviour, failure]) => [behaviour, failure ?? "passed"]));
  for (const behaviour of Object.keys(behaviours))
    test(`${name}: ${behaviour}`, () => assert.equal(reported.get(behaviour), "passed"));
}
