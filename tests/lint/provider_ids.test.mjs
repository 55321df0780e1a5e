import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withTree } from './planted_tree.mjs';

const catalogue = {
    'core/providers/acme.json': '{"id":"acme","aliases":["acme_crm"]}',
    'core/providers/generic.json': '{"id":"generic","aliases":["http"]}',
    'core/providers/schema.json': '{}',
};
const SOURCES = [
    'core/src/mapping/x.cpp', 'core/include/tenon/oauth/x.hpp', 'core/abi/x.cpp', 'native/api/x.cpp', 'edge/index.js',
    'edge/cli.mjs', 'web/src/editor/view.tsx', 'web/src/api/client.ts',
];

for (const path of SOURCES) {
    for (const quoted of ['"acme"', "'acme'", '`acme`', '"acme_crm"']) {
        test(`${path} may not say ${quoted}`, () => {
            withTree({ ...catalogue, [path]: `// first line\nconst x = ${quoted};\n` }, (tree) => {
                const { ok, text } = tree.gate('layers.py');
                assert.equal(ok, false);
                assert.match(text, new RegExp(`${path}:2: provider id`));
            });
        });
    }
}

test('tests, examples and benches may name a provider', () => {
    const text = 'const x = "acme";\n';
    const files = { ...catalogue, 'tests/e2e/x.test.mjs': text, 'examples/x.mjs': text, 'bench/x.mjs': text };
    withTree(files, (tree) => assert.equal(tree.gate('layers.py').ok, true));
});

test('the generic provider has a name in code, the name of the schema file is no provider', () => {
    withTree({ ...catalogue, 'native/api/x.cpp': 'f("generic", "http", "schema");\n' }, (tree) => {
        assert.equal(tree.gate('layers.py').text, '');
    });
});

test('a provider id is allowed only on the one line that the rules name', () => {
    const line = '    {"acme", Escape::acme},';
    const files = { ...catalogue, 'core/src/mapping/x.cpp': `${line}\n` };
    withTree(files, (tree) => {
        tree.append('.ci/layers.rules', `id acme core/src/mapping/x.cpp ${line.trim()}\n`);
        assert.equal(tree.gate('layers.py').text, '');
        tree.plant('core/src/mapping/x.cpp', `${line}\nif (id == "acme") return;\n`);
        assert.match(tree.gate('layers.py').text, /x\.cpp:2: provider id "acme"/);
    });
});
