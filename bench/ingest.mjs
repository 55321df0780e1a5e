// Durable webhook ingest (verified, deduplicated, on disk before 200) beside the thin server that does the same I/O
// without the product: same minute, interleaved rounds, CPU per request first, since the load generator shares the cores.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from '../.ci/lib/demo/client.mjs';
import { Program } from '../.ci/lib/demo/programs.mjs';
import { drive, machine, run, spread, write_deliveries } from './load/measure.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 4);
const connections = Number(process.env.CONNECTIONS ?? 32);
const thin_port = 18101;
const secret = 'whsec_bench';

const folder = await mkdtemp(join(tmpdir(), 'tenon-bench-'));
const programs = [];

async function start_thin(round) {
    const program = new Program('build/bench/thin', [String(thin_port), join(folder, `thin-${round}.db`), secret]);
    programs.push(program);
    for (let tries = 0; ; ++tries) {
        try {
            await fetch(`http://127.0.0.1:${thin_port}/`);
            break;
        } catch (error) {
            if (tries > 100) throw error;
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }
    const url = `http://127.0.0.1:${thin_port}/`;
    const stored = async () => (await (await fetch(url)).json()).rows;
    return { program, url, stored };
}

async function start_tenon(round) {
    const data = join(folder, `tenon-${round}`);
    const program = new Program('build/native/tenon', ['serve', '--listen', '127.0.0.1:0', '--data', data, '--log-level', 'error']);
    programs.push(program);
    const { api_key } = await program.event('bootstrap');
    const url = (await program.event('listening')).url.replace(/\/$/, '');
    const client = new Client(url, api_key);
    const endpoint = await client.post('/v1/webhook-endpoints', { name: 'bench', scheme: 'stripe', secret });
    const stored = async () => {
        await program.stop(); // so that the count is read from disk, not from memory
        return Number(await run('sqlite3', [join(data, 'tenon.db'), 'select count(*) from events']));
    };
    return { program, url: new URL(endpoint.url).href.replace(new URL(endpoint.url).origin, url), stored };
}

async function measure(start, round, file) {
    const server = await start(round);
    try {
        const warm = await drive(server.url, server.program.pid, { file, offset: 0, connections, seconds: 1 });
        const figures = await drive(server.url, server.program.pid, { file, offset: warm.requests + 1000, connections, seconds });
        const sent = warm.requests + figures.requests;
        if (warm.refused + figures.refused + figures.broken > 0) throw new Error(`refused or broken: ${JSON.stringify(figures)}`);
        const rows = await server.stored();
        if (rows < sent) throw new Error(`${sent} were acknowledged and ${rows} are stored`);
        return figures;
    } finally {
        await server.program.stop();
    }
}

try {
    await run('mkdir', ['-p', 'build/bench']);
    await run('g++', ['-std=c++20', '-O2', '-DNDEBUG', 'bench/limits/thin.cpp', '-o', 'build/bench/thin', '-lssl', '-lcrypto', '-lsqlite3', '-lpthread']);
    const file = join(folder, 'deliveries.txt');
    write_deliveries(file, 200_000, secret);
    const thin = [], tenon = [];
    for (let round = 0; round < rounds; ++round) {
        thin.push(await measure(start_thin, round, file));
        tenon.push(await measure(start_tenon, round, file));
    }
    const column = (name) => [thin, tenon].map((all) => spread(all.map((one) => one[name])));
    console.log(`durable ingest of 1 KB, ${connections} connections, ${rounds} rounds of ${seconds} s, ${machine()}`);
    console.log('figure: median (min-max)       thin                     tenon');
    for (const [title, name] of [['requests per second', 'rps'], ['CPU us per request', 'cpu_us'], ['p50 us', 'p50_us'], ['p99 us', 'p99_us'], ['memory MB (PSS)', 'pss_mb']])
        console.log(title.padEnd(28), ...column(name).map((text) => text.padEnd(26)));
    console.log(`CPU ratio, round by round: ${spread(tenon.map((one, i) => one.cpu_us / thin[i].cpu_us), 2)}`);
} finally {
    for (const program of programs) await program.stop();
    await rm(folder, { recursive: true, force: true });
}
