// The first complete path: a pasted token, a form, its integrations, one submission, and what each provider received.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { Stage, suiteScope } from './programs.mjs';
import { configs, credentials, makeForm, settled, submission, submit } from './world.mjs';

const every = Object.keys(configs);

describe('a submission reaches every provider', () => {
    const world = {};
    const scope = suiteScope();

    before(async () => {
        world.stage = await Stage.start(scope);
        world.client = world.stage.client;
        Object.assign(world, await makeForm(world.client, every));
        await world.stage.forget(); // the header row was read when the integrations were saved
        world.submission = await submit(world.client, world.form.id);
        world.executions = await settled(world.client, world.submission);
    });

    test('every execution succeeded at its first attempt, with outputs', () => {
        assert.equal(world.executions.length, every.length);
        for (const execution of world.executions) {
            assert.equal(execution.status, 'succeeded', JSON.stringify(execution, null, 1));
            assert.equal(execution.attempts.length, 1);
            assert.equal(execution.attempts[0].outcome, 'ok');
        }
        const airtable = world.executions.find(({ provider }) => provider === 'airtable');
        assert.match(JSON.stringify(airtable.outputs), /rec/);
    });

    for (const provider of every) {
        test(`${provider} received the previewed request byte for byte, with the credential filled in`, async () => {
            const execution = world.executions.find((each) => each.provider === provider);
            const { config } = world.integrations[provider];
            const meta = { submission_id: world.submission, form_id: world.form.id, form_name: 'Leads',
                submitted_at: (await world.client.get(`/v1/submissions/${world.submission}`)).created_at };
            const preview = (await world.client.call('POST', '/v1/preview', { body: { config, submission, meta } })).body;
            assert.ok(preview.ok, JSON.stringify(preview.errors));
            assert.deepEqual(execution.attempts[0].request, preview.request);

            const writes = (await world.stage.received(provider)).filter(({ method }) => method !== 'GET');
            assert.equal(writes.length, 1);
            const [sent] = writes;
            assert.equal(sent.method, preview.request.method);
            const wanted = new URL(preview.request.url);
            assert.equal(sent.path, wanted.pathname);
            assert.equal(sent.query, wanted.search.replace(/^\?/, ''));
            assert.equal(sent.body, canonical(preview.request.body));
            for (const [name, value] of Object.entries(preview.request.headers)) {
                if (value.includes('***')) continue;
                assert.equal(sent.headers[name], value, name);
            }
            if (credentials[provider]) assert.equal(sent.headers.authorization, credentials[provider]);
            const added = ['host', 'content-length', 'connection', 'user-agent', 'accept', 'accept-encoding'];
            const unknown = Object.keys(sent.headers).filter((name) => !(name in preview.request.headers) && !added.includes(name));
            assert.deepEqual(unknown, [], 'headers that no preview showed');
        });
    }

    test('the signed request names the execution as its id', async () => {
        const execution = world.executions.find(({ provider }) => provider === 'generic');
        const [sent] = await world.stage.received('generic');
        assert.equal(sent.headers['webhook-id'], execution.id);
        assert.match(sent.headers['webhook-signature'], /^v1,/);
    });

    test('no credential is shown by the API or written to the log', async () => {
        const shown = JSON.stringify([world.executions, await world.client.get('/v1/connections'), world.integrations]);
        const logged = world.stage.server.logged.join('\n');
        for (const secret of ['patTest0123456789', 'ya29.test-token', 'xoxb-1234-test', 'dGVzdC1zaWduaW5n', world.stage.key])
            for (const place of [shown, logged]) assert.ok(!place.includes(secret), secret);
    });

    test('the header row was read on save and is part of the stored config', () => {
        assert.deepEqual(world.integrations.googlesheets.config.target_config.columns, ['Name', 'Email', 'Amount']);
    });

    test('Prefer: wait answers with the results', async () => {
        const answer = await world.client.call('POST', `/v1/forms/${world.form.id}/submissions`, { body: submission, headers: { prefer: 'wait=20' } });
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.body.status, 'succeeded');
        assert.equal(answer.body.executions.length, every.length);
    });

    test('a repeated Idempotency-Key adds no submission and no effect', async () => {
        await world.stage.forget();
        const options = { body: submission, headers: { 'idempotency-key': 'only-once' } };
        const first = await world.client.expect(202, 'POST', `/v1/forms/${world.form.id}/submissions`, options);
        const second = await world.client.expect(202, 'POST', `/v1/forms/${world.form.id}/submissions`, options);
        assert.equal(second.submission_id, first.submission_id);
        await settled(world.client, first.submission_id);
        assert.equal((await world.stage.received('airtable')).length, 1);
    });

    test('a condition that does not hold gives no execution', async () => {
        const { integrations, form } = await makeForm(world.client, ['airtable']);
        await world.client.expect(200, 'PATCH', `/v1/integrations/${integrations.airtable.id}`, {
            body: { condition: { properties: { name: { const: 'Grace' } } } }, headers: { 'if-match': '"1"' } });
        const answer = await world.client.expect(202, 'POST', `/v1/forms/${form.id}/submissions`, { body: submission });
        assert.equal(answer.status, 'succeeded');
        assert.deepEqual((await world.client.get(`/v1/submissions/${answer.submission_id}`)).executions, []);
    });

    test('a submission that the schema refuses is 422 with pointers and leaves nothing', async () => {
        const { form } = await makeForm(world.client, [], { schema: { type: 'object', required: ['email'], properties: { age: { type: 'integer' } } } });
        const refused = await world.client.expect(422, 'POST', `/v1/forms/${form.id}/submissions`, { body: { age: 'x' } });
        assert.equal(refused.code, 'validation_failed');
        assert.deepEqual(refused.errors.map(({ pointer }) => pointer).sort(), ['', '/age']);
        assert.deepEqual((await world.client.get(`/v1/submissions?form_id=${form.id}`)).data, []);
    });

    test('an ended execution is replayed as a new one', async () => {
        const [old] = world.executions;
        const fresh = await world.client.expect(202, 'POST', `/v1/executions/${old.id}/replay`);
        assert.notEqual(fresh.id, old.id);
        const [, ...rest] = await settled(world.client, world.submission);
        assert.ok(rest.some(({ id, status }) => id === fresh.id && status === 'succeeded'));
    });
});

/** JSON as RFC 8785 writes it, for values without exotic numbers. */
function canonical(value) {
    if (typeof value === 'string') return value;
    const sorted = (each) => {
        if (Array.isArray(each)) return each.map(sorted);
        if (each === null || typeof each !== 'object') return each;
        return Object.fromEntries(Object.keys(each).sort().map((name) => [name, sorted(each[name])]));
    };
    return JSON.stringify(sorted(value));
}
