// Signed deliveries and handshakes: lines of `verify --batch` with the verdict that is expected.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './builds.mjs';
import { canonical, parse } from './exact_json.mjs';

const catalogue = new Set(readdirSync(`${root}core/schemes`).map((file) => file.replace('.json', '')));

/** A scheme that is to be unknown needs no document. */
const isKnown = (line) =>
    catalogue.has(line.get('scheme')) || line.get('expect').get('reason') === 'scheme_unknown';

const lowerNames = (headers) => new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));

function sameResponse(actual, expected) {
    if (expected === null || actual === undefined) return (actual ?? null) === expected;
    for (const name of ['status', 'body', 'fetch', 'store_key'])
        if (canonical(actual.get(name) ?? null) !== canonical(expected.get(name) ?? null)) return false;
    return canonical(lowerNames(actual.get('headers'))) === canonical(lowerNames(expected.get('headers')));
}

function judge(line, answer) {
    const verdict = parse(answer);
    if (canonical(verdict) !== answer) return 'not in canonical form';
    const expected = line.get('expect');
    if (verdict.get('case') !== line.get('case')) return 'another case';
    if (expected.has('response'))
        return sameResponse(verdict.get('response'), expected.get('response')) ? '' : answer.slice(0, 200);
    const same = ['valid', 'reason', 'id'].every((name) => verdict.get(name) === expected.get(name));
    return same ? '' : answer.slice(0, 200);
}

/** The files of a folder of vectors, and of the handshakes beside them or above. */
function files(folder) {
    const vectors = existsSync(join(folder, 'vectors')) ? join(folder, 'vectors') : folder;
    const all = readdirSync(vectors).filter((file) => file.endsWith('.jsonl')).map((file) => join(vectors, file));
    return vectors === folder ? all : [...all, join(folder, 'challenges.jsonl')];
}

export const title = 'webhooks';
export const ownFolder = 'tests/vectors/webhooks';

export function cases(folder) {
    return files(folder).sort().flatMap((file) =>
        readFileSync(file, 'utf8').split('\n').filter(Boolean).map((text) => {
            const line = parse(text);
            return {
                group: file.endsWith('challenges.jsonl') ? 'handshakes' : 'deliveries',
                name: line.get('case'),
                command: 'verify',
                line: text,
                judge: (answer) => judge(line, answer),
                outside: isKnown(line) ? undefined : 'not in the catalogue',
            };
        }));
}
