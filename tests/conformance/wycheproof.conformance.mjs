// Wycheproof, against the crypto port of each build: OpenSSL natively, BearSSL in both WebAssembly builds. A line of
// the test program names a primitive and its inputs in hex. What Wycheproof calls "acceptable" may be answered either
// way, but the backends must agree on it as on everything.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const HASHES = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };

/** The answer is the whole MAC; Wycheproof gives its first `tagSize` bits. */
const mac = (hash) => (one, group) => ({
    line: `hmac ${hash} ${one.key || '-'} ${one.msg || '-'}`,
    holds: (answer) => answer.startsWith(one.tag) && one.tag.length * 4 === group.tagSize,
});

const signature = (kind) => (one, group) => ({
    line: `${kind} ${HASHES[group.sha] ?? 'sha512'} ${group.publicKeyDer} ${one.msg || '-'} ${one.sig || '-'}`,
    holds: (answer) => answer === 'true',
});

// One line a type of test; a type without line is counted as outside.
const SIGNATURES = {
    RsassaPkcs1Verify: signature('rsa'),
    EcdsaVerify: signature('ecdsa_der'),
    EcdsaP1363Verify: signature('ecdsa'),
    EddsaVerify: signature('ed25519'),
};
const MACS = {
    HMACSHA1: mac('sha1'),
    HMACSHA256: mac('sha256'),
    HMACSHA384: mac('sha384'),
    HMACSHA512: mac('sha512'),
};

const primitiveOf = (suite) => MACS[suite.algorithm] ?? SIGNATURES[suite.testGroups[0].type];

function judge(one, question, answer) {
    if (answer === 'unknown' || answer === 'malformed') return `the program does not take the line: ${answer}`;
    if (one.result === 'acceptable') return '';
    const holds = question.holds(answer);
    return holds === (one.result === 'valid') ? '' : `${one.result}, answered ${answer.slice(0, 60)}`;
}

function casesOf(file, folder) {
    const suite = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const primitive = primitiveOf(suite);
    return suite.testGroups.flatMap((group) =>
        group.tests.map((one) => {
            const question = primitive?.(one, group) ?? { line: 'none' };
            return {
                group: file.replace('_test.json', ''),
                name: `${file} ${one.tcId}: ${one.comment}`,
                command: 'primitive',
                line: question.line,
                judge: (answer) => judge(one, question, answer),
                outside: primitive ? undefined : 'not in the crypto port',
            };
        }));
}

export const title = 'wycheproof';

export function cases(folder) {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
        .filter((name) => name.endsWith('_test.json'))
        .sort()
        .flatMap((file) => casesOf(file, folder));
}
