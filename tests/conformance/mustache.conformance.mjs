// The Mustache specification's own suite, against `render --batch`. Files whose name starts with ~ are optional.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse, write } from './exact_json.mjs';

export const title = 'mustache';

export function cases(folder) {
    return readdirSync(folder).filter((name) => name.endsWith('.json')).sort().flatMap((file) =>
        parse(readFileSync(join(folder, file), 'utf8')).get('tests').map((one) => ({
            group: file.replace('.json', ''),
            optional: file.startsWith('~'),
            name: one.get('name'),
            command: 'render',
            line: write({
                template: one.get('template'),
                data: one.get('data'),
                partials: one.get('partials') ?? {},
                escape: 'html',
            }),
            judge: (answer) => (parse(answer).get('text') === one.get('expected') ? '' : answer.slice(0, 200)),
        })));
}
