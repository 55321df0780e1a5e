// Runs libFuzzer targets, two at a time. A finding fails and keeps its input; so does a run that reaches nothing new in
// its first ten seconds, since it would not be exploring anything. usage: fuzz.mjs SECONDS [TARGET]
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAMS = 'build/fuzz/tests/fuzz';
const CORPUS = 'tests/fuzz/corpus';
const WORDS = 'tests/fuzz/words';
const FINDINGS = 'build/fuzz/findings';
const LOGS = 'build/log';
const AT_ONCE = 2;
const FIRST_SECONDS = 10;
const LAST_LINES = 40;

const seconds = Number(process.argv[2]);
const wanted = process.argv[3];

function targets() {
    const built = readdirSync(PROGRAMS).filter((name) => /^fuzz_[a-z0-9]+$/.test(name)).map((name) => name.slice(5));
    const chosen = built.filter((name) => wanted === undefined || name === wanted).sort();
    if (chosen.length === 0) throw new Error(`no target named ${wanted}; there are ${built.join(', ')}`);
    return chosen;
}

/** What a run printed, looked at as it comes. */
class Watch {
    constructor(target) {
        this.started = Date.now();
        this.isExploring = false;
        this.last = [];
        this.stats = {};
        this.log = createWriteStream(join(LOGS, `fuzz-${target}.log`));
        this.rest = '';
    }

    take(chunk) {
        this.log.write(chunk);
        const lines = (this.rest + chunk).split('\n');
        this.rest = lines.pop();
        for (const line of lines) this.line(line);
    }

    line(text) {
        const soon = Date.now() - this.started < FIRST_SECONDS * 1000;
        if (soon && /^#\d+\s+(NEW|REDUCE)\s/.test(text)) this.isExploring = true;
        const progress = /^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+)/.exec(text);
        if (progress) Object.assign(this.stats, { cov: Number(progress[2]), ft: Number(progress[3]) });
        const stat = /^stat::(\w+):\s+(\d+)/.exec(text);
        if (stat) this.stats[stat[1]] = Number(stat[2]);
        this.last = [...this.last, text].slice(-LAST_LINES);
    }
}

function flagsOf(target, fresh) {
    const flags = [`-max_total_time=${seconds}`, `-artifact_prefix=${FINDINGS}/${target}-`, '-print_final_stats=1', '-timeout=10',
        '-rss_limit_mb=2048', '-use_value_profile=1'];
    const words = join(WORDS, `${target}.dict`);
    if (existsSync(words)) flags.push(`-dict=${words}`);
    return [...flags, fresh, join(CORPUS, target)];
}

/** Runs one target; answers whether it is clean. */
function fuzz(target) {
    const fresh = mkdtempSync(join(tmpdir(), 'tenon-fuzz-'));
    const watch = new Watch(target);
    const run = spawn(join(PROGRAMS, `fuzz_${target}`), flagsOf(target, fresh), { stdio: ['ignore', 'ignore', 'pipe'] });
    run.stderr.setEncoding('utf8').on('data', (chunk) => watch.take(chunk));
    return new Promise((resolve) => {
        run.on('close', (code, signal) => {
            rmSync(fresh, { recursive: true });
            watch.log.end();
            resolve(judge(target, watch, code ?? signal));
        });
    });
}

function judge(target, watch, status) {
    const { number_of_executed_units: runs = 0, average_exec_per_sec: speed = 0, new_units_added: found = 0,
            peak_rss_mb: memory = 0, cov = 0, ft = 0 } = watch.stats;
    const figures = `${runs} runs, ${speed} a second, ${cov} edges, ${ft} features, ${found} new inputs, ${memory} MB`;
    if (status !== 0) {
        console.log(watch.last.join('\n'));
        console.log(`${target}: FINDING (exit ${status}) after ${figures}; the input is in ${FINDINGS}, named ${target}-*`);
        return false;
    }
    if (!watch.isExploring) {
        console.log(`${target}: reached nothing new in its first ${FIRST_SECONDS} s: ${figures}`);
        return false;
    }
    console.log(`${target}: ${figures}, no finding`);
    return true;
}

async function worker(queue, results) {
    for (let target = queue.shift(); target !== undefined; target = queue.shift()) results.push(await fuzz(target));
}

mkdirSync(FINDINGS, { recursive: true });
mkdirSync(LOGS, { recursive: true });
const queue = targets();
const results = [];
await Promise.all(Array.from({ length: AT_ONCE }, () => worker(queue, results)));
const bad = results.filter((clean) => !clean).length;
console.log(`fuzz: ${results.length} targets, ${seconds} s each, ${bad} with a finding`);
process.exitCode = bad === 0 ? 0 : 1;
