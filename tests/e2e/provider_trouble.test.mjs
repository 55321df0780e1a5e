// What happens when a provider refuses, stumbles or says nothing, and what the execution then says.
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';

import { Stage, suiteScope } from './programs.mjs';
import { makeForm, reconnect, settled, submit, until } from './world.mjs';

describe('trouble at the provider', () => {
    const world = {};
    const scope = suiteScope();

    before(async () => {
        world.stage = await Stage.start(scope);
        world.client = world.stage.client;
        Object.assign(world, await makeForm(world.client, ['airtable']));
        world.safe = await makeForm(world.client, ['generic']); // may be repeated: the provider deduplicates by header
    });
    beforeEach(() => world.stage.forget());

    async function run(form, fault, patience_ms = 60_000) {
        await world.stage.fault(fault);
        const [execution] = await settled(world.client, await submit(world.client, form.id), patience_ms);
        return execution;
    }
    const says = (execution) => `${execution.error_code}: ${execution.error_message}`;

    test('a refusal is final, and its reply is kept', async () => {
        const execution = await run(world.form, { provider: 'airtable', status: 400 });
        assert.equal(execution.status, 'failed');
        assert.equal(execution.error_code, 'provider_refused', says(execution));
        assert.equal(execution.attempts.length, 1);
        assert.ok(execution.attempts[0].reply.status >= 400);
    });

    test('a refused credential says to reconnect', async () => {
        const execution = await run(world.form, { provider: 'airtable', wrong_token: true });
        assert.equal(execution.error_code, 'provider_auth_expired', says(execution));
        assert.match(execution.error_message, /reconnect/i);
        assert.equal(execution.attempts.length, 1);
        const connection = `/v1/connections/${execution.connection_id}`;
        assert.equal((await world.client.get(connection)).status, 'needs_reauth');
        const next = await settled(world.client, await submit(world.client, world.form.id));
        assert.equal(next[0].error_code, 'not_connected', 'a refused credential is not sent again');
        await reconnect(world.client, execution.connection_id, 'airtable');
    });

    test('429 is repeated, not before Retry-After', async () => {
        const execution = await run(world.safe.form, { provider: 'generic', retry_after_s: 2 });
        assert.equal(execution.status, 'succeeded', says(execution));
        assert.equal(execution.attempts.length, 2);
        assert.equal(execution.attempts[0].outcome, 'rate_limited');
        const [first, second] = execution.attempts.map(({ started_at }) => Date.parse(started_at));
        assert.ok(second - first >= 2000, `${second - first} ms`);
    });

    test('500 of what may be repeated is repeated with the same id', async () => {
        const execution = await run(world.safe.form, { provider: 'generic', status: 500 });
        assert.equal(execution.status, 'succeeded', says(execution));
        assert.equal(execution.attempts.length, 2);
        const ids = (await world.stage.received('generic')).map(({ headers }) => headers['webhook-id']);
        assert.deepEqual(ids, [execution.id, execution.id]);
    });

    test('500 of what must not be doubled is not repeated', async () => {
        const execution = await run(world.form, { provider: 'airtable', status: 500 });
        assert.equal(execution.status, 'outcome_unknown', says(execution));
        assert.equal((await world.stage.received('airtable')).length, 1);
    });

    test('a cut connection after the provider did it is not repeated', async () => {
        const execution = await run(world.form, { provider: 'airtable', cut: 'after' });
        assert.equal(execution.status, 'outcome_unknown', says(execution));
        assert.equal((await world.stage.received('airtable')).length, 1);
    });

    test('a cut connection is repeated where the provider deduplicates', async () => {
        const execution = await run(world.safe.form, { provider: 'generic', cut: 'after' });
        assert.equal(execution.status, 'succeeded', says(execution));
        assert.equal((await world.stage.received('generic')).length, 2);
    });

    test('garbage where JSON was promised breaks nothing', async () => {
        const execution = await run(world.form, { provider: 'airtable', garbage: true });
        assert.ok(['succeeded', 'outcome_unknown', 'failed'].includes(execution.status));
        assert.equal(execution.attempts.length, 1);
    });

    test('executions are listed by status, and failed ones replayed by filter', async () => {
        const failed = await run(world.form, { provider: 'airtable', status: 400 });
        const list = await world.client.get(`/v1/executions?status=failed&form_id=${world.form.id}&limit=200`);
        assert.ok(list.data.some(({ id }) => id === failed.id));
        assert.ok(list.data.every(({ status, form_id }) => status === 'failed' && form_id === world.form.id));
        const replayed = await world.client.expect(202, 'POST', '/v1/executions/replay', { body: { submission_id: failed.submission_id } });
        assert.equal(replayed.replayed.length, 1);
        const { replay_id } = replayed.replayed[0];
        await until('the replay ends', async () => (await world.client.get(`/v1/executions/${replay_id}`)).status === 'succeeded');
    });

    test('an execution that waits can be withdrawn, one that ended can not', async () => {
        await world.stage.fault({ provider: 'generic', retry_after_s: 600 });
        const submission_id = await submit(world.client, world.safe.form.id);
        const waiting = await until('it waits', async () => {
            const [execution] = (await world.client.get(`/v1/submissions/${submission_id}`)).executions;
            return execution.status === 'retrying' && execution;
        });
        const cancelled = await world.client.expect(200, 'POST', `/v1/executions/${waiting.id}/cancel`);
        assert.equal(cancelled.status, 'cancelled');
        assert.equal((await world.client.call('POST', `/v1/executions/${waiting.id}/cancel`)).status, 409);
    });
});
