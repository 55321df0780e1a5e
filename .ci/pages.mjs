// Writes docs/schemes and docs/providers from the catalogue. usage: node .ci/pages.mjs [--check] [ROOT]
// --check writes nothing, and fails with the names of the pages that are not what the catalogue says.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { provider_index, provider_page } from './lib/pages/providers.mjs';
import { scheme_index, scheme_page } from './lib/pages/schemes.mjs';

const FOLDERS = ['docs/schemes', 'docs/providers'];

function documents(folder) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json');
    return names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** Every page: path below the root -> text. */
function pages(root) {
    const schemes = documents(join(root, 'core/schemes'));
    const providers = documents(join(root, 'core/providers'));
    return new Map([
        ['docs/schemes/README.md', scheme_index(schemes)],
        ...schemes.map((scheme) => [`docs/schemes/${scheme.id}.md`, scheme_page(root, scheme)]),
        ['docs/providers/README.md', provider_index(providers)],
        ...providers.map((provider) => [`docs/providers/${provider.id}.md`, provider_page(provider)]),
    ]);
}

/** The pages that are missing, differ, or belong to nothing. */
function stale(root, wanted) {
    const wrong = [...wanted].filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text);
    const present = FOLDERS.flatMap((folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : []));
    return [...wrong.map(([path]) => path), ...present.filter((path) => !wanted.has(path))].sort();
}

const words = process.argv.slice(2);
const is_check = words[0] === '--check';
const root = words[is_check ? 1 : 0] ?? fileURLToPath(new URL('..', import.meta.url));
const wanted = pages(root);
const outdated = stale(root, wanted);
for (const path of outdated) {
    if (is_check) {
        console.log(`${path}: not what the catalogue says; run node .ci/pages.mjs`);
    } else if (wanted.has(path)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), wanted.get(path));
    } else {
        rmSync(join(root, path));
    }
}
process.exitCode = is_check && outdated.length > 0 ? 1 : 0;
