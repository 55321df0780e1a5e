import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { repository } from './planted_tree.mjs';

function inFolder(body) {
    const folder = mkdtempSync(join(tmpdir(), 'tenon-junit-'));
    try {
        return body(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function count(file) {
    const run = spawnSync('python3', [join(repository, '.ci/lib/junit.py'), file], { encoding: 'utf8' });
    return { counts: run.stdout.trim(), failures: run.stderr };
}

function countText(text) {
    return inFolder((folder) => {
        writeFileSync(join(folder, 'x.xml'), text);
        return count(join(folder, 'x.xml'));
    });
}

test('what node --test writes is counted, a switched-off test as failed', () => {
    const off = ['test', 'skip'].join('.');
    const source = `
        import { test } from 'node:test';
        test('passes', () => {});
        test('passes in parts', async (t) => { await t.test('one', () => {}); await t.test('two', () => {}); });
        test('fails', () => { throw new Error('because of <this>'); });
        ${off}('is switched off', () => {});`;
    inFolder((folder) => {
        writeFileSync(join(folder, 'a.test.mjs'), source);
        const results = join(folder, 'results.xml');
        const environment = { ...process.env };
        delete environment.NODE_TEST_CONTEXT; // else the inner run reports to the outer one
        spawnSync('node', ['--test', '--test-reporter=junit', `--test-reporter-destination=${results}`,
            join(folder, 'a.test.mjs')], { env: environment });
        const { counts, failures } = count(results);
        assert.equal(counts, '3 2');
        assert.match(failures, /FAILED fails\n[^]*because of <this>/);
        assert.match(failures, /FAILED is switched off/);
    });
});

test('what ctest writes is counted, tests that did not run as failed', () => {
    const { counts, failures } = countText(`<testsuite tests="4">
        <testcase name="A.good" status="run"><system-out>fine</system-out></testcase>
        <testcase name="A.bad" status="fail"><failure message="Failed"/><system-out>expected 1</system-out></testcase>
        <testcase name="A.off" status="disabled"/>
        <testcase name="A.lost" status="notrun"><skipped message="Unable to find executable"/></testcase>
    </testsuite>`);
    assert.equal(counts, '1 3');
    assert.match(failures, /FAILED A\.bad\n {4}Failed\n {4}expected 1/);
    assert.match(failures, /FAILED A\.off/);
    assert.match(failures, /FAILED A\.lost/);
});

test('a file that is absent or cut short counts no test', () => {
    assert.equal(countText('<testsuite><testcase name="a"').counts, '0 0');
    assert.equal(count('/nowhere/results.xml').counts, '0 0');
});
