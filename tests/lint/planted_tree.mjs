// A throw-away tree with the project's own gate rules, in which a test plants what a gate must find.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
const RULES = ['.ci/layers.rules', '.ci/forbidden.rules', '.ci/suites', '.gitignore'];

/** Runs `body(tree)` in a fresh tree; `files`: {path: text}. */
export function withTree(files, body) {
    const root = mkdtempSync(join(tmpdir(), 'tenon-lint-'));
    try {
        execFileSync('git', ['init', '-q', root]);
        for (const rule of RULES) {
            mkdirSync(dirname(join(root, rule)), { recursive: true });
            cpSync(join(repository, rule), join(root, rule));
        }
        const tree = {
            root,
            plant(path, text) {
                mkdirSync(dirname(join(root, path)), { recursive: true });
                writeFileSync(join(root, path), text);
            },
            append: (path, text) => appendFileSync(join(root, path), text),
            remove: (path) => rmSync(join(root, path)),
            gate: (name) => runGate(name, root),
        };
        for (const [path, text] of Object.entries(files)) tree.plant(path, text);
        return body(tree);
    } finally {
        rmSync(root, { recursive: true, force: true });
    }
}

/** What the gate says about the tree: {ok, text}. A gate that crashed throws. */
export function runGate(name, root) {
    const run = spawnSync('python3', [join(repository, '.ci', name), root], { encoding: 'utf8' });
    if (run.stderr) throw new Error(`${name}: ${run.stderr}`);
    return { ok: run.status === 0, text: run.stdout };
}

/** The orders of .ci/layers.rules: a list of orders, each a list of levels, each a list of modules. */
export function orders() {
    return readFileSync(join(repository, '.ci/layers.rules'), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('order '))
        .map((line) => line.slice(6).split('<').map((level) => level.trim().split(/\s+/)));
}
