// Mapping cases: lines of `preview --batch` with what the answer must hold (tests/vectors/mapping/README.md).
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { Num, canonical, parse, resolve } from './exact_json.mjs';

/** Empty if `actual` holds everything of `expected`, else where it does not. */
function missing(actual, expected, at) {
    if (expected instanceof Map && actual instanceof Map) {
        for (const [name, wanted] of expected) {
            if (!actual.has(name)) return `${at}/${name} is missing`;
            const deeper = missing(actual.get(name), wanted, `${at}/${name}`);
            if (deeper) return deeper;
        }
        return '';
    }
    if (Array.isArray(expected) && Array.isArray(actual)) {
        if (expected.length !== actual.length) return `${at} has another length`;
        return expected.map((wanted, i) => missing(actual[i], wanted, `${at}/${i}`)).find(Boolean) ?? '';
    }
    return canonical(actual) === canonical(expected) ? '' : `${at} is ${canonical(actual).slice(0, 120)}`;
}

function inexact(answer, document, expected, exact) {
    if (exact === true) return answer === canonical(expected) ? '' : 'other bytes';
    for (const pointer of exact ?? []) {
        const [a, b] = [resolve(document, pointer), resolve(expected, pointer)];
        if (a === undefined || b === undefined || canonical(a) !== canonical(b)) return `${pointer} differs`;
    }
    return '';
}

function judge(line, answer) {
    const document = parse(answer);
    if (canonical(document) !== answer) return 'not in canonical form';
    const expected = line.get('expect');
    return missing(document, expected, '') || inexact(answer, document, expected, line.get('exact'));
}

export const title = 'mapping';
export const ownFolder = 'tests/vectors/mapping';

export function cases(folder) {
    return readdirSync(folder).filter((file) => file.endsWith('.jsonl')).sort().flatMap((file) =>
        readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean).map((text) => {
            const line = parse(text);
            if (line.get('case') instanceof Num) throw new Error(`${file}: a case without name`);
            return {
                group: basename(file, '.jsonl'),
                name: line.get('case'),
                command: 'preview',
                line: text,
                judge: (answer) => judge(line, answer),
            };
        }));
}
