// A small client of the HTTP API. It keeps the curl line of every call, so that a reader can repeat it.

export class Client {
    #url;
    #key;
    calls = [];

    constructor(url, key) {
        this.#url = url.replace(/\/$/, '');
        this.#key = key;
    }

    get(path) {
        return this.#call('GET', path);
    }

    post(path, body, headers = {}) {
        return this.#call('POST', path, body, headers);
    }

    put(path, body) {
        return this.#call('PUT', path, body);
    }

    /** The answer's bytes as text, for comparisons byte for byte. */
    text(path, body) {
        return this.#call('POST', path, body, {}, (answer) => answer);
    }

    async #call(method, path, body, headers = {}, read = JSON.parse) {
        const text = body === undefined ? undefined : JSON.stringify(body);
        const sent = { ...headers, ...(text === undefined ? {} : { 'content-type': 'application/json' }) };
        if (method !== 'GET') this.calls.push(this.#curl(method, path, sent, text));
        const reply = await fetch(this.#url + path, {
            method,
            headers: { ...sent, authorization: `Bearer ${this.#key}` },
            body: text,
        });
        const answer = await reply.text();
        if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${answer}`);
        return answer === '' ? undefined : read(answer);
    }

    // The key is named, not shown: what is printed may end up in a terminal's history.
    #curl(method, path, headers, text) {
        const words = ['curl', '-sS', '-X', method, shell(this.#url + path)];
        words.push('-H', '"authorization: Bearer $TENON_KEY"');
        for (const [name, value] of Object.entries(headers)) words.push('-H', shell(`${name}: ${value}`));
        if (text !== undefined) words.push('-d', shell(text));
        return words.join(' ');
    }
}

function shell(text) {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}
