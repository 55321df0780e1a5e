// Runs one batch through every build of the core at hand: the program and the two WebAssembly command lines.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const BUILDS = {
    native: ['build/native/tenon'],
    wasi: ['node', 'edge/cli.mjs'],
    web: ['node', 'web/wasm/cli.mjs'],
};

/** [{build, answers}]: the answers of `command --batch -` to `lines`, in order, for each build that is there. */
export function answersOf(command, lines) {
    const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return Object.entries(BUILDS)
        .filter(([, words]) => existsSync(`${root}/${words.at(-1)}`))
        .map(([build, [program, ...words]]) => {
            const args = [...words, command, '--batch', '-'];
            const run = spawnSync(program, args, { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 30 });
            if (run.status !== 0) throw new Error(`${build} ${command}: exit ${run.status}\n${run.stderr}`);
            const answers = run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
            const short = `${build}: ${answers.length} of ${lines.length} answers`;
            if (answers.length !== lines.length) throw new Error(short);
            return { build, answers };
        });
}

/** Prints one line a build and group, then what differed; answers whether every required case agreed. */
export function report(suite, cases, judge, command) {
    let agreed = true;
    for (const { build, answers } of answersOf(command, cases.map((one) => one.line))) {
        const groups = new Map();
        const wrong = [];
        cases.forEach((one, at) => {
            const group = groups.get(one.group) ?? { good: 0, all: 0, optional: one.optional };
            const ok = judge(one, answers[at]);
            group.all += 1;
            group.good += ok ? 1 : 0;
            groups.set(one.group, group);
            if (!ok) wrong.push(`  ${one.group}: ${one.name}: ${JSON.stringify(answers[at]).slice(0, 200)}`);
        });
        for (const [name, { good, all, optional }] of groups) {
            console.log(`${suite} ${build} ${name}: ${good} of ${all}${optional ? ' (optional)' : ''}`);
            if (good < all && !optional) agreed = false;
        }
        console.log(wrong.join('\n'));
    }
    return agreed;
}
