import assert from 'node:assert/strict';
import { test } from 'node:test';

import { repository, runGate, withTree } from './planted_tree.mjs';

// Put together from parts, so that this file does not trip the gate it tests.
const CASES = [
    ['tests/core/x_test.cpp', ['GTEST', 'SKIP() << "later";'].join('_')],
    ['tests/core/x_test.cpp', ['TEST(A, DISABLED', 'b) {}'].join('_')],
    ['tests/edge/x.test.mjs', ['test', 'skip("a", () => {})'].join('.')],
    ['tests/edge/x.test.mjs', ['test', 'only("a", () => {})'].join('.')],
    ['tests/edge/x.test.mjs', ['test', 'todo("a")'].join('.')],
    ['tests/edge/x.test.mjs', `test("a", { ${['skip', ' true'].join(':')} }, () => {})`],
    ['.ci/lib/x.sh', ['run_the_tests |', '| true'].join('')],
    ['docs/x.md', ['see ', 'work/main/core'].join('/')],
    ['native/x.cpp', ['open("', 'root/x")'].join('/')],
    ['tests/e2e/x.test.mjs', ['read("..', 'shared/data")'].join('/')],
    ['web/.npmrc', ['registry=https://registry', 'npmjs', 'org/'].join('.')],
    ['core/src/base/x.cpp', ['// TO', 'DO: later'].join('')],
];
for (const [path, line] of CASES) {
    test(`${path} may not say: ${line.slice(0, 30)}`, () => {
        withTree({ [path]: `first\n${line}\n` }, (tree) => {
            const { ok, text } = tree.gate('forbidden.py');
            assert.equal(ok, false);
            assert.ok(text.startsWith(`${path}:2: `), text);
        });
    });
}

test('ordinary words that look alike pass', () => {
    const files = {
        'tests/edge/x.test.mjs': 'const skipped = rows.filter(Boolean); // only the first\n',
        'docs/x.md': 'https://example.com/work/here, a/home/b and methods\n',
        'native/x.cpp': `// ${['TO', 'DO(#12): move'].join('')}\n`,
    };
    withTree(files, (tree) => assert.equal(tree.gate('forbidden.py').text, ''));
});

for (const gate of ['forbidden.py', 'locks.py', 'layers.py']) {
    test(`${gate} looks at the repository itself without a crash`, () => {
        assert.equal(typeof runGate(gate, repository).ok, 'boolean');
    });
}
