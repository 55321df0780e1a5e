// Webhook deliveries: genuine, forged, stale, repeated; what is answered, kept, and told to the operator.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { run, Stage, suiteScope } from './programs.mjs';
import { until } from './world.mjs';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Headers of Standard Webhooks v1, made without the code under test. */
function signed(body, { id = `msg_${Math.random().toString(36).slice(2)}`, at = Math.floor(Date.now() / 1000), key = secret } = {}) {
    const mac = createHmac('sha256', Buffer.from(key.replace('whsec_', ''), 'base64')).update(`${id}.${at}.${body}`).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${mac}` };
}

describe('webhook endpoints', () => {
    const world = {};
    const scope = suiteScope();
    before(async () => {
        world.stage = await Stage.start(scope);
        world.client = world.stage.client;
        world.endpoint = await world.client.make('/v1/webhook-endpoints', { name: 'In', scheme: 'standardwebhooks_v1', secret });
        world.path = new URL(world.endpoint.url).pathname;
    });
    const deliver = (body, headers, method = 'POST') => world.client.call(method, world.path, { body, headers, key: null });
    const inbox = async () => (await world.client.get(`/v1/events?endpoint_id=${world.endpoint.id}`)).data;

    test('the secret is never returned', async () => {
        assert.ok(!JSON.stringify([world.endpoint, await world.client.get('/v1/webhook-endpoints')]).includes(secret));
        assert.equal(world.endpoint.state, 'active');
    });

    test('a genuine delivery is kept and can be read', async () => {
        const body = '{"type":"lead.created","data":{"n":1}}';
        const headers = signed(body);
        assert.equal((await deliver(body, headers)).status, 200);
        const [event] = await inbox();
        assert.equal(event.external_id, headers['webhook-id']);
        const whole = await world.client.get(`/v1/events/${event.id}`);
        assert.equal(whole.body, body);
        assert.ok(whole.headers.some(([name, value]) => name.toLowerCase() === 'webhook-id' && value === headers['webhook-id']));
    });

    test('the same delivery again gets a 2xx and no second event', async () => {
        const body = '{"n":2}';
        const headers = signed(body);
        await deliver(body, headers);
        const count = (await inbox()).length;
        assert.equal((await deliver(body, headers)).status, 200);
        assert.equal((await inbox()).length, count);
    });

    const now = () => Math.floor(Date.now() / 1000);
    const refused = [
        ['forged', '{"n":3}', () => signed('{"n":4}'), 401, 'signature_mismatch'],
        ['signed with another secret', '{"n":3}', () => signed('{"n":3}', { key: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }), 401, 'signature_mismatch'],
        ['without a signature', '{"n":3}', () => ({ ...signed('{"n":3}'), 'webhook-signature': '' }), 401, 'signature_missing'],
        ['with a malformed signature', '{"n":3}', () => ({ ...signed('{"n":3}'), 'webhook-signature': 'v1,???' }), 400, 'signature_malformed'],
        ['without a timestamp', '{"n":3}', () => { const { 'webhook-timestamp': _, ...rest } = signed('{"n":3}'); return rest; }, 401, 'timestamp_missing'],
        ['that is stale', '{"n":3}', () => signed('{"n":3}', { at: now() - 3600 }), 401, 'timestamp_outside_window'],
        ['from the future', '{"n":3}', () => signed('{"n":3}', { at: now() + 3600 }), 401, 'timestamp_outside_window'],
    ];
    for (const [what, body, headers, status, reason] of refused)
        test(`a delivery ${what} is refused, counted and explained`, async () => {
            const count = (await inbox()).length;
            const answer = await deliver(body, headers());
            assert.equal(answer.status, status, answer.text);
            assert.equal(answer.body.code, reason);
            assert.equal((await inbox()).length, count);
            const endpoint = await world.client.get(`/v1/webhook-endpoints/${world.endpoint.id}`);
            assert.equal(endpoint.last_failure, reason);
            const [event] = (await world.client.get('/v1/security-events?limit=1')).data;
            assert.deepEqual([event.kind, event.subject, event.reason], ['webhook_refused', world.endpoint.id, reason]);
            const line = await until('the log says so', () => world.stage.server.log('webhook_refused').at(-1)?.reason === reason && world.stage.server.log('webhook_refused').at(-1));
            assert.equal(line.endpoint_id, world.endpoint.id);
            if (['signature_mismatch', 'timestamp_outside_window', 'signature_missing'].includes(reason)) assert.ok(line.usual_causes.length > 20);
        });

    test('an unknown endpoint is 404, one byte over the limit 413', async () => {
        assert.equal((await world.client.call('POST', '/v1/hooks/01970000-0000-7000-8000-000000000000', { body: '{}', key: null })).status, 404);
        assert.equal((await world.client.call('POST', '/v1/hooks/x', { body: '{}', key: null })).status, 404);
        const body = 'x'.repeat(1_048_577);
        assert.equal((await deliver(body, signed(body))).status, 413);
    });

    test('during a rotation both secrets hold, afterwards only the new one', async () => {
        const fresh = 'whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3';
        const path = `/v1/webhook-endpoints/${world.endpoint.id}/rotate-secret`;
        await world.client.expect(200, 'POST', path, { body: { secret: fresh } });
        assert.equal((await deliver('{"n":5}', signed('{"n":5}'))).status, 200);
        assert.equal((await deliver('{"n":6}', signed('{"n":6}', { key: fresh }))).status, 200);
        await world.client.expect(200, 'POST', path, { body: { secret: fresh, keep_previous: false } });
        assert.equal((await deliver('{"n":7}', signed('{"n":7}'))).status, 401);
        assert.equal((await deliver('{"n":8}', signed('{"n":8}', { key: fresh }))).status, 200);
        await world.client.expect(200, 'POST', path, { body: { secret, keep_previous: false } });
    });

    test('what would fail on every delivery is refused when it is saved', async () => {
        const table = [
            [{ scheme: 'nobody', secret }, '/scheme'],
            [{ scheme: 'standardwebhooks_v1', secret: 'whsec_???' }, '/secret'],
            [{ scheme: 'standardwebhooks_v1' }, '/secret'],
            [{ scheme: 'standardwebhooks_v1', secret, provider: 'nobody' }, '/provider'],
        ];
        for (const [body, pointer] of table) {
            const answer = await world.client.expect(422, 'POST', '/v1/webhook-endpoints', { body: { name: 'x', ...body } });
            assert.deepEqual(answer.errors.map((each) => each.pointer), [pointer], JSON.stringify(body));
        }
    });

    test('the command line signs what the server takes', async () => {
        const file = join(world.stage.folder, 'secret');
        await writeFile(file, `${secret}\n`);
        const body = join(world.stage.folder, 'body.json');
        await writeFile(body, '{"from":"the command line"}');
        const sent = await run(['webhook', 'send', '--scheme', 'standardwebhooks_v1', '--secret-file', file, '--url', world.endpoint.url, '--body', body]);
        assert.equal(sent.code, 0, sent.out + sent.err);
        assert.equal(JSON.parse(sent.out).status, 200);
        await writeFile(file, 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
        assert.equal((await run(['webhook', 'send', '--scheme', 'standardwebhooks_v1', '--secret-file', file, '--url', world.endpoint.url])).code, 1);
    });

    test('a handshake brings the key once, and only then deliveries are taken', async () => {
        const endpoint = await world.client.make('/v1/webhook-endpoints', { name: 'Asana', scheme: 'asana' });
        assert.equal(endpoint.state, 'awaiting_handshake');
        const post = (headers, body = '{}') => world.client.call('POST', new URL(endpoint.url).pathname, { body, headers, key: null });
        const mac = (key, body) => ({ 'x-hook-signature': createHmac('sha256', key).update(body).digest('hex') });
        const key = 'b537207f20cbfa02357cf448134da559';
        assert.equal((await post(mac(key, '{}'))).status, 401, 'no key yet');
        const shaken = await post({ 'x-hook-secret': key });
        assert.equal(shaken.status, 200);
        assert.equal(shaken.headers.get('x-hook-secret'), key);
        const [shown] = (await world.client.get('/v1/webhook-endpoints')).data.filter(({ id }) => id === endpoint.id);
        assert.equal(shown.state, 'active');
        assert.ok(!JSON.stringify(shown).includes(key));
        assert.equal((await post(mac(key, '{}'))).status, 200);
        const other = 'f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0';
        assert.equal((await post({ 'x-hook-secret': other })).status, 401, 'a second handshake');
        assert.equal((await post(mac(other, '{"a":1}'), '{"a":1}')).status, 401);
        assert.equal((await post(mac(key, '{"a":1}'), '{"a":1}')).status, 200);
    });

    describe('forwarded by a verifier at the edge', () => {
        const edge_secret = 'whsec_ZWRnZWVkZ2VlZGdlZWRnZWVkZ2VlZGdl';
        const local = {};
        before(async () => {
            local.endpoint = await world.client.make('/v1/webhook-endpoints', { name: 'Edge', scheme: 'standardwebhooks_v1', secret, edge_secret });
        });
        const send = (delivery, { key = edge_secret, endpoint = local.endpoint } = {}) => {
            const body = JSON.stringify(delivery);
            const headers = { ...signed(body, { key }), 'content-type': 'application/vnd.tenon.delivery+json' };
            return world.client.call('POST', new URL(endpoint.url).pathname, { body, headers, key: null });
        };
        const delivery = (body, changes = {}, at = now()) => ({
            scheme: 'standardwebhooks_v1', method: 'POST', url: 'https://edge.example/hook', headers: signed(body, { at }),
            body_base64: Buffer.from(body).toString('base64'), received_at: new Date(at * 1000).toISOString(), ...changes,
        });

        test('the original delivery is kept, at most once', async () => {
            const body = '{"type":"lead.created","forwarded":true}';
            const sent = delivery(body);
            assert.equal((await send(sent)).status, 200);
            assert.equal((await send(sent)).status, 200);
            const kept = (await world.client.get(`/v1/events?endpoint_id=${local.endpoint.id}`)).data;
            assert.deepEqual(kept.map(({ external_id }) => external_id), [sent.headers['webhook-id']]);
            assert.equal((await world.client.get(`/v1/events/${kept[0].id}`)).body, body);
        });

        test('the edge is not believed: what is inside is verified again', async () => {
            const refused = async (sent, options, reason) => assert.equal((await send(sent, options)).body.code, reason);
            const body = '{"n":1}';
            await refused(delivery(body), { key: secret }, 'signature_mismatch');
            await refused({ ...delivery(body), body_base64: Buffer.from('{"n":2}').toString('base64') }, {}, 'signature_mismatch');
            await refused(delivery(body, {}, now() - 301), {}, 'timestamp_outside_window');
            await refused(delivery(body, { received_at: new Date((now() - 400) * 1000).toISOString() }), {}, 'timestamp_outside_window');
            for (const changes of [{ scheme: 'stripe' }, { received_at: 'yesterday' }, { body_base64: '!' }, { headers: { a: 1 } }, { headers: undefined }])
                await refused(delivery(body, changes), {}, 'check_failed');
            await refused(delivery(body), { endpoint: world.endpoint }, 'signature_mismatch');
        });

        test('the same endpoint takes deliveries without the edge, and an edge secret that is none is refused', async () => {
            const direct = '{"direct":true}';
            assert.equal((await world.client.call('POST', new URL(local.endpoint.url).pathname, { body: direct, headers: signed(direct), key: null })).status, 200);
            const path = `/v1/webhook-endpoints/${local.endpoint.id}`;
            const answer = await world.client.expect(422, 'PATCH', path, { body: { edge_secret: 'whsec_???' } });
            assert.deepEqual(answer.errors.map(({ pointer }) => pointer), ['/edge_secret']);
            await world.client.expect(200, 'PATCH', path, { body: { edge_secret: '' } });
            assert.equal((await send(delivery('{"n":9}'))).status, 401);
        });
    });

    test('a deleted endpoint takes nothing any more', async () => {
        const gone = await world.client.make('/v1/webhook-endpoints', { name: 'Gone', scheme: 'standardwebhooks_v1', secret });
        const path = new URL(gone.url).pathname;
        assert.equal((await world.client.call('POST', path, { body: '{}', headers: signed('{}'), key: null })).status, 200);
        await world.client.expect(204, 'DELETE', `/v1/webhook-endpoints/${gone.id}`);
        assert.equal((await world.client.call('POST', path, { body: '{}', headers: signed('{}'), key: null })).status, 404);
    });
});
