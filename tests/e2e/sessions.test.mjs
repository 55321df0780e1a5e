// Browsers: sessions, cross-site requests, one-time links, and the stream of changes.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { Stage, suiteScope } from './programs.mjs';
import { makeForm, settled, submit } from './world.mjs';

describe('sessions', () => {
    const world = {};
    const scope = suiteScope();
    before(async () => {
        world.stage = await Stage.start(scope);
        world.client = world.stage.client;
    });
    // fetch() of Node drops cookies and sends no Sec-Fetch-Site of its own, so the test says what a browser would.
    const open = async (body) => {
        const answer = await world.client.call('POST', '/v1/session', { body, key: null });
        return { answer, cookie: answer.headers.get('set-cookie')?.split(';')[0] };
    };

    test('a session acts with its cookie, unsafe methods with the token from our own page only', async () => {
        const { answer, cookie } = await open({ api_key: world.stage.key });
        assert.equal(answer.status, 201);
        assert.match(answer.headers.get('set-cookie'), /HttpOnly; SameSite=Lax/);
        const me = await world.client.get('/v1/me', { key: null, headers: { cookie } });
        assert.equal(me.means, 'session');
        const make = (headers) => world.client.call('POST', '/v1/forms', { body: { name: 'x' }, key: null, headers: { cookie, ...headers } });
        const token = { 'x-tenon-csrf': me.csrf_token };
        assert.equal((await make({ ...token, 'sec-fetch-site': 'same-origin' })).status, 201);
        assert.equal((await make({ ...token, origin: new URL(world.stage.url).origin })).status, 201);
        for (const headers of [{}, token, { 'sec-fetch-site': 'same-origin' }, { ...token, origin: 'https://evil.example' }, { 'x-tenon-csrf': 'x', 'sec-fetch-site': 'same-origin' }]) {
            const refused = await make(headers);
            assert.equal(refused.status, 403);
            assert.equal(refused.body.code, 'csrf_failed');
        }
        await world.client.expect(204, 'DELETE', '/v1/session', { key: null, headers: { cookie, ...token, 'sec-fetch-site': 'same-origin' } });
        assert.equal((await world.client.call('GET', '/v1/me', { key: null, headers: { cookie } })).status, 401);
    });

    test('a sign-in link works once and holds its token behind #', async () => {
        const link = await world.client.make('/v1/sign-in-links');
        const url = new URL(link.url);
        assert.equal(url.search, '');
        const sign_in_token = new URLSearchParams(url.hash.slice(1)).get('token');
        assert.ok(Date.parse(link.expires_at) - Date.now() <= 60_000);
        const { answer, cookie } = await open({ sign_in_token });
        assert.equal(answer.status, 201);
        assert.equal((await world.client.call('GET', '/v1/me', { key: null, headers: { cookie } })).status, 200);
        assert.equal((await open({ sign_in_token })).answer.status, 401);
    });

    test('wrong keys and bodies open nothing', async () => {
        for (const [body, status] of [[{ api_key: 'tnk_x' }, 401], [{ sign_in_token: 'x' }, 401], [{}, 422], [{ api_key: 'a', sign_in_token: 'b' }, 422], [{ password: 'x' }, 422]])
            assert.equal((await open(body)).answer.status, status, JSON.stringify(body));
    });

    test('a session ends when its key is revoked', async () => {
        const made = await world.client.make('/v1/api-keys', { name: 'short', scopes: ['forms:read'] });
        const { cookie } = await open({ api_key: made.key });
        assert.equal((await world.client.call('GET', '/v1/forms', { key: null, headers: { cookie } })).status, 200);
        assert.equal((await world.client.call('GET', '/v1/connections', { key: null, headers: { cookie } })).status, 403);
        await world.client.expect(204, 'DELETE', `/v1/api-keys/${made.id}`);
        assert.equal((await world.client.call('GET', '/v1/forms', { key: null, headers: { cookie } })).status, 401);
        assert.equal((await world.client.call('GET', '/v1/forms', { key: made.key })).status, 401);
    });
});

describe('changes', () => {
    const world = {};
    const scope = suiteScope();
    before(async () => {
        world.stage = await Stage.start(scope);
        world.client = world.stage.client;
        world.form = (await makeForm(world.client, ['airtable'])).form;
    });

    /** Reads events until `enough` says so; answers them. */
    async function listen(headers, enough, begun = async () => {}) {
        const stop = new AbortController();
        const timer = setTimeout(() => stop.abort(), 20_000);
        const reply = await fetch(`${world.stage.url}/v1/changes`, { headers: { authorization: `Bearer ${world.stage.key}`, ...headers }, signal: stop.signal });
        assert.equal(reply.status, 200);
        assert.equal(reply.headers.get('content-type'), 'text/event-stream');
        const events = [];
        let text = '';
        const work = begun();
        for await (const part of reply.body) {
            text += Buffer.from(part).toString();
            for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
                const lines = Object.fromEntries(text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
                text = text.slice(end + 2);
                if (lines.id) events.push({ id: Number(lines.id), event: lines.event, ...JSON.parse(lines.data) });
            }
            if (enough(events)) break;
        }
        clearTimeout(timer);
        stop.abort();
        await work;
        return events;
    }

    test('an execution is followed from its making to its end, and the stream resumes where it was cut', async () => {
        let submission_id;
        const is_end = ({ kind, status }) => kind === 'execution' && status === 'succeeded';
        const events = await listen({}, (seen) => seen.some(is_end), async () => { submission_id = await submit(world.client, world.form.id); });
        assert.ok(events.some(({ kind, id }) => kind === 'submission' && id !== undefined));
        const ids = events.map(({ id }) => id);
        await settled(world.client, submission_id);
        const first = events[0];
        const sequence = await rawIds({ 'last-event-id': '0' }, ids.length);
        assert.deepEqual([...sequence].sort((a, b) => a - b), sequence, 'ascending');
        const rest = await rawIds({ 'last-event-id': String(sequence[0]) }, sequence.length - 1);
        assert.deepEqual(rest, sequence.slice(1, 1 + rest.length));
        assert.ok(first);
    });

    async function rawIds(headers, count) {
        const stop = new AbortController();
        const reply = await fetch(`${world.stage.url}/v1/changes`, { headers: { authorization: `Bearer ${world.stage.key}`, ...headers }, signal: stop.signal });
        let text = '';
        const ids = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
        for await (const part of reply.body) {
            text += Buffer.from(part).toString();
            if (ids().length >= count) break;
        }
        stop.abort();
        return ids();
    }

    test('a Last-Event-ID that is no number is refused', async () => {
        assert.equal((await world.client.call('GET', '/v1/changes', { headers: { 'last-event-id': 'x' } })).status, 400);
    });
});
