// Starts the project's programs and reads the JSON lines on their stdout.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 10_000;

/** A running program; `event(name)` resolves with its JSON line of that name, or rejects when it ends. */
export class Program {
    #child;
    #seen = new Map();
    #waiting = new Map();
    #errors = [];
    #ended;

    constructor(path, args) {
        this.path = path;
        this.#child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
        createInterface({ input: this.#child.stderr }).on('line', (line) => this.#keep(line));
        this.#ended = new Promise((resolve) => {
            this.#child.on('exit', (code, signal) => resolve(signal ?? code));
            this.#child.on('error', (error) => resolve(error.message));
        });
    }

    get pid() {
        return this.#child.pid;
    }

    async event(name) {
        if (this.#seen.has(name)) return this.#seen.get(name);
        const said = new Promise((resolve) => this.#waiting.set(name, resolve));
        const gone = this.#ended.then((how) => Promise.reject(this.#failure(`ended (${how})`)));
        gone.catch(() => {}); // a later end is not a failure to start
        let timer;
        const late = new Promise((_, reject) => {
            timer = setTimeout(() => reject(this.#failure(`did not say "${name}"`)), START_LIMIT_MS);
        });
        return Promise.race([said, gone, late]).finally(() => clearTimeout(timer));
    }

    /** Asks the program to stop; answers with its exit code, or the signal that was needed. */
    async stop() {
        this.#child.kill('SIGTERM');
        const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_LIMIT_MS);
        return this.#ended.finally(() => clearTimeout(timer));
    }

    #take(line) {
        let message;
        try {
            message = JSON.parse(line);
        } catch {
            return this.#keep(line);
        }
        const name = message.event ?? 'listening';
        this.#seen.set(name, message);
        this.#waiting.get(name)?.(message);
    }

    #keep(line) {
        this.#errors.push(line);
        if (this.#errors.length > 30) this.#errors.shift();
    }

    #failure(what) {
        return new Error(`${this.path} ${what}\n${this.#errors.join('\n')}`);
    }
}
