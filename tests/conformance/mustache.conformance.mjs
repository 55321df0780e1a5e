// The Mustache specification's own suite, against `render --batch`. Files whose name starts with ~ are optional.
// usage: mustache.conformance.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { report } from './batch.mjs';

const folder = process.argv[2];
const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((file) =>
        JSON.parse(readFileSync(join(folder, file), 'utf8')).tests.map((one) => ({
            group: file.replace('.json', ''),
            optional: file.startsWith('~'),
            name: one.name,
            expected: one.expected,
            line: { template: one.template, data: one.data, partials: one.partials ?? {}, escape: 'html' },
        })));

const agreed = report('mustache', cases, (one, answer) => answer.text === one.expected, 'render');
process.exitCode = agreed ? 0 : 1;
