// What every measurement shares: CPU time and memory of a process, medians, signed deliveries, and the machine's name.
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const ticks_per_second = 100; // sysconf(_SC_CLK_TCK) on Linux

export const machine = () => `${cpus().length} x ${cpus()[0].model}, Node ${process.versions.node}`;

/** User and system seconds of a process and all its threads. */
export function cpu_seconds(pid) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticks_per_second;
}

/** Proportional set size in MB. */
export function pss_mb(pid) {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1024;
}

export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const spread = (values, digits = 1) =>
    `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)})`;

/** Runs a command to its end; rejects with its output when it fails. */
export function run(command, args) {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '', errors = '';
        child.stdout.on('data', (text) => (out += text));
        child.stderr.on('data', (text) => (errors += text));
        child.on('error', reject);
        child.on('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`${command}: ${code}\n${errors || out}`))));
    });
}

/** Writes `count` signed deliveries for post.lua. The body must be the one that post.lua builds. */
export function write_deliveries(file, count, secret) {
    const time = Math.floor(Date.now() / 1000);
    const series = randomBytes(5).toString('hex');
    const before = '{"id":"';
    const middle = `","object":"event","type":"checkout.session.completed","created":${time},"note":"`;
    const lines = [String(time)];
    for (let i = 0; i < count; ++i) {
        const id = `evt_${series}${String(i).padStart(9, '0')}`;
        const body = before + id + middle + 'n'.repeat(1024 - before.length - id.length - middle.length - 2) + '"}';
        lines.push(`${id} ${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`);
    }
    writeFileSync(file, `${lines.join('\n')}\n`);
}

/** One wrk run; answers its figures, and the CPU time that `pid` used meanwhile. */
export async function drive(url, pid, { file, offset, connections, seconds }) {
    const before = cpu_seconds(pid);
    const out = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}`, '--timeout', '30', '--latency', '-s',
        'bench/load/post.lua', url, '--', file, String(offset)]);
    const figures = JSON.parse(out.split('JSON ')[1]);
    return { ...figures, cpu_us: ((cpu_seconds(pid) - before) / figures.requests) * 1e6, pss_mb: pss_mb(pid) };
}
