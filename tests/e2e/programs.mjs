// The programs under test as processes: each on a port of its own choosing, with data in a temporary folder.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { Client } from './client.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = process.env.TENON_PROGRAMS ?? join(root, 'build/dev/native');
export const tenon = process.env.TENON_BIN ?? join(folder, 'tenon');
export const simulator = process.env.TENON_SIMULATOR ?? join(folder, 'tenon-simulator');
const start_ms = 60_000; // a debug build on a busy machine

/** A running program: JSON lines of stdout by event, and what it logged. */
export class Program {
    constructor(path, args, env = {}) {
        this.logged = [];
        this.events = [];
        this.waiting = [];
        this.child = spawn(path, args, { env: { PATH: process.env.PATH, ...env } });
        createInterface({ input: this.child.stdout }).on('line', (line) => {
            this.events.push(JSON.parse(line)); // stdout has JSON lines only: anything else fails here
            this.waiting.forEach((look) => look());
        });
        createInterface({ input: this.child.stderr }).on('line', (line) => this.logged.push(line));
        // `close`, not `exit`: everything it said has then been read.
        this.ended = new Promise((resolve) => {
            this.child.on('close', (code, signal) => resolve({ code, signal }));
            this.child.on('error', (error) => {
                this.logged.push(error.message);
                resolve({ code: undefined, signal: null });
            });
        });
    }

    event(name) {
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`no ${name}:\n${this.logged.join('\n')}`)), start_ms);
            const look = () => {
                const found = this.events.find(({ event }) => event === name);
                if (!found) return;
                clearTimeout(timer);
                resolve(found);
            };
            this.waiting.push(look);
            this.ended.then(({ code }) => {
                clearTimeout(timer);
                reject(new Error(`ended with ${code}:\n${this.logged.join('\n')}`));
            });
            look();
        });
    }

    /** Log lines of an event, parsed. */
    log(event) {
        return this.logged.flatMap((line) => {
            try {
                const read = JSON.parse(line);
                return read.event === event ? [read] : [];
            } catch {
                return [];
            }
        });
    }

    async stop(signal = 'SIGTERM') {
        this.child.kill(signal);
        return this.ended;
    }
}

/** Runs a command to its end. */
export async function run(args, { input, env } = {}) {
    const child = spawn(tenon, args, { env: { PATH: process.env.PATH, ...env } });
    child.stdin.on('error', () => {}); // a command that refuses its arguments reads no input
    child.stdin.end(input ?? '');
    const [out, err] = await Promise.all([child.stdout, child.stderr].map(async (stream) => {
        const parts = [];
        for await (const part of stream) parts.push(part);
        return Buffer.concat(parts).toString();
    }));
    const code = await new Promise((resolve) => (child.exitCode !== null ? resolve(child.exitCode) : child.on('close', resolve)));
    return { code, out, err };
}

/** For describe(): what a test's `t` is for a test. Call it where hooks are declared. */
export function suiteScope() {
    const ends = [];
    after(async () => {
        for (const end of ends.reverse()) await end();
    });
    return { after: (end) => ends.push(end) };
}

export async function temporary(t) {
    const made = await mkdtemp(join(tmpdir(), 'tenon-e2e-'));
    t.after(() => rm(made, { recursive: true, force: true }));
    return made;
}

const providers = ['airtable', 'generic', 'googlesheets', 'slack'];

/** A simulator and a server over a data folder; all of it ends with the test or suite `t`. */
export class Stage {
    #programs = [];

    static async start(t, { flags = [] } = {}) {
        const stage = new Stage();
        stage.folder = await mkdtemp(join(tmpdir(), 'tenon-e2e-'));
        t.after(() => stage.#end());
        stage.data = join(stage.folder, 'data');
        stage.flags = flags;
        stage.simulator = stage.#run(simulator, ['--listen', '127.0.0.1:0', '--generic-secret', signing_secret]);
        stage.simulated = (await stage.simulator.event('listening')).url.replace(/\/$/, '');
        await stage.serve();
        stage.key = (await stage.server.event('bootstrap')).api_key;
        stage.client = await Client.connect(stage.url, stage.key);
        return stage;
    }

    #run(path, args) {
        this.#programs.push(new Program(path, args));
        return this.#programs.at(-1);
    }

    /** A program that ended by itself has crashed: a test that did not notice fails here, with what it said. */
    async #end() {
        const crashed = this.#programs.filter(({ child }) => !child.killed && (child.exitCode !== null || child.signalCode !== null));
        await Promise.all(this.#programs.map((program) => program.stop('SIGKILL')));
        await rm(this.folder, { recursive: true, force: true });
        for (const { child, logged } of crashed)
            throw new Error(`ended by itself (${child.exitCode ?? child.signalCode}):\n${logged.slice(-80).join('\n')}`);
    }

    get arguments() {
        const bases = providers.flatMap((id) => ['--provider-base', `${id}=${this.simulated}/${id}`]);
        return ['serve', '--listen', '127.0.0.1:0', '--data', this.data, '--threads', '2', ...bases, ...this.flags];
    }

    /** Starts (again) over the same data. */
    async serve() {
        this.server = this.#run(tenon, this.arguments);
        this.url = (await this.server.event('listening')).url;
        if (this.key) this.client = await Client.connect(this.url, this.key);
    }

    async received(provider) {
        const reply = await fetch(`${this.simulated}/__received?provider=${provider}`);
        return reply.json();
    }

    async fault(document) {
        const reply = await fetch(`${this.simulated}/__faults`, { method: 'POST', body: JSON.stringify(document) });
        assert.equal(reply.status, 200, await reply.text());
    }

    async forget() {
        await fetch(`${this.simulated}/__faults`, { method: 'DELETE' });
        await fetch(`${this.simulated}/__received`, { method: 'DELETE' });
    }
}

export const signing_secret = 'whsec_dGVzdC1zaWduaW5nLXNlY3JldC1vZi0zMi1ieXRlcyE=';
