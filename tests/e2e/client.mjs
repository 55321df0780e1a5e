// A client that trusts no answer: every response is validated against the server's own /openapi.json, so a test
// can't pass on an answer that is not documented.
import assert from 'node:assert/strict';

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Finds the description of a call and checks answers against it. */
export class Contract {
    #document;
    #ajv;
    #paths;

    constructor(document) {
        this.#document = document;
        this.#ajv = new Ajv2020({ strict: false, allErrors: true });
        addFormats(this.#ajv);
        this.#ajv.addSchema(document, 'openapi');
        this.#paths = Object.keys(document.paths).map((path) => ({
            path,
            // The last parameter of a page's file or a zone's name may hold slashes.
            pattern: new RegExp(`^${path.replace(/\{(zone|path)\}$/, '(.+)').replace(/\{[^}]+\}/g, '([^/]+)')}$`),
            literals: path.split('/').filter((part) => part !== '' && !part.startsWith('{')).length,
        }));
    }

    get operations() {
        return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
            Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })));
    }

    #operation(method, path) {
        const fitting = this.#paths.filter(({ pattern }) => pattern.test(path));
        fitting.sort((a, b) => b.literals - a.literals);
        const methods = fitting.length > 0 ? this.#document.paths[fitting[0].path] : {};
        if (fitting[0]?.path === '/v1/hooks/{endpoint_id}') return methods.post;
        return methods[method.toLowerCase()] ?? (method === 'HEAD' ? methods.get : undefined);
    }

    /** `body`: bytes as text. Throws when the answer is not what the description says. */
    check(method, path, status, type, body) {
        const operation = this.#operation(method, path);
        const responses = operation?.responses ?? { default: { content: { 'application/problem+json':
            { schema: { $ref: '#/components/schemas/Problem' } } } } };
        const wanted = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
        const what = `${method} ${path} -> ${status}`;
        assert.ok(wanted, `${what} is not in /openapi.json`);
        if (status === 204 || method === 'HEAD') {
            assert.equal(body, '', `${what} has a body`);
            return;
        }
        if (wanted.content === undefined) return;
        const media = Object.keys(wanted.content)[0];
        if (media === '*/*') return;
        assert.equal(type, media, `${what}: content type`);
        if (!media.includes('json')) return;
        const schema = wanted.content[media].schema;
        const value = JSON.parse(body);
        const validate = this.#validator(schema);
        assert.ok(validate(value), `${what} does not fit its schema: ${this.#ajv.errorsText(validate.errors)}\n${body}`);
        if (media === 'application/problem+json') assert.equal(value.status, status, `${what}: status of the problem`);
    }

    #compiled = new Map();
    #validator(schema) {
        const key = JSON.stringify(schema);
        if (!this.#compiled.has(key)) {
            const placed = schema.$ref === undefined ? schema : { $ref: `openapi${schema.$ref}` };
            this.#compiled.set(key, this.#ajv.compile(placed));
        }
        return this.#compiled.get(key);
    }
}

/** Calls one server with one key; `call` answers {status, headers, text, body}. */
export class Client {
    constructor(url, key, contract) {
        this.url = url;
        this.key = key;
        this.contract = contract;
    }

    static async connect(url, key) {
        const reply = await fetch(`${url}/openapi.json`);
        assert.equal(reply.status, 200);
        return new Client(url, key, new Contract(await reply.json()));
    }

    as(key) {
        return new Client(this.url, key, this.contract);
    }

    /** `body`: a value to send as JSON, or a string or Buffer to send as it is. */
    async call(method, path, { body, headers = {}, key = this.key, type = 'application/json' } = {}) {
        const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
        const sent = { ...headers };
        if (key) sent.authorization = `Bearer ${key}`;
        if (bytes !== undefined && type !== undefined) sent['content-type'] ??= type;
        const reply = await fetch(this.url + path, { method, headers: sent, body: bytes, redirect: 'manual' });
        const text = await reply.text();
        this.contract.check(method, path.split('?')[0], reply.status, reply.headers.get('content-type'), text);
        const is_json = (reply.headers.get('content-type') ?? '').includes('json');
        return { status: reply.status, headers: reply.headers, text, body: is_json ? JSON.parse(text) : undefined };
    }

    async expect(status, method, path, options) {
        const answer = await this.call(method, path, options);
        assert.equal(answer.status, status, `${method} ${path}: ${answer.text}`);
        return answer.body;
    }

    get(path, options) {
        return this.expect(200, 'GET', path, options);
    }

    make(path, body, options) {
        return this.expect(201, 'POST', path, { body, ...options });
    }
}
