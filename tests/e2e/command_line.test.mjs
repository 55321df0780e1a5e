// The commands that need no server.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { run, temporary } from './programs.mjs';
import { configs } from './world.mjs';

const lines = (values) => values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
const read = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const now = 1_770_000_000;
function delivery(body) {
    const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`msg_1.${now}.${body}`).digest('base64');
    return { 'webhook-id': 'msg_1', 'webhook-timestamp': String(now), 'webhook-signature': `v1,${mac}` };
}

test('verify answers yes and no with its exit code', async (t) => {
    const folder = await temporary(t);
    const at = (name) => join(folder, name);
    await writeFile(at('body'), '{"a":1}');
    await writeFile(at('headers'), JSON.stringify(delivery('{"a":1}')));
    const args = ['verify', '--scheme', 'standardwebhooks_v1', '--secret', secret, '--url', '/hook', '--headers', at('headers'), '--body', at('body')];
    const good = await run([...args, '--now', String(now)]);
    assert.deepEqual([good.code, good.out], [0, `{"id":"msg_1","timestamp":${now},"valid":true}\n`], good.err);
    const late = await run([...args, '--now', String(now + 301)]);
    assert.equal(late.code, 1);
    assert.equal(JSON.parse(late.out).reason, 'timestamp_outside_window');
    assert.equal((await run(['verify'])).code, 2);
    assert.equal((await run([...args, '--headers', at('none')])).code, 2);
});

test('batches answer every line in order and exit with 0', async () => {
    const verify = await run(['verify', '--batch', '-'], { input: lines([
        { case: 'a', scheme: 'standardwebhooks_v1', secret, method: 'POST', url: '/', headers: delivery('x'), body_base64: Buffer.from('x').toString('base64'), now_unix: now },
        'not json', { case: 'c', scheme: 'nobody', secret, method: 'POST', url: '/', headers: {}, body_base64: '', now_unix: now }]) });
    assert.equal(verify.code, 0, verify.err);
    const [good, unreadable, unknown] = read(verify.out);
    assert.deepEqual(good, { case: 'a', id: 'msg_1', timestamp: now, valid: true });
    assert.ok(unreadable.error.code);
    assert.deepEqual(unknown, { case: 'c', reason: 'scheme_unknown', valid: false });

    const preview = await run(['preview', '--batch', '-'], { input: lines([
        { config: configs.airtable, submission: { name: 'x' } }, '[]', { config_text: '{', submission: {} }]) });
    assert.equal(preview.code, 0, preview.err);
    const [document, error, broken] = read(preview.out);
    assert.equal(document.request.headers.authorization, 'Bearer ***');
    assert.ok(error.error.code);
    assert.equal(broken.errors[0].code, 'invalid_json');

    const render = await run(['render', '--batch', '-'], { input: lines([
        { template: 'Hi {{name}}', data: { name: '<b>' } }, { template: 'Hi {{name}}', data: { name: '<b>' }, escape: 'html' }, { template: '{{#a}}', data: {} }]) });
    assert.deepEqual(read(render.out).map(({ text, error: failed }) => text ?? failed.code), ['Hi <b>', 'Hi &lt;b&gt;', 'template_syntax']);

    const validate = await run(['validate', '--batch', '-'], { input: lines([
        { schema: { type: 'integer' }, data: 1 }, { schema: { type: 'integer' }, data: 'x' }, { schema: { type: 'x' }, data: 1 }]) });
    assert.equal(validate.code, 0, validate.err);
    const [yes, no, bad] = read(validate.out);
    assert.deepEqual(yes, { errors: [], valid: true });
    assert.equal(no.errors[0].keyword_location, '/type');
    assert.equal(bad.error.code, 'schema_malformed');
});

test('preview takes a config or a stored integration', async (t) => {
    const folder = await temporary(t);
    const at = (name) => join(folder, name);
    await writeFile(at('config'), JSON.stringify(configs.airtable));
    await writeFile(at('stored'), JSON.stringify({ id: 'x', version: 1, config: configs.airtable }));
    await writeFile(at('answers'), JSON.stringify({ name: 'Ada' }));
    const [plain, stored] = await Promise.all(['config', 'stored'].map((name) => run(['preview', '--integration', at(name), '--submission', at('answers')])));
    assert.equal(plain.code, 0, plain.err);
    assert.equal(stored.out, plain.out);
    await writeFile(at('answers'), '[]');
    assert.equal((await run(['preview', '--integration', at('config'), '--submission', at('answers')])).code, 1);
    assert.equal((await run(['preview', '--integration', at('none'), '--submission', at('answers')])).code, 2);
});

test('validate and render take files', async (t) => {
    const folder = await temporary(t);
    const at = (name) => join(folder, name);
    await writeFile(at('schema'), '{"required":["a"]}');
    await writeFile(at('data'), '{"a":"<b>"}');
    await writeFile(at('empty'), '{}');
    await writeFile(at('template'), 'a={{a}}');
    assert.equal((await run(['validate', '--schema', at('schema'), '--data', at('data')])).code, 0);
    assert.equal((await run(['validate', '--schema', at('schema'), '--data', at('empty')])).code, 1);
    assert.equal((await run(['validate', '--schema', at('template'), '--data', at('empty')])).code, 2);
    assert.equal((await run(['render', '--template', at('template'), '--data', at('data'), '--escape', 'html'])).out, 'a=&lt;b&gt;');
});

test('the catalogue is shown and checked', async () => {
    const list = JSON.parse((await run(['providers'])).out);
    assert.ok(list.providers.some(({ id }) => id === 'slack'));
    assert.equal(JSON.parse((await run(['providers', 'slackbot'])).out).id, 'slack');
    assert.equal((await run(['providers', 'nobody'])).code, 1);
    const lint = await run(['providers', 'lint']);
    assert.equal(lint.code, 0, lint.out);
    assert.equal(JSON.parse(lint.out).valid, true);
});

test('a folder of provider documents is checked with pointers', async (t) => {
    const folder = await temporary(t);
    const document = JSON.parse((await run(['providers', 'airtable'])).out);
    await writeFile(join(folder, 'mine.json'), JSON.stringify({ ...document, id: 'mine', aliases: [], surprise: 1 }));
    const lint = await run(['providers', 'lint', folder]);
    assert.equal(lint.code, 1);
    assert.ok(JSON.parse(lint.out).files[0].findings.some(({ pointer }) => pointer === '/surprise'));
});

test('keys are generated', async (t) => {
    const [a, b] = await Promise.all([run(['keys', 'generate']), run(['keys', 'generate'])]);
    assert.match(JSON.parse(a.out).root_key, /^[0-9a-f]{64}$/);
    assert.notEqual(a.out, b.out);
    const file = join(await temporary(t), 'root.key');
    assert.equal((await run(['keys', 'generate', '--out', file])).code, 0);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await run(['keys', 'generate', '--out', file])).code, 3);
});

test('help is help and the rest is a usage error', async () => {
    for (const args of [['--help'], ['serve', '--help'], ['verify', '--help'], ['providers', 'lint', '--help']])
        assert.equal((await run(args)).code, 0, args.join(' '));
    for (const args of [[], ['nonsense'], ['verify', '--nonsense'], ['backup', 'x'], ['keys', 'rotate'], ['webhook']])
        assert.equal((await run(args)).code, 2, args.join(' '));
});
