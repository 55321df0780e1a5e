// A preview of 100 mapped fields, text in and text out: the core in WebAssembly and natively, against mustache, ajv and lodash
// doing the same mapping. The JavaScript side compiles schema and template once; the core reads its whole line, integration
// config included, on every call, and its document also tells of every field what was done to it. needs: wasi, npm
import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020.js';
import lodash from 'lodash';
import mustache from 'mustache';

import { instantiate } from '../edge/core.js';
import { interleaved, native_core, print_machine, print_table } from './load/compare.mjs';

const FIELDS = 100;
const kinds = [
    { type: 'string', transform: 'trim', given: (i) => `  text ${i}  `, convert: (value) => lodash.trim(value) },
    { type: 'number', given: () => ' 1234.50 ', convert: number },
    { type: 'date', given: () => '2026-11-21', convert: date },
    { type: 'boolean', given: () => 'yes', convert: (value) => /^(yes|true|1|on)$/i.test(value) },
];
const names = Array.from({ length: FIELDS }, (_, i) => `q${i}`);
const kind_of = (i) => kinds[i % kinds.length];

function number(value) {
    const read = Number(value.trim());
    if (!Number.isFinite(read)) throw new Error(`no number: ${value}`);
    return read;
}

function date(value) {
    const read = new Date(value);
    if (Number.isNaN(read.getTime())) throw new Error(`no date: ${value}`);
    return read.toISOString().slice(0, 10);
}

const submission = Object.fromEntries(names.map((name, i) => [name, kind_of(i).given(i)]));
const schema = { type: 'object', required: names, properties: Object.fromEntries(names.map((name) => [name, { type: 'string', maxLength: 200 }])), additionalProperties: false };
const template = 'Order {{q0}} of {{q1}} on {{q2}}, agreed: {{q3}}, ships to {{q4}}';
const config = {
    provider: 'generic', action: 'forward', target_config: {}, message_template: template,
    field_mappings: Object.fromEntries(names.map((name, i) => {
        const { type, transform } = kind_of(i);
        return [name, { target: `/properties/p${i}`, type, ...(transform && { transform }) }];
    })),
};
const action = {
    method: 'POST', base: 'https://hooks.example.test', path: '/in', auth: { kind: 'none' }, headers: { 'content-type': 'application/json' },
    body: { type: 'form.submitted', text: { $value: '/message' }, data: { $value: '/target' } },
};

const mapping = names.map((name, i) => ({ from: name, to: ['properties', `p${i}`], convert: kind_of(i).convert }));
const compile = () => new Ajv2020({ allErrors: true }).compile(schema);
mustache.parse(template);
const unescaped = { escape: (text) => text };

/** Submission text in, request text out; `check` is the compiled schema, if there is one. */
function in_javascript(text, check) {
    const given = JSON.parse(text);
    if (check && !check(given)) throw new Error(JSON.stringify(check.errors[0]));
    const data = {};
    const said = {};
    for (const { from, to, convert } of mapping) lodash.set(data, to, (said[from] = convert(lodash.get(given, from))));
    const message = mustache.render(template, said, undefined, unescaped);
    return JSON.stringify({ method: 'POST', url: 'https://hooks.example.test/in', headers: action.headers, body: { type: 'form.submitted', text: message, data } });
}

const core = await instantiate(readFileSync('edge/dist/tenon_full.wasm'));
const native = await native_core();
const folder = mkdtempSync(join(tmpdir(), 'tenon-bench-'));
const text = JSON.stringify(submission);
const bad = { ...submission, q1: 'not a number' }; // refused by both: the conversion fails
const is_ok = (document) => JSON.parse(document).ok;
const prints_ok = (document) => document.includes('"ok":true');

/** Both make the same request, or nothing is measured. */
function same_request(line) {
    const ours = JSON.parse(core.preview(line)), theirs = JSON.parse(in_javascript(text));
    deepStrictEqual(ours.ok, true, JSON.stringify(ours.errors));
    deepStrictEqual(ours.request.body, theirs.body);
    deepStrictEqual([ours.request.method, ours.request.url], [theirs.method, theirs.url]);
    console.log(`line ${line.length} bytes, of which submission ${text.length}; document ${core.preview(line).length} bytes, of which request ${JSON.stringify(ours.request).length}`);
}

async function measure(title, extra, check) {
    const line_of = (given) => JSON.stringify({ config, submission: given, action, ...extra });
    const line = line_of(submission), file = join(folder, 'line.json');
    writeFileSync(file, line);
    same_request(line);
    const javascript = (name, checked) => ({ name, right: () => in_javascript(text, checked()).length > 0, wrong: () => in_javascript(JSON.stringify(bad), checked()).length > 0 });
    const reference = 'JavaScript, all prepared once';
    print_table(title, await interleaved([
        javascript(reference, () => check),
        ...(check ? [javascript('JavaScript, schema compiled on each call', compile)] : []),
        { name: 'core in WebAssembly', right: () => prints_ok(core.preview(line)), wrong: () => is_ok(core.preview(line_of(bad))) },
        { name: 'core, native', right: () => true, each: async () => (await native('preview', file)).ours_us },
    ]), reference);
}

try {
    print_machine();
    await measure(`preview of ${FIELDS} fields, no schema`, {}, undefined);
    await measure(`preview of ${FIELDS} fields, checked against a schema`, { schema }, compile());
} finally {
    rmSync(folder, { recursive: true });
}
