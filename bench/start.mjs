// Time until the server answers /readyz, and its memory when nothing happens.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Program } from '../.ci/lib/demo/programs.mjs';
import { machine, pss_mb, spread } from './load/measure.mjs';

const rounds = 10;
const ready_ms = [], again_ms = [], idle_mb = [];

async function start(data) {
    const began = performance.now();
    const program = new Program('build/native/tenon', ['serve', '--listen', '127.0.0.1:0', '--data', data]);
    const { url } = await program.event('listening');
    const reply = await fetch(new URL('/readyz', url));
    if (!reply.ok) throw new Error(`/readyz answers ${reply.status}`);
    return { program, took: performance.now() - began };
}

for (let round = 0; round < rounds; ++round) {
    const folder = await mkdtemp(join(tmpdir(), 'tenon-bench-'));
    const first = await start(join(folder, 'data'));
    ready_ms.push(first.took);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    idle_mb.push(pss_mb(first.program.pid));
    await first.program.stop();
    const second = await start(join(folder, 'data'));
    again_ms.push(second.took);
    await second.program.stop();
    await rm(folder, { recursive: true, force: true });
}
console.log(`start and idle, ${rounds} rounds, ${machine()}`);
console.log(`ready, empty folder   ms ${spread(ready_ms)}`);
console.log(`ready, second start   ms ${spread(again_ms)}`);
console.log(`idle memory (PSS)     MB ${spread(idle_mb)}`);
