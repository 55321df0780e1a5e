// The scheme language in words: what a part of a message is, where a value is read from.

export const code = (text) => {
    const shown = text.replaceAll('\n', '\\n').replaceAll('|', '\\|'); // pages show it inside tables
    return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
};

const list = (values) => values.map(code).join(' or ');

/** `PRE|part|POST`, of which nothing is there when the part is absent. */
function optional(rest) {
    const [before, ...others] = rest.split('|');
    const after = others.pop();
    return `${[before && `the text ${code(before)}`, part(others.join('|')), after && `the text ${code(after)}`].filter(Boolean).join(', ')} where present`;
}

const prefixes = {
    lit: (rest) => `the text ${code(rest)}`,
    hdr: (rest) => `header ${list(rest.split('|'))}`,
    sig: (rest) => `${code(rest)} of the signature`,
    query: (rest) => `query parameter ${code(rest)}`,
    form: (rest) => `form field ${code(rest)}`,
    json: (rest) => `${code(rest)} of the JSON body`,
    jwt: (rest) => `claim ${code(rest)} of the token`,
    'jwt.header': (rest) => `${code(rest)} of the token's head`,
    cfg: (rest) => `setting ${code(rest)}`,
    opt: optional,
    join: (rest) => `joined by ${code(rest)}`,
    canon: (rest) => `the request in the canonical form ${code(rest)}`,
};

const whole = {
    body: 'the raw body',
    method: 'the method',
    url: 'the public URL (setting `url`)',
    'req.url': 'the URL as received',
    'req.path_query': 'path and query as received',
};

/** One part of a message. */
export function part(value) {
    if (typeof value !== 'string') {
        const { of, ...how } = value;
        const name = Object.entries(how).map(([key, what]) => `${key} ${code(String(what))}`).join(', ');
        return of === undefined ? name : `${name} of (${of.map(part).join(', ')})`;
    }
    if (whole[value]) return whole[value];
    const call = /^([\w:]+)\((.*)\)$/.exec(value);
    if (call && !value.startsWith('lit:')) return `${code(call[1])} of ${part(call[2])}`;
    const colon = value.indexOf(':');
    const say = prefixes[value.slice(0, colon)];
    return say ? say(value.slice(colon + 1)) : code(value);
}

export const parts = (values) => values.map(part).join(' · ');

/** The strings in a document, at any depth. */
function texts(value) {
    if (typeof value === 'string') return [value];
    return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(texts);
}

/** Names of the settings (`cfg:NAME`) that a scheme reads. */
export function settings(scheme) {
    const { quirks, source, rotation, retries, ...read } = scheme;
    const found = texts(read).flatMap((text) => [...text.matchAll(/cfg:([a-z_][a-z0-9_]*)/g)].map((match) => match[1]));
    if (texts(read.message ?? []).includes('url')) found.push('url');
    return [...new Set(found)].sort();
}

/** What of a request no signature covers. */
export function unsigned(scheme) {
    const { message, message_any, rfc9421, jwt = {} } = scheme;
    const claimed = [jwt.body_claim && 'body', jwt.url_claim && 'url'];
    const signed = texts([message, message_any, rfc9421, claimed, Object.values(jwt.claims ?? {})]).join(' ');
    const open = [];
    const covers = (pattern) => pattern.test(signed);
    if (covers(/canon:/)) return 'what the canonical form leaves out';
    if (!covers(/\bbody\b/)) {
        const fields = covers(/\b(form|json):/);
        open.push(fields ? 'the other fields of the body' : 'the body');
    }
    if (!covers(/\bmethod\b/)) open.push('the method');
    if (!covers(/\burl\b|path_query/)) open.push('the URL');
    open.push(covers(/\bhdr:/) ? 'the other headers' : 'the headers');
    return open.join(', ');
}
