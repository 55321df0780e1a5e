// The batches of the command lines: right answers, and the same bytes from every build.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { builtPrograms, root, run, vectors } from "./programs.mjs";

const names = builtPrograms();

function expectVerdict(line, verdict) {
  const { expect } = line;
  assert.equal(verdict.case, line.case);
  if (expect.response !== undefined) {
    assert.deepEqual(verdict.response ?? null, expect.response, line.case);
    return;
  }
  assert.equal(verdict.valid, expect.valid, line.case);
  assert.equal(verdict.reason, expect.reason, line.case);
  assert.equal(verdict.id, expect.id, line.case);
}

test("every vector and handshake gets its verdict, with the same bytes from every build", () => {
  const lines = vectors();
  const input = `${lines.join("\n")}\n`;
  const answers = names.map((name) => run(name, ["verify", "--batch", "-"], input));
  for (const [i, answer] of answers.entries()) {
    assert.equal(answer.status, 0, `${names[i]}: ${answer.stderr}`);
    assert.ok(answer.stdout.equals(answers[0].stdout), `${names[i]} answers other bytes than ${names[0]}`);
  }
  const verdicts = answers[0].stdout.toString().trimEnd().split("\n");
  assert.equal(verdicts.length, lines.length);
  assert.ok(lines.length > 1000);
  for (const [i, line] of lines.entries()) expectVerdict(JSON.parse(line), JSON.parse(verdicts[i]));
});

const odd = {
  verify: ["", "{", "[]", "{}", '{"scheme":"github"}', '{"scheme":"github","now_unix":1,"case":"\u00e9"}', "\r", '{"scheme":"github","now_unix":1}\r'],
  preview: ["{", "[]", "{}", '{"config_text":"{","submission":{}}', '{"config_base64":"!","submission":{}}',
    '{"config":{"provider":"none","action":"x","field_mappings":{}},"submission":{"a":1}}'],
  validate: ["{", "{}", '{"schema":true,"data":1}', '{"schema":{"type":"string"},"data":1}', '{"schema":{"type":"strin"},"data":1}',
    '{"schema":{"$ref":"https://example.com/x"},"data":1}', '{"schema":{"pattern":"(?=a)"},"data":"a"}',
    '{"schema":{"$ref":"https://example.com/x"},"data":"a","documents":{"https://example.com/x":{"maxLength":0}}}'],
  render: ["{", "{}", '{"template":"{{a}}","data":{"a":"<1>"},"escape":"html"}', '{"template":"{{#a}}","data":{}}',
    '{"template":"{{>p}}","data":{"n":1.50},"partials":{"p":"[{{n}}]"}}'],
};

for (const [command, lines] of Object.entries(odd))
  test(`${command} answers odd lines with the same bytes from every build`, () => {
    const answers = names.map((name) => run(name, [command, "--batch", "-"], lines.join("\n")));
    const expected = lines.filter((line) => line !== "" && line !== "\r").length;
    assert.equal(answers[0].stdout.toString().trimEnd().split("\n").length, expected);
    for (const [i, answer] of answers.entries()) {
      assert.equal(answer.status, 0, answer.stderr);
      assert.equal(answer.stdout.toString(), answers[0].stdout.toString(), names[i]);
    }
  });

function jsonlFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".jsonl")).map((file) => `${folder}/${file}`);
}

/** The command that a vector of the mapping rules belongs to. */
function commandOf(line) {
  if (line.template !== undefined) return "render";
  return line.submission !== undefined || line.submission_text !== undefined || line.submission_base64 !== undefined ? "preview" : undefined;
}

test("the mapping vectors get the same bytes from every build", () => {
  const batches = { preview: [], render: [] };
  for (const file of jsonlFiles(`${root}tests/vectors/mapping`))
    for (const text of readFileSync(file, "utf8").trimEnd().split("\n")) {
      const command = commandOf(JSON.parse(text));
      if (command) batches[command].push(text);
    }
  assert.ok(batches.preview.length > 0, "no mapping vectors");
  for (const [command, lines] of Object.entries(batches)) {
    if (lines.length === 0) continue;
    const answers = names.map((name) => run(name, [command, "--batch", "-"], lines.join("\n")));
    for (const [i, answer] of answers.entries()) {
      assert.equal(answer.status, 0, answer.stderr);
      assert.ok(answer.stdout.equals(answers[0].stdout), `${command}: ${names[i]}`);
    }
    assert.equal(answers[0].stdout.toString().trimEnd().split("\n").length, lines.length);
  }
});
