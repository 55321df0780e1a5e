import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withTree } from './planted_tree.mjs';

const lines = (count, text = 'x = x + 1;') => Array(count).fill(text).join('\n');

function gateSays(path, text, allow = '') {
    return withTree({ [path]: text, '.ci/sizes.allow': allow }, (tree) => tree.gate('sizes'));
}

test('a file of 400 lines passes with a note, one of 401 fails', () => {
    const fits = gateSays('native/net/x.cpp', `${lines(400, 'int x;')}\n`);
    assert.equal(fits.ok, true);
    assert.match(fits.text, /note: native\/net\/x\.cpp: 400 lines/);
    const over = gateSays('native/net/x.cpp', `${lines(401, 'int x;')}\n`);
    assert.equal(over.ok, false);
    assert.match(over.text, /^native\/net\/x\.cpp: 401 lines/m);
});

test('data and lock files have no limit', () => {
    assert.equal(gateSays('core/providers/x.json', lines(2000, '{}')).ok, true);
    assert.equal(gateSays('web/package-lock.json', lines(2000, '{}')).ok, true);
});

// Each: a name, a path, what stands before and after the statements, and how many lines these add to the function.
const FUNCTIONS = [
    ['a C++ function', 'core/src/base/x.cpp', 'namespace tenon {\nint f(int x) {', '}\n}', 'f'],
    ['a C++ member with initialisers', 'core/src/base/x.cpp', 'struct S {};\nS::S(int x, Y y = {}) : a_{x}, b_(y) {', '}', 'S'],
    ['a C++ member in its class', 'core/src/base/x.hpp', 'class A final : public B {\n    void g() const override {', '}\n};', 'g'],
    ['a coroutine', 'native/net/x.cpp', 'asio::awaitable<Result<void>> run(Request request) {', '}', 'run'],
    ['a test', 'tests/native/x_test.cpp', 'TEST(Suite, sentence) {', '}', 'Suite.sentence'],
    ['a JavaScript function', 'edge/x.js', 'export async function f(a = {}) {', '}', 'f'],
    ['an arrow function', 'web/src/x.ts', 'export const f = async (a: string): Promise<void> => {', '};', 'f'],
    ['a method', 'web/src/x.ts', 'class A {\n    run(a) {', '}\n}', 'run'],
    ['a shell function', 'x.sh', 'f() {', '}', 'f'],
];
for (const [what, path, before, after, name] of FUNCTIONS) {
    test(`${what} of 80 lines passes, one of 81 fails`, () => {
        const source = (count) => `${before}\n${lines(count - 2, '    x = x + 1;')}\n${after}\n`;
        assert.deepEqual(gateSays(path, source(80)), { ok: true, text: '' });
        const over = gateSays(path, source(81));
        assert.equal(over.ok, false);
        assert.ok(over.text.includes(`${path}:${name}: 81 lines`), over.text);
    });
}

test('a Python function of 81 lines fails', () => {
    const over = gateSays('.ci/x.py', `def f(x):\n${lines(80, '    x += 1')}\n`);
    assert.match(over.text, /x\.py:f: 81 lines/);
});

test('braces in literals and comments do not count', () => {
    const tricky = [
        'void f() {', '    auto a = "}"; auto b = \'}\'; auto c = R"x(})x"; // }', '    /* } */ int n = 1\'000;',
        lines(40), '}', 'void g() {', lines(70), '}', '',
    ].join('\n');
    assert.deepEqual(gateSays('core/src/base/x.cpp', tricky), { ok: true, text: '' });
});

test('a namespace, a class and a test group are not functions', () => {
    const functions = (text) => Array(30).fill(text).join('\n');
    assert.equal(gateSays('core/src/base/x.cpp', `namespace tenon::base {\n${functions('int f(int x) {\n    return x;\n}')}\n}\n`).ok, true);
    assert.equal(gateSays('tests/e2e/x.test.mjs', `describe('a', () => {\n${functions("test('b', () => {\n    f();\n});")}\n});\n`).ok, true);
});

test('a waiver needs a reason and a file that needs it', () => {
    const long = `${lines(401, 'int x;')}\n`;
    assert.equal(gateSays('native/net/x.cpp', long, 'native/net/x.cpp one table of codes\n').ok, true);
    assert.match(gateSays('native/net/x.cpp', long, 'native/net/x.cpp\n').text, /has no reason/);
    assert.match(gateSays('native/net/x.cpp', 'int x;\n', 'native/net/x.cpp one table\n').text, /needs no waiver/);
});
