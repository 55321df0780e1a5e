import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withTree } from './planted_tree.mjs';

const manifest = (version) => JSON.stringify({ name: 'x', devDependencies: { vite: version } });
const lock = '{"packages":{"node_modules/vite":{"version":"5.4.0","integrity":"sha512-x"}}}';

test('exact versions with a lock file pass', () => {
    withTree({ 'web/package.json': manifest('5.4.0'), 'web/package-lock.json': lock }, (tree) => {
        assert.deepEqual(tree.gate('locks.py'), { ok: true, text: '' });
    });
});

for (const range of ['^5.4.0', '~5.4.0', '5', '*', 'latest', 'https://example.com/vite.tgz']) {
    test(`a dependency on ${range} fails`, () => {
        withTree({ 'web/package.json': manifest(range), 'web/package-lock.json': lock }, (tree) => {
            assert.match(tree.gate('locks.py').text, /is not one version/);
        });
    });
}

test('an optional dependency is held to one version as well', () => {
    const optional = JSON.stringify({ name: 'x', optionalDependencies: { vite: '^5.4.0' } });
    withTree({ 'web/package.json': optional, 'web/package-lock.json': lock }, (tree) => {
        assert.match(tree.gate('locks.py').text, /is not one version/);
    });
});

test('a missing lock file fails', () => {
    withTree({ 'web/package.json': manifest('5.4.0') }, (tree) => {
        assert.match(tree.gate('locks.py').text, /no package-lock\.json/);
    });
});

test('a lock file without a package that another one asks for fails', () => {
    const asking = '{"packages":{"node_modules/vite":{"version":"5.4.0","optionalDependencies":{"@a/win32":"1.0.0"}}}}';
    withTree({ 'web/package.json': manifest('5.4.0'), 'web/package-lock.json': asking }, (tree) => {
        assert.match(tree.gate('locks.py').text, /@a\/win32 is not in it/);
    });
});

test('a lock file that names a registry host fails', () => {
    const named = lock.replace('"integrity"', '"resolved":"https://example.com/vite-5.4.0.tgz","integrity"');
    withTree({ 'web/package.json': manifest('5.4.0'), 'web/package-lock.json': named }, (tree) => {
        assert.match(tree.gate('locks.py').text, /names a registry host/);
    });
});
