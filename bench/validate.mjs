// Validating a form of 20 fields with JSON Schema 2020-12, text in: the core in WebAssembly and natively, which read schema and
// data on every call, against ajv with the schema compiled once, and against ajv compiling it on every call. needs: wasi, npm
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { instantiate } from '../edge/core.js';
import { interleaved, native_core, print_machine, print_table } from './load/compare.mjs';

const kinds = [
    [{ type: 'string', minLength: 1, maxLength: 200 }, 'Ada Lovelace'],
    [{ type: 'string', format: 'email' }, 'ada@example.com'],
    [{ type: 'integer', minimum: 0, maximum: 150 }, 36],
    [{ enum: ['a', 'b', 'c'] }, 'b'],
    [{ type: 'boolean' }, true],
];
const names = Array.from({ length: 20 }, (_, i) => `f${i}`);
const schema = {
    type: 'object', required: names, additionalProperties: false,
    properties: Object.fromEntries(names.map((name, i) => [name, kinds[i % kinds.length][0]])),
};
const good = Object.fromEntries(names.map((name, i) => [name, kinds[i % kinds.length][1]]));
const bad = [{ ...good, f0: '' }, { ...good, f1: 'nobody' }, { ...good, f2: 151 }, { ...good, f3: 'd' }, { ...good, f4: 1 }, { ...good, more: 1 }];

const compile = () => formats(new Ajv2020({ allErrors: true })).compile(schema);
const compiled = compile();
const core = await instantiate(readFileSync('edge/dist/tenon_full.wasm'));
const native = await native_core();
const folder = mkdtempSync(join(tmpdir(), 'tenon-bench-'));
const line_of = (data) => JSON.stringify({ schema, data, format_assertion: true });
const is_valid = (answer) => answer.includes('"valid":true');

function contender(name, text_of, judge) {
    const text = text_of(good);
    return { name, right: () => judge(text), wrong: bad.map((data) => () => judge(text_of(data))) };
}

try {
    writeFileSync(join(folder, 'line.json'), line_of(good));
    print_machine();
    const reference = 'ajv, compiled once';
    print_table('20 fields', await interleaved([
        contender(reference, JSON.stringify, (text) => compiled(JSON.parse(text))),
        contender('ajv, compiled on each call', JSON.stringify, (text) => compile()(JSON.parse(text))),
        contender('core in WebAssembly, compiles on each call', line_of, (line) => is_valid(core.validate(line))),
        { name: 'core, native, compiles on each call', right: () => true, each: async () => (await native('validate', join(folder, 'line.json'))).ours_us },
    ]), reference);
} finally {
    rmSync(folder, { recursive: true });
}
