// Every build of the core at hand, as a command line: the native programs (as shipped, and under the sanitizers) and
// the two WebAssembly ones.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const COMMAND_LINES = {
    native: { words: [process.env.TENON_BIN ?? `${root}build/native/tenon`] },
    sanitized: { words: [`${root}build/dev/native/tenon`] },
    wasi: { words: [process.execPath, `${root}edge/cli.mjs`], needs: `${root}edge/dist/tenon_full.wasm` },
    web: { words: [process.execPath, `${root}web/wasm/cli.mjs`], needs: `${root}web/wasm/dist/tenon.wasm` },
};

const runner = [process.execPath, '--no-warnings', `${root}tests/conformance/primitives/run_wasi.mjs`];
const primitives = (build, file = 'tenon_primitives') => `${root}build/${build}/tests/conformance/primitives/${file}`;

const PRIMITIVES = {
    native: { words: [primitives('release')] },
    sanitized: { words: [primitives('dev')] },
    wasi: { words: [...runner, primitives('wasi', 'tenon_primitives.wasm')] },
    web: { words: [...runner, primitives('web', 'tenon_primitives.wasm')] },
};

const present = (builds) =>
    Object.entries(builds).filter(([, { words, needs }]) => existsSync(needs ?? words.at(-1)));

/** The names of the builds that are there, and of those that are not. */
export function builds() {
    const there = present(COMMAND_LINES).map(([name]) => name);
    return { there, absent: Object.keys(COMMAND_LINES).filter((name) => !there.includes(name)) };
}

function answersOf(build, words, input, count) {
    const run = spawnSync(words[0], words.slice(1), { input, encoding: 'utf8', maxBuffer: 1 << 30, cwd: root });
    if (run.status !== 0) throw new Error(`${build}: exit ${run.status} ${run.error ?? ''}\n${run.stderr}`);
    const answers = run.stdout.split('\n');
    if (answers.pop() !== '') throw new Error(`${build}: the last answer is cut`);
    if (answers.length !== count) throw new Error(`${build}: ${answers.length} answers for ${count} lines`);
    return { build, answers };
}

/** [{build, answers}]: the answers of every build to `lines` (texts or Buffers) of `command`, in order. */
export function ask(command, lines) {
    const input = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
    const programs = present(command === 'primitive' ? PRIMITIVES : COMMAND_LINES);
    if (programs.length === 0) throw new Error(`no build answers ${command}`);
    const flags = command === 'primitive' ? [] : [command, '--batch', '-'];
    return programs.map(([build, { words }]) => answersOf(build, [...words, ...flags], input, lines.length));
}
