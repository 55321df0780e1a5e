import assert from 'node:assert/strict';
import { test } from 'node:test';

import { orders, withTree } from './planted_tree.mjs';

// Where a module's header lies, and how another file includes it.
function headerOf(module) {
    if (module.startsWith('core/') && module !== 'core/abi' && module !== 'core/crypto_bearssl') {
        return { path: `core/include/tenon/${module.slice(5)}/planted.hpp`, include: `tenon/${module.slice(5)}/planted.hpp` };
    }
    if (module === 'core/crypto_bearssl') return { path: 'core/src/crypto_bearssl/planted.hpp', include: 'crypto_bearssl/planted.hpp' };
    if (module === 'core') return { path: 'core/include/tenon/base/planted.hpp', include: 'tenon/base/planted.hpp' };
    if (module === 'core/abi') return { path: 'core/abi/planted.h', include: 'abi/planted.h' };
    return { path: `${module}/planted.hpp`, include: `${module.replace(/^native\//, '')}/planted.hpp` };
}

function sourceOf(module) {
    return module.startsWith('core/') && module !== 'core/abi' ? `core/src/${module.slice(5)}/here.cpp` : `${module}/here.cpp`;
}

function placed(order) {
    return order.flatMap((level, rank) => level.map((module) => ({ module, rank })));
}

// One source with one bad include a line: each line is refused.
function includesAreRefused(module, targets) {
    const headers = targets.map((other) => headerOf(other.module));
    const files = Object.fromEntries(headers.map((header) => [header.path, '#pragma once\n']));
    files[sourceOf(module)] = headers.map((header) => `#include "${header.include}"\n`).join('');
    withTree(files, (tree) => {
        const refused = tree.gate('layers.py').text.trimEnd().split('\n');
        assert.equal(refused.length, headers.length, refused.join('\n'));
        headers.forEach((header, at) => {
            assert.match(refused[at], new RegExp(`here\\.cpp:${at + 1}: .*\\(${header.include}\\)$`));
        });
    });
}

for (const order of orders()) {
    for (const { module, rank } of placed(order)) {
        if (module === 'core') continue; // as a whole it has its own order
        const notBelow = placed(order).filter((other) => other.module !== module && other.rank >= rank);
        // edge and web are scripts, and store/sqlite has a rule of its own that is stricter than the order
        const targets = notBelow.filter((other) => !['edge', 'web', 'native/store/sqlite'].includes(other.module));
        if (targets.length > 0) {
            test(`${module} may include nothing of its own level or above`, () => includesAreRefused(module, targets));
        }
        if (rank === 0) continue;
        test(`${module} may include the level below`, () => {
            const below = placed(order).find((other) => other.rank === 0);
            const header = headerOf(below.module);
            withTree({ [header.path]: '#pragma once\n', [sourceOf(module)]: `#include "${header.include}"\n` }, (tree) => {
                assert.deepEqual(tree.gate('layers.py'), { ok: true, text: '' });
            });
        });
    }
}

test('a module may include itself', () => {
    withTree({ 'native/net/a.hpp': '', 'native/net/b.cpp': '#include "net/a.hpp"\n#include "a.hpp"\n' }, (tree) => {
        assert.equal(tree.gate('layers.py').text, '');
    });
});

test('a module that no order knows is refused', () => {
    for (const path of ['native/misc/x.cpp', 'core/src/misc/x.cpp', 'core/include/tenon/misc/x.hpp']) {
        withTree({ [path]: '' }, (tree) => assert.match(tree.gate('layers.py').text, /is in no order/));
    }
});

test('an include that climbs with dots is seen', () => {
    withTree({ 'native/api/a.hpp': '', 'native/net/b.cpp': '#include "../api/a.hpp"\n' }, (tree) => {
        assert.match(tree.gate('layers.py').text, /native\/net may not include native\/api/);
    });
});

test('core may include nothing of native', () => {
    withTree({ 'native/base/clock.hpp': '', 'core/src/mapping/x.cpp': '#include "base/clock.hpp"\n' }, (tree) => {
        assert.match(tree.gate('layers.py').text, /x\.cpp:1:/);
    });
});

test('the simulator may include only what it is linked with', () => {
    withTree({ 'native/vault/vault.hpp': '', 'native/simulator/x.cpp': '#include "vault/vault.hpp"\n' }, (tree) => {
        assert.match(tree.gate('layers.py').text, /native\/simulator may include only/);
    });
});

const FOREIGN = [
    ['core/src/mapping/x.cpp', '<nlohmann/json.hpp>'],
    ['core/src/mapping/x.cpp', '<boost/asio.hpp>'],
    ['core/src/mapping/x.cpp', '<iostream>'],
    ['core/src/base/x.cpp', '<bearssl.h>'],
    ['core/src/base/x.cpp', '<pthread.h>'],
    ['core/include/tenon/form/x.hpp', '<fmt/format.h>'],
    ['core/src/webhook/x.cpp', '<openssl/evp.h>'],
    ['native/api/x.cpp', '<boost/beast/http.hpp>'],
    ['native/jobs/x.cpp', '<sqlite3.h>'],
    ['native/execute/x.cpp', '"store/sqlite/open.hpp"'],
];
for (const [path, header] of FOREIGN) {
    test(`${path.split('/').slice(0, -1).join('/')} may not include ${header}`, () => {
        withTree({ [path]: `#include ${header}\n` }, (tree) => assert.equal(tree.gate('layers.py').ok, false));
    });
}

test('a file that git ignores is not looked at', () => {
    withTree({ 'build/core/src/base/x.cpp': '#include "tenon/execution/plan.hpp"\n' }, (tree) => {
        assert.equal(tree.gate('layers.py').ok, true);
    });
});

test('a script of the edge package may not import from the page, the other way round it may', () => {
    withTree({ 'edge/x.js': "import { a } from '../web/wasm/loader.mjs';\n" }, (tree) => {
        assert.match(tree.gate('layers.py').text, /edge may not include web/);
    });
    withTree({ 'web/wasm/x.mjs': "import { a } from '../../edge/core.js';\n" }, (tree) => {
        assert.equal(tree.gate('layers.py').ok, true);
    });
});
