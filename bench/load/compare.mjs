// Comparing functions in one process: interleaved rounds, CPU time of the process for each call, medians and spread. Every
// contender first shows that it takes what is right and refuses what is wrong.
import { existsSync, readdirSync } from 'node:fs';

import { machine, median, run, spread } from './measure.mjs';

const rounds = Number(process.env.ROUNDS ?? 7);
const round_ms = Number(process.env.ROUND_MS ?? 120);
const BATCH = 20;

/** CPU microseconds for each call of `call`, which may be asynchronous. */
async function cpu_us(call, is_async) {
    const end = performance.now() + round_ms;
    const before = process.cpuUsage();
    let calls = 0;
    do {
        if (is_async) for (let i = 0; i < BATCH; ++i) await call();
        else for (let i = 0; i < BATCH; ++i) call();
        calls += BATCH;
    } while (performance.now() < end);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / calls;
}

/** Whether a call takes it: true, or any answer that is neither false nor an error. */
async function takes(call) {
    try {
        return (await call()) !== false;
    } catch {
        return false;
    }
}

/** `contenders`: {name, right(), wrong?(), each?()}. Throws when one of them judges wrongly. */
async function check(contenders) {
    for (const { name, right, wrong } of contenders) {
        if (!(await takes(right))) throw new Error(`${name} refuses what is right`);
        for (const call of [wrong ?? []].flat()) if (await takes(call)) throw new Error(`${name} takes what is wrong`);
    }
}

/**
 * Runs `right` of every contender in turn, round by round; a contender with `each` measures itself instead (another process)
 * and answers microseconds. Answers name -> figures of the rounds.
 */
export async function interleaved(contenders) {
    await check(contenders);
    const figures = new Map(contenders.map(({ name }) => [name, []]));
    const kinds = new Map();
    for (const { name, right, each } of contenders) if (!each) kinds.set(name, right() instanceof Promise);
    for (const { name, right, each } of contenders) if (!each) await cpu_us(right, kinds.get(name)); // warm
    for (let round = 0; round < rounds; ++round)
        for (const { name, right, each } of contenders) figures.get(name).push(each ? await each() : await cpu_us(right, kinds.get(name)));
    return figures;
}

/** One row for each contender; ratios are taken round by round against `reference`. */
export function print_table(title, figures, reference) {
    const base = figures.get(reference);
    console.log(`\n${title} (CPU us for each call: median (min-max), ${rounds} rounds interleaved; ratio to ${reference})`);
    const width = Math.max(...[...figures.keys()].map((name) => name.length));
    for (const [name, values] of figures)
        console.log(`${name.padEnd(width)}  ${spread(values, 1).padStart(22)}  ${median(values.map((value, round) => value / base[round])).toFixed(2).padStart(6)}`);
}

export function print_machine() {
    console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}`);
}

/** The static libraries of the core in the release build, whatever modules it has by now. */
function core_libraries() {
    const folders = ['build/release/core', 'build/release/native/crypto_openssl'];
    const found = folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`) : []));
    return found.filter((name) => name.endsWith('.a') && !name.includes('_without_'));
}

/** Builds bench/limits/native.cpp on the libraries of the release build; answers (words) => its JSON. */
export async function native_core() {
    const program = 'build/bench/native';
    const libraries = core_libraries();
    if (libraries.length === 0) throw new Error('the release build is missing: ./dev build release');
    await run('mkdir', ['-p', 'build/bench']);
    await run('g++', ['-std=c++20', '-O2', '-DNDEBUG', '-Icore/include', '-Icore/abi', 'bench/limits/native.cpp', '-o', program,
        '-Wl,--start-group', ...libraries, '-Wl,--end-group', '-lre2', '-lcrypto']);
    return async (...words) => JSON.parse(await run(program, words));
}
