// Random cases get the same bytes from every build. One seed is fixed; the other is new each time and printed, so that a
// difference can be looked at again: TENON_SEED=N.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";

import { builtPrograms, run } from "./programs.mjs";
import { randomLines } from "./random_lines.mjs";

const LINES = 300;
const names = builtPrograms();
const seeds = [20260101, Number(process.env.TENON_SEED ?? randomInt(2 ** 31))];

function answersOf(name, command, lines) {
  const input = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
  const { status, stdout, stderr } = run(name, [command, "--batch", "-"], input);
  assert.equal(status, 0, `${name}: ${stderr}`);
  const answers = stdout.toString().split("\n").slice(0, -1);
  assert.equal(answers.length, lines.length, name);
  return answers;
}

test("a seed gives the same lines again, another seed others", () => {
  assert.deepEqual(randomLines(1, 5), randomLines(1, 5));
  assert.notDeepEqual(randomLines(1, 5), randomLines(2, 5));
});

for (const seed of seeds)
  for (const [command, lines] of Object.entries(randomLines(seed, LINES)))
    test(`${command}: ${lines.length} random lines, seed ${seed}, get the same bytes from every build`, () => {
      const [expected, ...others] = names.map((name) => answersOf(name, command, lines));
      const kinds = new Set(expected);
      assert.ok(kinds.size > 20, `only ${kinds.size} different answers: the lines ask too little`);
      for (const [i, answers] of others.entries())
        for (const [at, answer] of answers.entries())
          assert.equal(answer, expected[at], `${names[i + 1]} differs from ${names[0]} for\n${lines[at]}`);
    });
