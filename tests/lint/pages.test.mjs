import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { repository } from './planted_tree.mjs';

const generator = join(repository, '.ci/pages.mjs');

function pages(...words) {
    const run = spawnSync(process.execPath, [generator, ...words], { encoding: 'utf8' });
    assert.equal(run.stderr, '');
    return { ok: run.status === 0, text: run.stdout };
}

/** A tree with two schemes and a provider, and its pages. */
function small_tree() {
    const root = mkdtempSync(join(tmpdir(), 'tenon-pages-'));
    after(() => rmSync(root, { recursive: true }));
    for (const path of ['core/schemes/stripe.json', 'core/schemes/telegram.json', 'core/providers/generic.json', 'tests/vectors/webhooks/stripe.jsonl']) {
        mkdirSync(join(root, path, '..'), { recursive: true });
        cpSync(join(repository, path), join(root, path));
    }
    assert.equal(pages(root).ok, true);
    return root;
}

test('the pages of schemes and providers are what the catalogue says', () => {
    assert.deepEqual(pages('--check', repository), { ok: true, text: '' });
});

test('no page has a hole', () => {
    for (const folder of ['docs/schemes', 'docs/providers'])
        for (const name of readdirSync(join(repository, folder)))
            assert.doesNotMatch(readFileSync(join(repository, folder, name), 'utf8'), /`undefined`|\[object |`NaN`/, name);
});

test('a page says what is signed, what is not, and shows a delivery', () => {
    const page = readFileSync(join(small_tree(), 'docs/schemes/stripe.md'), 'utf8');
    assert.match(page, /\| Signed \| `t` of the signature · the text `\.` · the raw body \|/);
    assert.match(page, /\| Not signed \| the method, the URL, the headers \|/);
    assert.match(page, /at most 300 s away/);
    assert.match(page, /curl -X POST .*\n.*\n {2}-H 'Stripe-Signature: t=1700000000,v1=[0-9a-f]{64}'/);
    assert.match(page, /tenon webhook send --scheme stripe/);
});

test('a page that was edited, is missing or belongs to nothing is found', () => {
    const root = small_tree();
    assert.equal(pages('--check', root).ok, true);
    appendFileSync(join(root, 'docs/schemes/stripe.md'), 'more\n');
    rmSync(join(root, 'docs/providers/generic.md'));
    writeFileSync(join(root, 'docs/schemes/gone.md'), 'left over\n');
    const { ok, text } = pages('--check', root);
    assert.equal(ok, false);
    assert.deepEqual(text.trimEnd().split('\n').map((line) => line.split(':')[0]), ['docs/providers/generic.md', 'docs/schemes/gone.md', 'docs/schemes/stripe.md']);
    pages(root);
    assert.deepEqual(pages('--check', root), { ok: true, text: '' });
});

test('a change of the catalogue makes its page and the index stale', () => {
    const root = small_tree();
    const file = join(root, 'core/schemes/stripe.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"tolerance_s": 300', '"tolerance_s": 301'));
    assert.match(pages('--check', root).text, /README\.md[^]*stripe\.md/);
});
