import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { repository, withTree } from './planted_tree.mjs';

// The suites need a file each before anything else is judged.
const suites = readFileSync(join(repository, '.ci/suites'), 'utf8').split('\n').map((line) => line.split(/\s+/));
const folders = suites.filter((line) => line[1] === 'node' && line[0] !== '#').map((line) => line[2]);
const complete = Object.fromEntries(folders.map((folder) => [`${folder}/first.test.mjs`, '']));

function gateSays(files) {
    return withTree({ ...complete, ...files }, (tree) => tree.gate('registered.py'));
}

test('a tree in which every file is registered passes', () => {
    assert.deepEqual(gateSays({
        'tests/core/base/CMakeLists.txt': 'tenon_test(base_test SOURCES json_test.cpp)\n',
        'tests/core/base/json_test.cpp': 'read("tests/vectors/json/numbers.jsonl")\n',
        'tests/vectors/json/numbers.jsonl': '',
    }), { ok: true, text: '' });
});

test('a C++ test that no CMakeLists.txt names fails', () => {
    const { ok, text } = gateSays({ 'tests/core/base/json_test.cpp': '' });
    assert.equal(ok, false);
    assert.match(text, /json_test\.cpp: in no CMakeLists/);
});

test('a C++ test that is only named in a comment, or only in part, fails', () => {
    for (const list of ['# json_test.cpp\n', 'tenon_test(a SOURCES big_json_test.cpp)\n']) {
        assert.equal(gateSays({ 'tests/core/base/CMakeLists.txt': list, 'tests/core/base/json_test.cpp': '' }).ok, false);
    }
});

test('a node test outside the folders of the suites, or with another suffix, fails', () => {
    assert.match(gateSays({ 'tests/nowhere/x.test.mjs': '' }).text, /tests\/nowhere\/x\.test\.mjs: below no node suite/);
    assert.match(gateSays({ [`${folders[0]}/x.test.js`]: '' }).text, /not named \*\.test\.mjs/);
});

test('a suite without a test file fails', () => {
    withTree(complete, (tree) => {
        tree.remove(`${folders[0]}/first.test.mjs`);
        assert.match(tree.gate('registered.py').text, new RegExp(`${folders[0]}/: a suite .* without a test file`));
    });
});

test('a data file that nothing names fails', () => {
    assert.match(gateSays({ 'tests/vectors/lost/a.json': '' }).text, /lost\/a\.json: nothing names it/);
});
