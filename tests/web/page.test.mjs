// The page in Debian's Chromium, against the real server and simulator. Screenshots are kept in build/screenshots.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { Client } from '../../.ci/lib/demo/client.mjs';
import { Program } from '../../.ci/lib/demo/programs.mjs';
import { playScenario, readScenario } from '../../.ci/lib/demo/scenario.mjs';

const programs = process.env.TENON_PROGRAMS ?? 'build/dev/native';
const screenshots = 'build/screenshots';
const browser_flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const stage = {};

before(async () => {
    await mkdir(screenshots, { recursive: true });
    stage.folder = await mkdtemp(join(tmpdir(), 'tenon-web-'));
    const scenario = await readScenario();
    stage.simulator = new Program(`${programs}/tenon-simulator`, ['--listen', '127.0.0.1:0']);
    const simulator = (await stage.simulator.event('listening')).url.replace(/\/$/, '');
    const bases = scenario.providers.flatMap((id) => ['--provider-base', `${id}=${simulator}/${id}`]);
    stage.server = new Program(`${programs}/tenon`, ['serve', '--listen', '127.0.0.1:0', '--data', join(stage.folder, 'data'),
        '--page', 'web/dist', ...bases]);
    const { api_key } = await stage.server.event('bootstrap');
    stage.url = (await stage.server.event('listening')).url.replace(/\/$/, '');
    stage.client = new Client(stage.url, api_key);
    stage.played = await playScenario(stage.client, scenario, simulator);
    stage.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: browser_flags });
});

after(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
    await stage.simulator?.stop();
    await rm(stage.folder, { recursive: true, force: true });
});

/** A fresh visitor; every complaint of the browser (CSP included) is a failure of the test that opened it. */
async function visit(t, path) {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 40[13]|ERR_INTERNET_DISCONNECTED/.test(message.text())) complaints.push(message.text());
    });
    t.after(async () => {
        await context.close();
        assert.deepEqual(complaints, []);
    });
    await page.goto(path.startsWith('http') ? path : stage.url + path);
    return { context, page };
}

async function signedIn(t) {
    const { url } = await stage.client.post('/v1/sign-in-links', {});
    const visitor = await visit(t, url);
    await visitor.page.getByRole('heading', { name: 'Forms' }).waitFor();
    return visitor;
}

const shot = (page, name) => page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });

test('a stranger sees the sign-in form and a wrong key is explained', async (t) => {
    const { page } = await visit(t, '/');
    await page.getByLabel('API key').fill('tnk_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('wrong, revoked or expired').waitFor();
    await shot(page, 'sign-in');
});

test('a sign-in link works once, and nothing that signs in is kept by the page', async (t) => {
    const { url } = await stage.client.post('/v1/sign-in-links', {});
    const { context, page } = await visit(t, url);
    await page.getByRole('heading', { name: 'Forms' }).waitFor();
    assert.doesNotMatch(page.url(), /token/);
    const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    assert.deepEqual(kept, [0, 0, '']);
    const cookies = await context.cookies();
    assert.equal(cookies.length, 1);
    assert.ok(cookies[0].httpOnly);

    const second = await visit(t, url);
    await second.page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('submissions and their executions appear without a reload', async (t) => {
    const { page } = await signedIn(t);
    await page.getByRole('link', { name: stage.played.scenario.form.name }).click();
    const rows = page.locator('section[aria-labelledby=submissions] > table > tbody > tr');
    await rows.first().waitFor();
    const before_count = await rows.count();
    const form = new URL(page.url()).hash.split('/')[2];
    await stage.client.post(`/v1/forms/${form}/submissions`, stage.played.scenario.submission);
    await page.waitForFunction(([selector, count]) => document.querySelectorAll(selector).length > count,
        ['section[aria-labelledby=submissions] > table > tbody > tr', before_count]);
    const executions = rows.first().locator('details.execution');
    await page.waitForFunction(() => {
        const first = document.querySelector('section[aria-labelledby=submissions] > table > tbody > tr');
        const states = [...(first?.querySelectorAll('summary .status') ?? [])].map((one) => one.textContent);
        return states.length > 0 && states.every((state) => state === 'succeeded');
    });
    assert.equal(await executions.count(), stage.played.integrations.length);
    await executions.first().locator('summary').click();
    await page.locator('.attempt pre').first().waitFor();
    assert.match(await page.getByLabel('Request').first().innerText(), /POST https:/);
    assert.match(await page.getByLabel('Reply').first().innerText(), /200/);
    await shot(page, 'form');
});

test('the preview is computed in the page while typing, also without a network', async (t) => {
    const { context, page } = await signedIn(t);
    await page.getByRole('link', { name: stage.played.scenario.form.name }).click();
    const { config } = stage.played.scenario.integrations[0];
    await page.locator('.cards a.card', { hasText: config.action.replaceAll('_', ' ') }).first().click();
    const line = page.locator('[data-test=request-line]');
    await page.getByLabel('Sample submission').fill(JSON.stringify(stage.played.scenario.submission));
    await line.waitFor();

    await context.setOffline(true);
    const target = page.getByLabel('Target of row 1');
    const body = page.locator('[data-test=request-body]');
    await target.fill('Renamed while offline');
    await page.waitForFunction(() => document.querySelector('[data-test=request-body]')?.textContent?.includes('Renamed while offline')
        || document.querySelector('[data-test=errors]') !== null);
    await shot(page, 'mapping');
    await page.getByLabel('Show previews of links').selectOption('yes');
    await body.getByText('"unfurl_links": true').waitFor();
    await page.getByLabel('Show previews of links').selectOption('');
    await body.getByText('"unfurl_links": false').waitFor();
    await page.getByLabel('Sample submission').fill('{"broken":');
    await page.locator('[data-test=errors]').getByText('not valid JSON').waitFor();
    assert.equal(await body.count(), 0);
    await context.setOffline(false);
});

test('what the page previews is what the server previews, byte for byte', async (t) => {
    const { page } = await signedIn(t);
    const entry = stage.played.scenario.integrations[0];
    const integration = await stage.client.get(`/v1/integrations/${stage.played.integrations[0].id}`);
    const connection = await stage.client.get(`/v1/connections/${integration.config.connection_id}`);
    const provider = await stage.client.get(`/v1/providers/${entry.config.provider}`);
    const submission = stage.played.scenario.submission;
    const meta = { submission_id: 'preview' };
    const action = provider.templates[integration.config.action][connection.auth_kind];
    const line = JSON.stringify({ config: integration.config, submission, meta, action, connection: connection.facts });
    const here = await page.evaluate(async (asked) => (await window.tenon.core()).preview(asked), line);
    const there = await stage.client.text('/v1/preview', { config: integration.config, submission, meta });
    assert.equal(here, there);
});
