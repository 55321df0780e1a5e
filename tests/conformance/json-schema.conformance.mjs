// The JSON Schema 2020-12 suite, against `validate --batch`. The folder `optional` counts apart; `optional/format` is
// asked with format assertion. usage: json-schema.conformance.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

import { report } from './batch.mjs';

const HOST = 'http://localhost:1234/';
const folder = process.argv[2];
const tests = join(folder, 'tests/draft2020-12');
const remotes = join(folder, 'remotes');

const jsonFiles = (below) =>
    readdirSync(below, { recursive: true })
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(below, name));
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isOtherDraft = (name) => /^draft(?!2020-12)/.test(name);

const documents = Object.fromEntries(
    jsonFiles(remotes)
        .filter((file) => !isOtherDraft(relative(remotes, file)))
        .map((file) => [HOST + relative(remotes, file), read(file)]));

function casesOf(file) {
    const name = relative(tests, file).replace('.json', '');
    const format = name.startsWith('optional/format/');
    return read(file).flatMap(({ schema, description, tests: instances }) => {
        const wants = JSON.stringify(schema).includes(HOST) || basename(file) === 'refRemote.json';
        return instances.map((one) => ({
            group: name,
            optional: name.startsWith('optional/'),
            name: `${description}: ${one.description}`,
            expected: one.valid,
            line: {
                schema,
                data: one.data,
                ...(wants ? { documents } : {}),
                ...(format ? { format_assertion: true } : {}),
            },
        }));
    });
}

const cases = jsonFiles(tests).sort().flatMap(casesOf);
const agreed = report('json-schema', cases, (one, answer) => answer.valid === one.expected, 'validate');
process.exitCode = agreed ? 0 : 1;
