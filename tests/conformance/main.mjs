// Runs every *.conformance.mjs of this folder through every build at hand, and prints counts. An answer is unexpected
// when it is wrong, or when two builds differ in a byte of it. usage: main.mjs [DATA]
//   DATA   folder of foreign suites, one folder each; what is not there is named and not run
// Our own vectors are part of the tree and always run.
import { randomInt } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { randomLines } from '../edge/random_lines.mjs';
import { ask, builds, root } from './builds.mjs';

const MOST_SHOWN = 20;
const RANDOM_LINES = 2000;

/** The cases of one command to every build; each case gets `wrong`: texts, empty when all is well. */
function examine(command, cases) {
    const replies = ask(command, cases.map((one) => one.line));
    cases.forEach((one, at) => {
        const expected = replies[0].answers[at];
        one.wrong = one.outside ? [] : [one.judge(expected)].filter(Boolean);
        one.differs = replies.filter(({ answers }) => answers[at] !== expected).map(({ build }) => build);
    });
    return replies.map(({ build }) => build);
}

function tally(cases) {
    const groups = new Map();
    for (const one of cases) {
        const row = groups.get(one.group) ?? { passed: 0, failed: 0, outside: 0, why: one.outside, differ: 0 };
        row.outside += one.outside ? 1 : 0;
        row.why ??= one.outside;
        row.failed += one.wrong.length > 0 ? 1 : 0;
        row.passed += !one.outside && one.wrong.length === 0 ? 1 : 0;
        row.differ += one.differs.length > 0 ? 1 : 0;
        row.optional = one.optional ?? false;
        groups.set(one.group, row);
    }
    return groups;
}

function printGroups(suite, groups) {
    for (const [name, row] of groups) {
        const parts = [`${row.passed} passed`];
        if (row.failed > 0) parts.push(`${row.failed} ${row.optional ? 'not (optional)' : 'UNEXPECTED'}`);
        if (row.outside > 0) parts.push(`${row.outside} ${row.why}`);
        if (row.differ > 0) parts.push(`${row.differ} DIFFER between builds`);
        console.log(`  ${suite} ${name}${row.optional ? ' (optional)' : ''}: ${parts.join(', ')}`);
    }
}

function printWrong(cases) {
    const wrong = cases.filter((one) => one.wrong.length > 0 || one.differs.length > 0);
    const shown = [...wrong.filter((one) => !one.optional), ...wrong.filter((one) => one.optional)];
    for (const one of shown.slice(0, MOST_SHOWN)) {
        const differs = one.differs.length > 0 ? [`other bytes from ${one.differs.join(', ')}`] : [];
        console.log(`    ${one.optional ? 'optional: ' : ''}${one.name}: ${[...one.wrong, ...differs].join('; ')}`);
    }
    if (shown.length > MOST_SHOWN) console.log(`    and ${shown.length - MOST_SHOWN} more`);
}

/** The number of unexpected answers of one suite. */
function runSuite(suite, title, folder) {
    const cases = suite.cases(folder);
    if (cases.length === 0) throw new Error(`${title}: ${folder} holds no case`);
    const commands = [...new Set(cases.map((one) => one.command))];
    const asked = commands.flatMap((command) => examine(command, cases.filter((one) => one.command === command)));
    const groups = [...tally(cases).values()];
    const sum = (pick) => groups.reduce((total, row) => total + pick(row), 0);
    const differing = sum((row) => row.differ);
    const outside = sum((row) => row.outside);
    const optional = groups.filter((row) => row.optional);
    const failed = sum((row) => (row.optional ? 0 : row.failed));
    console.log(
        `${title}: ${cases.length} cases, ${sum((row) => row.passed)} passed, ${failed + differing} unexpected` +
            (optional.length > 0 ? `, ${optional.reduce((all, row) => all + row.failed, 0)} optional not` : '') +
            (outside > 0 ? `, ${outside} ${groups.find((row) => row.why).why}` : '') +
            `; ${differing === 0 ? 'same bytes' : `${differing} DIFFER`} from ${[...new Set(asked)].join(', ')}`);
    if (title === suite.title) printGroups(title, tally(cases));  // our own have the same groups, and a test each
    printWrong(cases);
    return failed + differing;
}

/** Random lines, for which nobody knows the answer: all builds have to give the same. Answers how many differ. */
function runDifferential(seed) {
    let differing = 0;
    for (const [command, lines] of Object.entries(randomLines(seed, RANDOM_LINES))) {
        const [first, ...others] = ask(command, lines);
        const wrong = lines.filter((line, at) => others.some(({ answers }) => answers[at] !== first.answers[at]));
        const names = [first, ...others].map(({ build }) => build).join(', ');
        console.log(`differential ${command}: ${lines.length} random lines, seed ${seed}, ${wrong.length} differ; ${names}`);
        for (const line of wrong.slice(0, MOST_SHOWN)) console.log(`    ${String(line).slice(0, 1000)}`);
        differing += wrong.length;
    }
    return differing;
}

async function main(data) {
    const { there, absent } = builds();
    console.log(`builds: ${there.join(', ')}${absent.length > 0 ? `; not built: ${absent.join(', ')}` : ''}`);
    let unexpected = 0;
    const folder = join(root, 'tests/conformance');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.conformance.mjs')).sort()) {
        const suite = await import(join(folder, file));
        if (suite.ownFolder) unexpected += runSuite(suite, `${suite.title} (own)`, join(root, suite.ownFolder));
        const foreign = join(data, suite.title);
        if (existsSync(foreign)) unexpected += runSuite(suite, suite.title, foreign);
        else console.log(`not run: ${suite.title} (no folder ${relative('.', foreign)}; set TENON_CONFORMANCE_DIR)`);
    }
    unexpected += runDifferential(20260101) + runDifferential(randomInt(2 ** 31));
    console.log(`conformance: ${unexpected} unexpected`);
    return unexpected === 0 ? 0 : 1;
}

process.exitCode = await main(resolve(process.argv[2] ?? join(root, '../shared/data')));
