// The JSON Schema 2020-12 suite, against `validate --batch`. The folder `optional` counts apart; `optional/format` is
// asked with format assertion. Remote documents are given, never fetched.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { parse, write } from './exact_json.mjs';

const HOST = 'http://localhost:1234/';

const jsonFiles = (below) =>
    readdirSync(below, { recursive: true })
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(below, name));
const read = (file) => parse(readFileSync(file, 'utf8'));
const isOtherDraft = (name) => /^draft(?!2020-12)/.test(name);

function casesOf(file, name, documents) {
    const optional = name.startsWith('optional/');
    const asserted = name.startsWith('optional/format/');
    return read(file).flatMap((group) => {
        const schema = write(group.get('schema'));
        const wants = schema.includes(HOST);
        return group.get('tests').map((one) => ({
            group: optional ? name : 'required',
            optional,
            name: `${name}: ${group.get('description')}: ${one.get('description')}`,
            command: 'validate',
            line: write({
                schema: group.get('schema'),
                data: one.get('data'),
                documents: wants ? documents : undefined,
                format_assertion: asserted ? true : undefined,
            }),
            judge: (answer) => (parse(answer).get('valid') === one.get('valid') ? '' : answer.slice(0, 200)),
        }));
    });
}

export const title = 'json-schema';

export function cases(folder) {
    const tests = join(folder, 'tests/draft2020-12');
    const remotes = join(folder, 'remotes');
    const documents = Object.fromEntries(
        jsonFiles(remotes)
            .filter((file) => !isOtherDraft(relative(remotes, file)))
            .map((file) => [HOST + relative(remotes, file), read(file)]));
    return jsonFiles(tests).flatMap((file) => casesOf(file, relative(tests, file).replace('.json', ''), documents));
}
