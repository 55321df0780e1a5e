// The behaviours in Chromium, under a strict Content-Security-Policy. There is no bundler and no import map between: the
// page imports the installed files where they lie.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { installedPackage } from "./installed.mjs";
import { judge } from "./judge.mjs";
import { inPage } from "./page.mjs";

const { folder } = installedPackage();
const files = { "@tenon/edge": "index.js", "@tenon/edge/browser": "browser.js" };

async function resultsOf(file) {
  writeFileSync(join(folder, "page.html"), `<!doctype html><title>behaviours</title><script type="module" src="page.js"></script>`);
  writeFileSync(join(folder, "page.js"), `
import * as edge from "./node_modules/@tenon/edge/${file}";
import { runBehaviours } from "./behaviours.mjs";
import { vectors } from "./vectors.mjs";
window.results = await runBehaviours(edge, vectors);
`);
  const { answer, complaints } = await inPage(folder, "page.html", async (page) => {
    await page.waitForFunction(() => window.results !== undefined).catch(() => {}); // what was not reported has failed
    return page.evaluate(() => window.results ?? []);
  });
  return { answer, complaints };
}

/** What the policy of these pages makes of evaluating a string. */
async function evaluations() {
  writeFileSync(join(folder, "strict.html"), `<!doctype html><title>strict</title><script src="strict.js"></script>`);
  writeFileSync(join(folder, "strict.js"), `
const tried = (make) => { try { make(); return "allowed"; } catch (error) { return error.name; } };
window.found = [tried(() => eval("1")), tried(() => new Function("1"))];
`);
  return (await inPage(folder, "strict.html", (page) => page.evaluate(() => window.found))).answer;
}

// Everything is run before the first test is defined: the folder goes when the tests that are known have ended.
const results = [];
for (const [entry, file] of Object.entries(files)) results.push([entry, await resultsOf(file)]);
const found = await evaluations();

for (const [entry, { answer, complaints }] of results) {
  judge(`Chromium, ${entry}`, answer);
  test(`Chromium has nothing to complain about ${entry}`, () => assert.deepEqual(complaints, []));
}

test("the policy of these pages is one that forbids eval", () => assert.deepEqual(found, ["EvalError", "EvalError"]));
