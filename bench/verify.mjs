// Verifying one delivery: the WebAssembly module behind @tenon/edge and the native core, against the providers' own packages
// and the bare MAC. Sizes and instantiation of the modules as well. needs: wasi, npm
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { verify as octokit_verify } from '@octokit/webhooks-methods';
import * as standard from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as Svix } from 'svix';
import twilio from 'twilio';

import { instantiate } from '../edge/core.js';
import { createVerifier } from '../edge/index.js';
import { interleaved, native_core, print_machine, print_table } from './load/compare.mjs';
import { spread } from './load/measure.mjs';

const { verifySlackRequest } = createRequire(import.meta.url)('@slack/bolt/dist/receivers/verify-request.js');
const stripe = new Stripe('sk_test_x');
const secret = 'whsec_bench';
const base64_key = Buffer.alloc(24, 5).toString('base64');
const time = Math.floor(Date.now() / 1000);
const native = await native_core();
const modules = readdirSync('edge/dist').filter((name) => name.endsWith('.wasm')).sort();
const schemes = JSON.parse(readFileSync('edge/dist/schemes.json', 'utf8'));

function body_of(size) {
    const start = '{"id":"evt_1","object":"event","type":"checkout.session.completed","note":"';
    return `${start}${'n'.repeat(size - start.length - 2)}"}`;
}

/** The same body with another last letter. */
const altered = (body) => `${body.slice(0, -3)}m"}`;

const hmac = (body, key = secret) => createHmac('sha256', key).update(body);

/** Ours for a scheme: the package's own call, a plain request in, a verdict out. */
async function ours(name, scheme, key, headers, body) {
    const verifier = await createVerifier({ scheme, secret: key });
    const bytes = Buffer.from(body), wrong = Buffer.from(altered(body));
    const request = (content) => ({ method: 'POST', url: '/hook', headers, body: content });
    const verdict = async (content) => (await verifier.verify(request(content))).valid;
    return { name, right: () => verdict(bytes), wrong: () => verdict(wrong) };
}

function stripe_rows(body) {
    const header = `t=${time},v1=${hmac(`${time}.${body}`).digest('hex')}`;
    const bytes = Buffer.from(body), wrong = Buffer.from(altered(body));
    const bare = (content) => timingSafeEqual(hmac(`${time}.`).update(content).digest(), Buffer.from(header.split('v1=')[1], 'hex'));
    return [
        { name: 'node:crypto alone (the limit in Node)', right: () => bare(bytes), wrong: () => bare(wrong) },
        ours('@tenon/edge, stripe', 'stripe', secret, { 'stripe-signature': header }, body),
        { name: 'stripe constructEvent (and parses)', right: () => stripe.webhooks.constructEvent(bytes, header, secret), wrong: () => stripe.webhooks.constructEvent(wrong, header, secret) },
    ];
}

function standard_rows(body) {
    const signer = new standard.Webhook(base64_key), svix = new Svix(base64_key);
    const signature = signer.sign('msg_1', new Date(time * 1000), body);
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': `${time}`, 'webhook-signature': signature };
    const svix_headers = { 'svix-id': 'msg_1', 'svix-timestamp': `${time}`, 'svix-signature': signature };
    return [
        ours('@tenon/edge, standardwebhooks_v1', 'standardwebhooks_v1', base64_key, headers, body),
        { name: 'standardwebhooks verify (and parses)', right: () => signer.verify(body, headers), wrong: () => signer.verify(altered(body), headers) },
        ours('@tenon/edge, svix_v1', 'svix_v1', base64_key, svix_headers, body),
        { name: 'svix verify (and parses)', right: () => svix.verify(body, svix_headers), wrong: () => svix.verify(altered(body), svix_headers) },
    ];
}

function github_rows(body) {
    const signature = `sha256=${hmac(body).digest('hex')}`;
    return [
        ours('@tenon/edge, github', 'github', secret, { 'x-hub-signature-256': signature }, body),
        { name: '@octokit/webhooks-methods verify', right: () => octokit_verify(secret, body, signature), wrong: () => octokit_verify(secret, altered(body), signature) },
    ];
}

function slack_rows(body) {
    const signature = `v0=${hmac(`v0:${time}:${body}`).digest('hex')}`;
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': `${time}` };
    const check = (content) => verifySlackRequest({ signingSecret: secret, body: content, headers: { ...headers, 'x-slack-request-timestamp': time } });
    return [
        ours('@tenon/edge, slack', 'slack', secret, headers, body),
        { name: '@slack/bolt verifySlackRequest', right: () => check(body), wrong: () => check(altered(body)) },
    ];
}

/** twilio signs the URL and the sorted form fields, with SHA-1: other work than the rest. */
function twilio_rows(size) {
    const fields = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`Field${i}`, 'v'.repeat(Math.floor(size / 20) - 9)]));
    const url = 'https://example.com/sms';
    const text = url + Object.keys(fields).sort().map((name) => name + fields[name]).join('');
    const signature = createHmac('sha1', secret).update(text).digest('base64');
    const check = (given) => twilio.validateRequest(secret, signature, url, given);
    const rows = [{ name: 'twilio validateRequest (20 fields parsed before)', right: () => check(fields), wrong: () => check({ ...fields, Field1: 'other' }) }];
    if (schemes.twilio) rows.unshift(ours_of_form(signature, url, fields));
    return rows;
}

async function ours_of_form(signature, url, fields) {
    const verifier = await createVerifier({ scheme: 'twilio', secret, url });
    const headers = { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' };
    const verdict = async (body) => (await verifier.verify({ method: 'POST', url, headers, body })).valid;
    const right = Buffer.from(`${new URLSearchParams(fields)}`), wrong = Buffer.from(`${new URLSearchParams({ ...fields, Field1: 'other' })}`);
    return { name: '@tenon/edge, twilio (parses the form)', right: () => verdict(right), wrong: () => verdict(wrong) };
}

/** The native core beside OpenSSL's MAC, measured by a program of their own in the same rounds. */
function native_rows(size) {
    let last;
    return [
        { name: 'OpenSSL EVP_MAC reused (native)', right: () => true, each: async () => (last = await native('verify', 'core/schemes/stripe.json', `${size}`)).limit_us },
        { name: 'native core, stripe', right: () => true, each: async () => last.ours_us },
    ];
}

function print_sizes() {
    console.log('\nmodule            bytes     gzip   brotli');
    for (const name of modules) {
        const bytes = readFileSync(`edge/dist/${name}`);
        const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
        console.log(name.padEnd(17), ...[bytes, gzipSync(bytes, { level: 9 }), brotli].map((packed) => String(packed.length).padStart(8)));
    }
}

/** Wall time from bytes to a core that answers, and from an already compiled module, as Workers have it. */
async function print_instantiation() {
    console.log('\ninstantiation, wall ms, 15 times: from bytes; from a compiled module');
    for (const name of modules) {
        const bytes = readFileSync(`edge/dist/${name}`), compiled = new WebAssembly.Module(bytes);
        const took = [[], []];
        for (let i = 0; i < 15; ++i)
            for (const [at, source] of [bytes, compiled].entries()) {
                const start = performance.now();
                const core = await instantiate(source);
                took[at].push(performance.now() - start);
                if (!core.isUsable) throw new Error(`${name} can't be used`);
            }
        console.log(name.padEnd(17), took.map((values) => spread(values, 2)).join('   '));
    }
}

print_machine();
print_sizes();
await print_instantiation();
for (const size of [1024, 10240]) {
    const body = body_of(size);
    const rows = await Promise.all([...stripe_rows(body), ...standard_rows(body), ...github_rows(body), ...slack_rows(body), ...twilio_rows(size), ...native_rows(size)]);
    print_table(`one delivery of ${size} bytes`, await interleaved(rows), 'OpenSSL EVP_MAC reused (native)');
}
