// kill -9 at any moment: what was acknowledged is worked on after the next start, and nothing is done twice where the
// provider can tell.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Stage } from './programs.mjs';
import { makeForm, pause, settled, submission, submit, until } from './world.mjs';

test('what was acknowledged before kill -9 is executed after the restart', async (t) => {
    const stage = await Stage.start(t);
    const { form } = await makeForm(stage.client, ['generic']);
    await stage.fault({ provider: 'generic', latency_ms: 400, times: 1000 });
    const acknowledged = [];
    const senders = Array.from({ length: 4 }, async () => {
        for (;;) {
            try {
                acknowledged.push(await submit(stage.client, form.id));
            } catch {
                return; // the server is gone
            }
            if (acknowledged.length > 300) return;
        }
    });
    await until('some are under way', () => acknowledged.length >= 20);
    await stage.server.stop('SIGKILL');
    await Promise.all(senders);
    await fetch(`${stage.simulated}/__faults`, { method: 'DELETE' });

    await stage.serve();
    const executions = [];
    for (const id of acknowledged) executions.push(...(await settled(stage.client, id, 120_000)));
    assert.equal(executions.length, acknowledged.length);
    assert.deepEqual([...new Set(executions.map(({ status }) => status))], ['succeeded']);
    // The provider sees an execution as often as it was attempted, always under one id.
    const received = (await stage.received('generic')).map(({ headers }) => headers['webhook-id']);
    for (const { id, attempts } of executions) {
        const seen = received.filter((each) => each === id).length;
        assert.ok(seen >= 1 && seen <= attempts.length, `${id}: ${seen} of ${attempts.length}`);
    }
});

test('an action that must not be doubled is not repeated after kill -9 in the middle of its call', async (t) => {
    const stage = await Stage.start(t);
    const { form } = await makeForm(stage.client, ['airtable']);
    await stage.fault({ provider: 'airtable', latency_ms: 60_000 });
    const id = await submit(stage.client, form.id);
    await until('the call is out', async () => (await stage.received('airtable')).length === 1);
    await stage.server.stop('SIGKILL');
    await stage.forget();
    await stage.serve();
    const [execution] = await settled(stage.client, id, 120_000);
    assert.equal(execution.status, 'outcome_unknown');
    assert.equal((await stage.received('airtable')).length, 0);
});

test('nothing is lost over many kills', async (t) => {
    const stage = await Stage.start(t);
    const { form } = await makeForm(stage.client, ['generic']);
    const acknowledged = [];
    for (let round = 0; round < 3; ++round) {
        const { server } = stage;
        setTimeout(() => server.child.kill('SIGKILL'), 150 + 100 * round);
        for (;;) {
            try {
                acknowledged.push((await stage.client.expect(202, 'POST', `/v1/forms/${form.id}/submissions`, { body: submission })).submission_id);
            } catch {
                break;
            }
        }
        await server.ended;
        await stage.serve();
    }
    for (const id of acknowledged) assert.equal((await settled(stage.client, id, 120_000))[0].status, 'succeeded', id);
    const ids = new Set((await stage.received('generic')).map(({ headers }) => headers['webhook-id']));
    assert.ok(ids.size >= acknowledged.length);
});

test('SIGTERM lets running work end and exits with 0', async (t) => {
    const stage = await Stage.start(t);
    const { form } = await makeForm(stage.client, ['airtable']);
    await stage.fault({ provider: 'airtable', latency_ms: 1500 });
    const id = await submit(stage.client, form.id);
    await until('the call is out', async () => (await stage.received('airtable')).length === 1);
    const waiting = stage.client.call('POST', `/v1/forms/${form.id}/submissions`, { body: submission, headers: { prefer: 'wait=5' } });
    await pause(100);
    const ended = stage.server.stop('SIGTERM');
    assert.ok([200, 202].includes((await waiting).status), 'a request that runs is answered');
    assert.deepEqual(await ended, { code: 0, signal: null });
    await assert.rejects(fetch(`${stage.url}/healthz`));
    await stage.serve();
    assert.equal((await settled(stage.client, id))[0].status, 'succeeded');
    assert.equal((await settled(stage.client, id))[0].attempts.length, 1);
});
