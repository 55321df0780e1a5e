// ./dev demo: starts the simulator and the server, sends one real form through every provider of
// examples/demo/scenario.json, and prints what each of them received.
// usage: main.mjs --programs DIR --page DIR [--listen ADDR:PORT] [--once]
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Client } from './client.mjs';
import { Program } from './programs.mjs';
import { printCalls, printExecutions, printSignIn } from './show.mjs';
import { playScenario, readScenario, signingSecret } from './scenario.mjs';

const { values: options } = parseArgs({
    options: {
        programs: { type: 'string' },
        page: { type: 'string' },
        listen: { type: 'string', default: '127.0.0.1:8787' },
        once: { type: 'boolean', default: false },
    },
});

async function startServer(data, simulator, scenario) {
    const bases = scenario.providers.flatMap((id) => ['--provider-base', `${id}=${simulator}/${id}`]);
    const server = new Program(join(options.programs, 'tenon'), [
        'serve', '--listen', options.listen, '--data', data, '--page', options.page, ...bases,
    ]);
    const [bootstrap, listening] = await Promise.all([server.event('bootstrap'), server.event('listening')]);
    return { server, url: listening.url, key: bootstrap.api_key };
}

function untilInterrupted() {
    return new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
    });
}

async function show(started) {
    const scenario = await readScenario();
    const data = await mkdtemp(join(tmpdir(), 'tenon-demo-'));
    started.push({ stop: () => rm(data, { recursive: true, force: true }) });

    const simulator = new Program(join(options.programs, 'tenon-simulator'), [
        '--listen', '127.0.0.1:0', '--generic-secret', signingSecret(scenario),
    ]);
    started.push(simulator);
    const simulated = (await simulator.event('listening')).url.replace(/\/$/, '');
    const { server, url, key } = await startServer(join(data, 'store'), simulated, scenario);
    started.push(server);

    const client = new Client(url, key);
    const result = await playScenario(client, scenario, simulated);
    const succeeded = printExecutions(result);
    await printSignIn(client);
    printCalls(client);
    if (!options.once) {
        console.log('\nThe server stays up; Ctrl-C ends it and removes its data.');
        await untilInterrupted();
    }
    return succeeded;
}

const started = [];
try {
    process.exitCode = (await show(started)) ? 0 : 1;
} catch (error) {
    console.error(`demo: ${error.message}`);
    process.exitCode = 1;
} finally {
    for (const part of started.reverse()) await part.stop();
}
