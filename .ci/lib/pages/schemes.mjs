// docs/schemes: one page for each signing scheme, from its document.
import { can_be_sent, example } from './example.mjs';
import { code, part, parts, settings, unsigned } from './words.mjs';

const algorithms = {
    'shared-token': 'a shared token, compared in constant time',
    'sha256-prefix': 'SHA-256 of the key followed by the message',
    jwt: 'JSON Web Token',
};

function algorithm(scheme) {
    const { algorithm: name } = scheme;
    if (typeof name !== 'string') return 'named by the delivery';
    return algorithms[name] ?? name.replace(/^hmac-/, 'HMAC-').replace(/sha(\d+)/, 'SHA-$1');
}

function place({ from, name, names, name_pattern, pointer }) {
    const known = [name, ...(names ?? []), name_pattern].filter(Boolean);
    const called = known.map((one) => (one.startsWith('cfg:') ? part(one) : code(one))).join(', ');
    if (from === 'header') return `header ${called}`;
    if (from === 'json' || from === 'body') return pointer ? `${code(pointer)} of the JSON body` : 'the body';
    return `${from} field ${called}`;
}

function signature({ signature: rule, encoding }) {
    const said = [place(rule)];
    if (rule.prefix) said.push(`after ${code(rule.prefix)}`);
    if (rule.field) said.push(`entry ${code(rule.field)} of a list split at ${code(rule.split)}${rule.many ? ', any entry may match' : ''}`);
    said.push(encoding === 'text' ? 'as it is' : encoding);
    return said.join('; ');
}

function token_claims({ claims = {}, body_claim, url_claim }) {
    const said = Object.keys(claims).map(code);
    if (body_claim) said.push(`${code(body_claim.name)}, a digest of the body`);
    if (url_claim) said.push(`${code(url_claim.name)}, ${url_claim.hash ? 'a digest of ' : ''}the URL`);
    return `the claims of the token${said.length > 0 ? `; checked are ${said.join(', ')}` : ''}`;
}

function signed({ message = [], message_any, algorithm: name, rfc9421, jwt }) {
    if (name === 'shared-token') return '**nothing**: whoever has seen one delivery can make others';
    if (rfc9421) return `HTTP message signature over at least ${(rfc9421.required ?? []).map(code).join(', ')}`;
    if (name === 'jwt') return token_claims(jwt ?? {});
    return (message_any ?? [message]).map(parts).join('; or ') || 'the token';
}

function key({ key: rule = {} }) {
    const said = [{ utf8: 'the secret as text', hex: 'the secret decoded from hex', base64: 'the secret decoded from base64' }[rule.encoding] ?? ''];
    if (rule.type && rule.type !== 'secret') said[0] = `public key (${rule.type})`;
    if (rule.value) said.push(`the provider's ${rule.value}`);
    if (rule.strip_prefix) said.push(`without ${code(rule.strip_prefix)}, if there`);
    if (rule.derive) said.push(`hashed with ${rule.derive}`);
    if (rule.compose) said.push(`composed as ${code(rule.compose)}`);
    if (rule.lookup) said.push(`chosen from \`keys\` by ${part(rule.lookup)}`);
    if (rule.fetch) said.push(rule.fetch.includes('{') ? 'fetched from there, within the allowed addresses' : `fetched from ${code(rule.fetch)}`);
    if (rule.note) said.push(rule.note);
    return said.filter(Boolean).join('; ').replaceAll('|', '\\|');
}

function timestamp({ timestamp: rule, jwt }) {
    if (jwt) return 'the times of the token';
    if (!rule) return '**none**: a delivery stays valid for ever, keep the ids that you have seen';
    const window = rule.tolerance_s === null || rule.tolerance_s === undefined ? 'no window' : `at most ${rule.tolerance_s} s away`;
    const source = rule.tolerance_source ? `; source: ${rule.tolerance_source.replaceAll('|', '\\|')}` : '';
    return `${part(rule.from)}, ${rule.format}${rule.unit === 'ms' ? ' in ms' : ''}; ${window}${source}`;
}

function event_id({ event_id: rule, event_id_signed }) {
    if (!rule) return 'none: deduplicate by a digest of the body';
    const where = Array.isArray(rule) ? parts(rule) : part(rule);
    return `${where}, ${event_id_signed ? 'signed' : '**not signed**: a replay can carry another one, so keep the digest of the body as well'}`;
}

function handshake({ challenge: rule }) {
    const when = (rule.detect ?? []).map((one) => {
        const at = one.indexOf('=');
        return at < 0 ? part(one) : `${part(one.slice(0, at))} = ${code(one.slice(at + 1))}`;
    });
    const condition = when.length > 0 ? ` with ${when.join(' and ')}` : '';
    const said = `${rule.method}${condition} is answered with ${rule.respond?.status ?? 200}`;
    const then = rule.store_key ? `; ${part(rule.store_key)} is the key from then on` : '';
    return `${said}, ${rule.verify_first ? 'after the signature was verified' : 'without a signature'}${then}`;
}

function answers({ responses, retries, rotation }) {
    const rows = [];
    if (responses) rows.push(['Expected answer', Object.entries(responses).map(([what, value]) => `${what.replaceAll('_', ' ')}: ${value}`).join('; ')]);
    if (retries) rows.push(['Retries', retries]);
    if (rotation) rows.push(['Rotation', rotation]);
    return rows.map(([name, text]) => [name, text.replaceAll('|', '\\|')]);
}

function require_rule({ header, present, equals, matches, includes, optional }) {
    const wanted = equals ? `is ${code(equals)}` : matches ? `matches ${code(matches)}` : includes ? `includes ${includes.map(code).join(', ')}` : present ? 'is there' : '';
    return `header ${code(header)} ${wanted}${optional ? ', if it is there' : ''}`;
}

function rows(scheme) {
    if (scheme.kind === 'none') return [['Scheme id', code(scheme.id)], ['Signed', '**nothing**: the provider gives no way to verify a delivery, so there is no verifier for it']];
    const found = [
        ['Scheme id', code(scheme.id)],
        ['Algorithm', algorithm(scheme)],
        ['Signature', signature(scheme)],
        ['Signed', signed(scheme)],
        ['Not signed', scheme.algorithm === 'shared-token' ? 'everything' : unsigned(scheme)],
        ['Key', key(scheme)],
        ['Timestamp', timestamp(scheme)],
        ['Event id', event_id(scheme)],
    ];
    if (scheme.each) found.push(['Items', `each of ${part(scheme.each)} is verified on its own`]);
    if (scheme.require) found.push(['Required', scheme.require.map(require_rule).join('; ')]);
    if (scheme.when?.content_type) found.push(['Content type', code(scheme.when.content_type)]);
    const names = settings(scheme);
    if (names.length > 0) found.push(['Settings (`config`)', names.map(code).join(', ')]);
    if (scheme.challenge) found.push(['Handshake', handshake(scheme)]);
    return [...found, ...answers(scheme)];
}

export function scheme_page(root, scheme) {
    const quirks = (scheme.quirks ?? []).map((quirk) => `- ${quirk}`);
    return [
        `# ${scheme.provider} (${scheme.id})`, '',
        '| | |', '| --- | --- |', ...rows(scheme).map(([name, text]) => `| ${name} | ${text} |`), '',
        ...(quirks.length > 0 ? ['## Quirks', '', ...quirks, ''] : []),
        ...(scheme.kind === 'none' ? [] : example(root, scheme)),
        `Known from: ${scheme.source}. Made from \`core/schemes/${scheme.id}.json\` by \`node .ci/pages.mjs\`.`, '',
    ].join('\n');
}

export function scheme_index(schemes) {
    const line = (scheme) => {
        if (scheme.kind === 'none') return `| [${scheme.id}](${scheme.id}.md) | ${scheme.provider} | none: not verifiable | | | |`;
        const id = scheme.event_id ? (scheme.event_id_signed ? 'signed' : 'not signed') : 'none';
        const time = scheme.timestamp?.tolerance_s ? `${scheme.timestamp.tolerance_s} s` : 'none';
        return `| [${scheme.id}](${scheme.id}.md) | ${scheme.provider} | ${algorithm(scheme)} | ${time} | ${id} | ${can_be_sent(scheme) ? 'yes' : ''} |`;
    };
    return [
        '# Signing schemes', '',
        `${schemes.filter((scheme) => scheme.kind !== 'none').length} schemes that \`tenon\` and \`@tenon/edge\` verify. Made by \`node .ci/pages.mjs\` from \`core/schemes/\`.`, '',
        '| scheme | provider | algorithm | window | event id | `webhook send` |', '| --- | --- | --- | --- | --- | --- |',
        ...schemes.map(line), '',
    ].join('\n');
}
