// Starting and stopping: keys, folders, flags, and what the program says when it can't.
import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { Client } from './client.mjs';
import { Program, run, Stage, temporary, tenon } from './programs.mjs';

const refusal = async (args, env) => {
    const listen = args.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
    const program = new Program(tenon, ['serve', ...listen, ...args], env);
    const { code } = await program.ended;
    return { code, said: program.logged.filter((line) => line.startsWith('tenon: ')) };
};

async function once(t, args, env) {
    const program = new Program(tenon, ['serve', '--listen', '127.0.0.1:0', ...args], env);
    t.after(() => program.stop('SIGKILL'));
    const { url } = await program.event('listening');
    return { program, url };
}

test('the first start makes a root key of mode 0600, says so, and prints the key once', async (t) => {
    const data = join(await temporary(t), 'data');
    const { program } = await once(t, ['--data', data]);
    assert.deepEqual(program.events.map(({ event }) => event), ['bootstrap', 'listening']);
    assert.match(program.events[0].api_key, /^tnk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
    assert.equal((await stat(join(data, 'root.key'))).mode & 0o777, 0o600);
    assert.equal((await stat(data)).mode & 0o777, 0o700);
    assert.equal(program.log('root_key_made').length, 1);
    assert.ok(!program.logged.join('\n').includes(program.events[0].api_key));
    assert.deepEqual(await program.stop(), { code: 0, signal: null });
    const again = await once(t, ['--data', data]);
    assert.deepEqual(again.program.events.map(({ event }) => event), ['listening']);
    const client = await Client.connect(again.url, program.events[0].api_key);
    assert.equal((await client.get('/v1/me')).organisation.id, program.events[0].organisation_id);
});

test('nothing of a key, a credential or a submission lies readable in the data folder', async (t) => {
    const stage = await Stage.start(t);
    const { id } = await stage.client.make('/v1/connections', { provider: 'slack', account_name: 'x' });
    await stage.client.expect(200, 'PUT', `/v1/connections/${id}/credentials`, { body: { kind: 'api_key', fields: { token: 'xoxb-needle-in-a-haystack' } } });
    const form = await stage.client.make('/v1/forms', { name: 'x' });
    await stage.client.expect(202, 'POST', `/v1/forms/${form.id}/submissions`, { body: { answer: 'needle-of-an-answer' } });
    await stage.server.stop();
    for (const file of await readdir(stage.data)) {
        const bytes = (await readFile(join(stage.data, file))).toString('latin1');
        for (const needle of ['needle-in-a-haystack', 'needle-of-an-answer', stage.key]) assert.ok(!bytes.includes(needle), `${needle} in ${file}`);
    }
});

test('another root key does not open the data', async (t) => {
    const folder = await temporary(t);
    const data = join(folder, 'data');
    const { program } = await once(t, ['--data', data]);
    await program.stop();
    const file = join(folder, 'other.key');
    await writeFile(file, 'ab'.repeat(32), { mode: 0o600 });
    const { code, said } = await refusal(['--data', data, '--root-key-file', file]);
    assert.equal(code, 3);
    assert.deepEqual(said, ['tenon: The root key does not open this data folder']);
});

test('a root key file that others can read, or that is none, is refused', async (t) => {
    const folder = await temporary(t);
    const file = join(folder, 'root.key');
    await writeFile(file, 'ab'.repeat(32));
    await chmod(file, 0o644);
    const open = await refusal(['--data', join(folder, 'data'), '--root-key-file', file]);
    assert.equal(open.code, 3);
    assert.match(open.said[0], /0600/);
    await chmod(file, 0o600);
    for (const text of ['', 'ab'.repeat(31), 'xy'.repeat(32), `${'ab'.repeat(32)}00`]) {
        await writeFile(file, text);
        assert.equal((await refusal(['--data', join(folder, 'data'), '--root-key-file', file])).code, 3, text);
    }
    assert.equal((await refusal(['--data', join(folder, 'data'), '--root-key-file', join(folder, 'none')])).code, 3);
});

test('the root key comes from a variable or a command too', async (t) => {
    const data = join(await temporary(t), 'data');
    const first = await once(t, ['--data', data, '--root-key-env', 'ROOT_KEY'], { ROOT_KEY: 'cd'.repeat(32) });
    await first.program.stop();
    const second = await once(t, ['--data', data, '--root-key-command', `printf '${'cd'.repeat(32)}'`]);
    await second.program.stop();
    assert.equal((await refusal(['--data', data, '--root-key-env', 'ROOT_KEY'], { ROOT_KEY: 'ef'.repeat(32) })).code, 3);
    assert.equal((await refusal(['--data', data])).code, 3, 'a folder with data and without root.key');
});

test('two servers do not share a data folder', async (t) => {
    const data = join(await temporary(t), 'data');
    await once(t, ['--data', data]);
    const { code, said } = await refusal(['--data', data]);
    assert.equal(code, 3);
    assert.equal(said.length, 1);
});

test('wrong flags are usage errors, what is not there yet says so', async (t) => {
    const data = join(await temporary(t), 'data');
    for (const args of [[], ['--data', data, '--listen', 'x'], ['--data', data, '--threads', '-1'], ['--data', data, '--nonsense'],
        ['--data', data, '--listen', '0.0.0.0:0'], ['--data', data, '--log-level', 'loud'], ['--data', data, '--tls-cert', 'x'],
        ['--data', data, '--provider-base', 'slack=https://example.com'], ['--data', data, '--provider-base', 'slack']])
        assert.equal((await refusal(args)).code, 2, args.join(' '));
    for (const flag of ['--database-url', '--redis-url', '--oidc-issuer', '--jwt-issuer']) {
        const { code, said } = await refusal(['--data', data, flag, 'x']);
        assert.equal(code, 3, flag);
        assert.match(said[0], /not supported by this version/);
    }
    assert.deepEqual(await readdir(join(data, '..')), [], 'nothing was made');
});

test('a port that is taken is an environment failure', async (t) => {
    const folder = await temporary(t);
    const { url } = await once(t, ['--data', join(folder, 'a')]);
    const taken = await refusal(['--data', join(folder, 'b'), '--listen', `127.0.0.1:${new URL(url).port}`]);
    assert.equal(taken.code, 3);
});

test('flags come from variables and from a file', async (t) => {
    const folder = await temporary(t);
    const file = join(folder, 'tenon.toml');
    await writeFile(file, `data = "${join(folder, 'from-file')}"\nlog-level = "warning"\n`);
    const first = await once(t, ['--config', file]);
    assert.ok((await readdir(folder)).includes('from-file'));
    await first.program.stop();
    const second = await once(t, [], { TENON_DATA: join(folder, 'from-variable') });
    assert.ok((await readdir(folder)).includes('from-variable'));
    await second.program.stop();
    await writeFile(file, 'dta = "x"\n');
    assert.equal((await refusal(['--config', file])).code, 2);
});

test('with a bootstrap file the key is written there and not printed', async (t) => {
    const folder = await temporary(t);
    const file = join(folder, 'bootstrap.json');
    const { program, url } = await once(t, ['--data', join(folder, 'data'), '--bootstrap-file', file]);
    assert.deepEqual(program.events.map(({ event }) => event), ['listening']);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const { api_key } = JSON.parse(await readFile(file, 'utf8'));
    assert.equal((await (await Client.connect(url, api_key)).call('GET', '/v1/me')).status, 200);
});

test('a separate admin listener has metrics and health, the main one no metrics', async (t) => {
    const data = join(await temporary(t), 'data');
    const { program, url } = await once(t, ['--data', data, '--admin-listen', '127.0.0.1:0']);
    const { admin_url } = await program.event('listening');
    assert.notEqual(admin_url, url);
    assert.equal((await fetch(`${admin_url}/metrics`)).status, 200);
    assert.equal((await fetch(`${admin_url}/readyz`)).status, 200);
    assert.equal((await fetch(`${admin_url}/v1/me`)).status, 404);
    assert.equal((await fetch(`${url}/metrics`)).status, 404);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
});

test('an operator\'s folder adds providers and replaces none', async (t) => {
    const folder = await temporary(t);
    const providers = join(folder, 'providers');
    await mkdir(providers);
    const document = JSON.parse((await run(['providers', 'airtable'])).out);
    await writeFile(join(providers, 'airtable.json'), JSON.stringify(document));
    const replaced = await refusal(['--data', join(folder, 'data'), '--providers', providers]);
    assert.equal(replaced.code, 3);
    await writeFile(join(providers, 'airtable.json'), '{"id":"airtable"}');
    assert.equal((await refusal(['--data', join(folder, 'data'), '--providers', providers])).code, 3);
});

test('a rewritten provider is warned about and shown by /readyz', async (t) => {
    const stage = await Stage.start(t);
    assert.equal(stage.server.log('provider_base').length, 4);
    const ready = await stage.client.get('/readyz', { key: null });
    assert.equal(ready.warnings.length, 4);
});
