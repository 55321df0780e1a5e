// Mapped executions against a loopback provider, attempts recorded durably: submissions in, executions out.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from '../.ci/lib/demo/client.mjs';
import { Program } from '../.ci/lib/demo/programs.mjs';
import { cpu_seconds, machine, pss_mb, spread } from './load/measure.mjs';

const rounds = Number(process.env.ROUNDS ?? 3);
const submissions = Number(process.env.SUBMISSIONS ?? 2000);
const at_once = 32;

async function receiver() {
    let received = 0;
    const server = createServer((request, reply) => {
        request.resume().on('end', () => {
            ++received;
            reply.end('ok');
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${server.address().port}`, count: () => received, close: () => server.close() };
}

async function prepare(client) {
    const connection = await client.post('/v1/connections', { provider: 'slack', account_name: 'bench' });
    await client.put(`/v1/connections/${connection.id}/credentials`,
        { kind: 'webhook_url', fields: { url: 'https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXXXXXXXXXXXXXX' } });
    const form = await client.post('/v1/forms', { name: 'Bench' });
    await client.post(`/v1/forms/${form.id}/integrations`, {
        config: {
            provider: 'slack', action: 'send_webhook_message', connection_id: connection.id,
            field_mappings: { amount: { target: 'Amount', type: 'number' }, name: { target: 'Name', transform: 'trim' } },
            message_template: 'New expense {{name}}: {{amount}}',
        },
    });
    return form.id;
}

async function round() {
    const folder = await mkdtemp(join(tmpdir(), 'tenon-bench-'));
    const target = await receiver();
    const program = new Program('build/native/tenon', ['serve', '--listen', '127.0.0.1:0', '--data', join(folder, 'data'),
        '--provider-base', `slack=${target.url}`, '--log-level', 'error']);
    try {
        const { api_key } = await program.event('bootstrap');
        const client = new Client((await program.event('listening')).url, api_key);
        const form = await prepare(client);
        const cpu = cpu_seconds(program.pid), began = performance.now();
        let next = 0;
        await Promise.all(Array.from({ length: at_once }, async () => {
            while (next++ < submissions) await client.post(`/v1/forms/${form}/submissions`, { amount: '$50.00', name: ' Ada ' });
        }));
        while (target.count() < submissions) {
            if (performance.now() - began > 120_000) throw new Error(`only ${target.count()} of ${submissions} arrived`);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        const took = (performance.now() - began) / 1000;
        await new Promise((resolve) => setTimeout(resolve, 500)); // the last results are being recorded
        if (target.count() !== submissions) throw new Error(`${target.count()} arrived for ${submissions} submissions`);
        const failed = await client.get('/v1/executions?status=failed&limit=1');
        if (failed.data.length > 0) throw new Error('an execution failed');
        return { rate: submissions / took, cpu_us: ((cpu_seconds(program.pid) - cpu) / submissions) * 1e6, mb: pss_mb(program.pid) };
    } finally {
        await program.stop();
        target.close();
        await rm(folder, { recursive: true, force: true });
    }
}

const all = [];
for (let i = 0; i < rounds; ++i) all.push(await round());
console.log(`${submissions} submissions, each one execution, ${at_once} at once, ${rounds} rounds, ${machine()}`);
console.log(`executions per second      ${spread(all.map((one) => one.rate), 0)}   (client and receiver are Node on the same cores)`);
console.log(`server CPU us per submission with its execution  ${spread(all.map((one) => one.cpu_us), 0)}`);
console.log(`memory MB (PSS)            ${spread(all.map((one) => one.mb))}`);
