// An example that is true: a delivery of the test vectors, whose verdict the tests know.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { settings } from './words.mjs';

const LONGEST_BODY = 400;

const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
const is_printable = (text) => !/[\p{Cc}\u{fffd}]/u.test(text);

function body_of(line) {
    return Buffer.from(line.body_base64 ?? '', 'base64').toString('utf8');
}

function is_short(line) {
    const body = body_of(line);
    return body.length <= LONGEST_BODY && is_printable(body) && Object.values(line.headers).every((value) => typeof value === 'string');
}

/** A genuine delivery of the scheme's vectors that can be shown, without what the tests expect; or undefined. */
export function genuine_delivery(root, id) {
    const file = join(root, 'tests/vectors/webhooks', `${id}.jsonl`);
    if (!existsSync(file)) return undefined;
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').map((text) => JSON.parse(text));
    const shown = lines.filter((line) => line.expect.valid && line.expect.response === undefined && is_short(line));
    const found = shown.find((line) => line.body_base64) ?? shown[0];
    if (found === undefined) return undefined;
    const { case: name, expect, ...delivery } = found;
    return delivery;
}

/** Whether the sender has the key that signs. */
function is_symmetric(algorithm, jwt) {
    return algorithm === 'jwt' ? jwt.algs.some((name) => name.startsWith('HS')) : /^(hmac-|shared-token$|sha256-prefix$)/.test(algorithm);
}

/** Whether `tenon webhook send` can sign: a MAC or token in a header, one key, and nothing that only the provider writes. */
export function can_be_sent({ algorithm, jwt, signature, each, key = {}, timestamp, check, message = [] }) {
    const parts = JSON.stringify([message, check]);
    const fields = [...parts.matchAll(/\bsig:\w+/g)].map((match) => match[0]);
    return is_symmetric(algorithm, jwt) && signature.from === 'header' && !each &&
        !(key.lookup && !key.lookup_optional) && !/^(json|form):/.test(timestamp?.from ?? '') &&
        !/"(json|form|query):/.test(parts) && fields.every((field) => field === timestamp?.from);
}

function curl(line) {
    const headers = Object.entries(line.headers).map(([name, value]) => `  -H ${quote(`${name}: ${value}`)} \\`);
    return [`curl -X ${line.method} ${quote(line.url)} \\`, ...headers, `  --data-binary ${quote(body_of(line))}`].join('\n');
}

/** For schemes whose vectors hold nothing that can be shown: where the signature goes. */
function curl_outline({ signature: { from, name, names, name_pattern, prefix = '' } }) {
    const header = name ?? names?.[0] ?? name_pattern?.replace(/\{.*/, '1') ?? 'Signature';
    const signed = from === 'header' ? [`  -H ${quote(`${header}: ${prefix}SIGNATURE`)} \\`] : [];
    return ["curl -X POST 'https://hooks.example.com/in' \\", ...signed, '  --data-binary @event.json'].join('\n');
}

/** What the delivery is genuine under; keys, and secrets that are keys, stand in the line that is verified. */
function under({ secret, secrets = secret === undefined ? [] : [secret] }) {
    const is_short_text = secrets.length > 0 && secrets.every((one) => one.length <= 120 && is_printable(one));
    return is_short_text ? `under the secret ${secrets.map((one) => `\`${one}\``).join(', ')}` : 'under the key of the line below';
}

/** The example's section of a page. */
export function example(root, scheme) {
    const line = genuine_delivery(root, scheme.id);
    const text = [];
    if (line) {
        text.push(`A genuine delivery ${under(line)} at the Unix time ${line.now_unix}:`, '', '```sh', curl(line), '```', '',
            'The same, verified offline (exit code 0, `"valid":true`):', '', '```sh',
            `echo ${quote(JSON.stringify(line))} | tenon verify --batch -`, '```', '');
    } else {
        const inside = scheme.signature.from === 'header' ? '' : `; the signature is inside the ${scheme.signature.from === 'form' ? 'form' : 'body'}`;
        text.push(`A delivery looks like this${inside}:`, '', '```sh', curl_outline(scheme), '```', '');
    }
    if (can_be_sent(scheme)) {
        const { signature, message, key, require } = scheme;
        const needs_config = settings({ signature, message, key, require }).some((name) => name !== 'url'); // the URL is a flag
        const config = needs_config ? ' --config config.json' : '';
        text.push('A test event of your own, signed now:', '', '```sh',
            `tenon webhook send --scheme ${scheme.id} --secret-file secret.txt${config} --url http://127.0.0.1:3000/hook --body event.json`, '```', '');
    }
    return ['## Example', '', ...text];
}
