// Every operation of /openapi.json over real HTTP: without a key, with a wrong one, with a key that lacks its scope.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { Stage, suiteScope } from './programs.mjs';

describe('access', () => {
    const world = {};
    const scope = suiteScope();
    before(async () => {
        world.stage = await Stage.start(scope);
        world.client = world.stage.client;
        world.operations = world.client.contract.operations.map((operation) => ({
            ...operation, path: operation.path.replace(/\{[^}]+\}/g, '01970000-0000-7000-8000-000000000000') }));
        world.closed = world.operations.filter(({ security }) => security.length > 0);
    });

    test('most operations are closed, and those that are open are known', () => {
        assert.ok(world.closed.length > 40);
        const open = world.operations.filter(({ security }) => security.length === 0).map(({ operationId }) => operationId).sort();
        assert.deepEqual(open, ['get_asset', 'get_health', 'get_icon', 'get_metrics', 'get_openapi', 'get_page', 'get_problem_page',
            'get_readiness', 'get_sign_in_page', 'open_session', 'receive_delivery']);
    });

    test('without a key and with wrong ones it is 401', async () => {
        const wrong = world.stage.key.slice(0, -3) + (world.stage.key.endsWith('AAA') ? 'BBB' : 'AAA');
        for (const { method, path } of world.closed)
            for (const key of [null, wrong, 'x'])
                assert.equal((await world.client.call(method, path, { key })).status, 401, `${method} ${path}`);
    });

    test('with every scope but its own it is 403 and names the scope', async () => {
        const scopes = [...new Set(world.closed.flatMap((operation) => operation['x-scope'] ?? []))];
        for (const lacking of scopes) {
            const { key } = await world.client.make('/v1/api-keys', { name: 'narrow', scopes: scopes.filter((scope) => scope !== lacking) });
            for (const { method, path } of world.closed.filter((operation) => operation['x-scope'] === lacking)) {
                const answer = await world.client.call(method, path, { key });
                assert.equal(answer.status, 403, `${method} ${path}`);
                assert.ok(answer.body.detail.includes(lacking));
            }
        }
    });
});
