// What a client can get wrong, and what the answer says. Every answer is also validated against /openapi.json.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { Stage, suiteScope } from './programs.mjs';
import { configs, connect, makeForm } from './world.mjs';

const depth = (levels) => '['.repeat(levels) + ']'.repeat(levels);

describe('bad input', () => {
    const world = {};
    const scope = suiteScope();
    before(async () => {
        world.stage = await Stage.start(scope);
        world.client = world.stage.client;
        world.form = (await makeForm(world.client, [])).form;
    });
    const submissions = () => `/v1/forms/${world.form.id}/submissions`;

    test('an unknown route is 404, a wrong method 405 with Allow', async () => {
        assert.equal((await world.client.call('GET', '/v1/nowhere')).body.code, 'not_found');
        const answer = await world.client.call('DELETE', '/v1/forms');
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.get('allow'), 'GET, HEAD, POST');
    });

    test('a body of another content type is 415', async () => {
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'])
            for (const path of ['/v1/forms', submissions()])
                assert.equal((await world.client.call('POST', path, { body: '{}', type })).status, 415, `${path} ${type}`);
    });

    const unreadable = [
        ['cut short', '{"name":', 'invalid_json'],
        ['with a comment', '{"name":"x"/**/}', 'invalid_json'],
        ['with a trailing comma', '{"name":"x",}', 'invalid_json'],
        ['with NaN', '{"name":NaN}', 'invalid_json'],
        ['with a byte order mark', '\ufeff{"name":"x"}', 'invalid_json'],
        ['empty', '', 'invalid_json'],
        ['not UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]), 'invalid_unicode'],
        ['with a lone surrogate', '{"name":"\\ud800"}', 'invalid_unicode'],
        ['with U+0000', '{"name":"\\u0000"}', 'invalid_unicode'],
        ['with a member twice', '{"name":"x","n\\u0061me":"y"}', 'duplicate_key'],
    ];
    for (const [what, body, code] of unreadable)
        test(`JSON ${what} is ${code}`, async () => {
            for (const path of ['/v1/forms', submissions()]) {
                const answer = await world.client.call('POST', path, { body });
                assert.equal(answer.status, 400, `${path}: ${answer.text}`);
                assert.equal(answer.body.code, code, path);
                assert.ok(answer.body.detail.length > 10);
            }
        });

    test('JSON that is nested too deeply is refused', async () => {
        const form = await world.client.call('POST', '/v1/forms', { body: `{"name":"x","schema":{"default":${depth(70)}}}` });
        assert.equal(form.body.code, 'too_deep');
        for (const levels of [8, 100_000]) {
            const answer = await world.client.call('POST', submissions(), { body: `{"a":${depth(levels)}}` });
            assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
            assert.match(answer.text, /too_deep/);
        }
    });

    test('one byte over a limit is 413', async () => {
        const name = (bytes) => `{"name":"${'x'.repeat(bytes - 11)}"}`;
        assert.equal((await world.client.call('POST', '/v1/connections', { body: name(65_536) })).status, 422);
        const over = await world.client.call('POST', '/v1/connections', { body: name(65_537) });
        assert.equal(over.status, 413);
        assert.equal(over.body.code, 'body_too_large');
        const submission = (bytes) => `{"a":"x"${' '.repeat(bytes - 9)}}`;
        assert.equal((await world.client.call('POST', submissions(), { body: submission(1_048_576) })).status, 202);
        assert.equal((await world.client.call('POST', submissions(), { body: submission(1_048_577) })).status, 413);
    });

    test('the limits of a submission hold, one past each', async () => {
        const many = (count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i]));
        const table = [
            [many(100), 202], [many(101), 422, 'too_many_fields'],
            [{ ['n'.repeat(1000)]: 1 }, 202], [{ ['n'.repeat(1001)]: 1 }, 422, 'name_length'], [{ '': 1 }, 422, 'name_length'],
            [{ a: 'x'.repeat(10_000) }, 202], [{ a: 'x'.repeat(10_001) }, 422, 'string_too_long'],
            [{ a: Array(100).fill('x') }, 202], [{ a: Array(101).fill('x') }, 422, 'array_too_long'],
            [{ a: ['x'.repeat(1000)] }, 202], [{ a: ['x'.repeat(1001)] }, 422, 'item_too_long'],
        ];
        for (const [body, status, code] of table) {
            const answer = await world.client.call('POST', submissions(), { body });
            assert.equal(answer.status, status, answer.text.slice(0, 300));
            if (code) assert.ok(answer.body.errors.some((each) => each.code === code), answer.text);
        }
        for (const body of ['[]', '"x"', '1']) {
            const answer = await world.client.call('POST', submissions(), { body });
            assert.equal(answer.body.code, 'not_an_object');
        }
        assert.match((await world.client.call('POST', submissions(), { body: '{"a":1e999}' })).text, /number_out_of_range/);
    });

    test('no key and wrong keys are 401, another organisation\'s id 404', async () => {
        const wrong = world.stage.key.slice(0, -4) + (world.stage.key.endsWith('AAAA') ? 'BBBB' : 'AAAA');
        for (const key of [null, 'x', 'tnk_', wrong, `${world.stage.key}x`]) {
            const answer = await world.client.call('GET', '/v1/forms', { key });
            assert.equal(answer.status, 401, String(key));
            assert.match(answer.headers.get('www-authenticate'), /^Bearer/);
        }
        for (const path of ['/v1/forms/', '/v1/connections/', '/v1/submissions/', '/v1/executions/', '/v1/integrations/', '/v1/events/', '/v1/webhook-endpoints/'])
            for (const id of ['01970000-0000-7000-8000-000000000000', 'x', '..%2fx', '%00'])
                assert.ok([404, 400].includes((await world.client.call('GET', path + id)).status), path + id);
    });

    test('unknown providers, actions and members of a mapping are named', async () => {
        const connection_id = await connect(world.client, 'airtable');
        const save = async (config) => (await world.client.expect(422, 'POST', `/v1/forms/${world.form.id}/integrations`, { body: { config } })).errors;
        const good = { ...configs.airtable, connection_id };
        assert.deepEqual((await save({ ...good, provider: 'nobody' })).map(({ pointer }) => pointer), ['/config/provider']);
        assert.deepEqual((await save({ ...good, action: 'nothing' })).map(({ code }) => code), ['unknown_action']);
        const errors = await save({ ...good, field_mappings: { a: { target: 'A', typ: 'number' }, b: { target: 'A/b/c', type: 'nope' } } });
        assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [
            ['/config/field_mappings/a/typ', 'config_unknown_member'],
            ['/config/field_mappings/b/type', 'config_value']]);
        assert.equal((await world.client.call('POST', '/v1/connections', { body: { provider: 'nobody', account_name: 'x' } })).body.code, 'unknown_provider');
    });

    test('a foreign Host is 421', async () => {
        const { request } = await import('node:http');
        const url = new URL(world.client.url);
        const status = await new Promise((resolve, reject) => {
            request({ host: url.hostname, port: url.port, path: '/v1/forms', headers: { host: 'evil.example' } }, (reply) => {
                reply.resume();
                resolve(reply.statusCode);
            }).on('error', reject).end();
        });
        assert.equal(status, 421);
    });

    test('a stale If-Match is 412', async () => {
        const path = `/v1/forms/${world.form.id}`;
        const { version } = await world.client.get(path);
        await world.client.expect(200, 'PATCH', path, { body: { name: 'A' }, headers: { 'if-match': `"${version}"` } });
        const stale = await world.client.expect(412, 'PATCH', path, { body: { name: 'B' }, headers: { 'if-match': `"${version}"` } });
        assert.equal(stale.code, 'precondition_failed');
    });

    test('every problem has a page', async () => {
        const answer = await world.client.call('GET', '/v1/nowhere');
        const page = await fetch(world.client.url + answer.body.type);
        assert.equal(page.status, 200);
        assert.match(await page.text(), /not_found/);
    });
});
