// Makes the first inputs of the fuzz targets from the project's own vectors: for each target a few, short and of many
// kinds. What a fuzzer found is added to corpus/ by hand, under a name that says what it was; this script leaves it.
// The words of each language go to words/NAME.dict, for libFuzzer to write with.
// usage: make_corpus.mjs   (writes tests/fuzz/corpus/*/seed_NN and tests/fuzz/words/*)
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MOST_BYTES = 6000;  // of all seeds of one target

const linesOf = (file) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n');
const vectorFiles = (folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.jsonl')).sort();
const mappingLines = vectorFiles('tests/vectors/mapping').map((name) => linesOf(`tests/vectors/mapping/${name}`));
const webhookLines = vectorFiles('tests/vectors/webhooks').map((name) =>
    linesOf(`tests/vectors/webhooks/${name}`).map((line) => JSON.parse(line)));

/** Some of the items of each list, the shortest first and the lists in turn, while they fit. */
function chosen(lists, most = MOST_BYTES) {
    const sorted = lists.map((list) => [...list].sort((a, b) => Buffer.byteLength(a) - Buffer.byteLength(b)));
    const out = [];
    let size = 0;
    for (let round = 0; round < 3; round += 1)
        for (const list of sorted) {
            const item = list[Math.floor((list.length * (round + 1)) / 5)];
            if (item === undefined || out.includes(item) || size + Buffer.byteLength(item) > most) continue;
            out.push(item);
            size += Buffer.byteLength(item);
        }
    return out;
}

/** A batch line without what only the test reads. */
function withoutExpectation(text) {
    const { case: name, expect, exact, ...line } = JSON.parse(text);
    return JSON.stringify(line);
}

function delivery(line) {
    const headers = Object.entries(line.headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}:${one}`));
    const body = Buffer.from(line.body_base64 ?? '', 'base64').toString('latin1');
    const secret = line.secret ?? line.secrets?.[0] ?? '';
    return [line.scheme, secret, `${line.method} ${line.url}`, ...headers, '', body].join('\n');
}

const frame = (op, text) => String.fromCharCode(op) + text;
function verifyFrame(document, line) {
    const headers = Object.entries(line.headers).map(([name, value]) => [name, [value].flat()[0]]);
    const header = JSON.stringify({ scheme: document, secrets: [line.secret ?? ''], method: line.method, url: line.url,
                                    headers, now_ms: line.now_unix * 1000 });
    const size = Buffer.alloc(4);
    size.writeUInt32LE(Buffer.byteLength(header));
    return frame(0, size.toString('latin1') + Buffer.from(header).toString('latin1') + '{}');
}

const schemeText = (id) => {
    const { documentation, quirks, docs, ...document } = JSON.parse(readFileSync(join(root, `core/schemes/${id}.json`), 'utf8'));
    return JSON.stringify(document);
};
const schemeIds = readdirSync(join(root, 'core/schemes')).map((name) => name.slice(0, -5));
const values = mappingLines.flat().map((line) => JSON.parse(line).submission).filter((one) => one && typeof one === 'object')
    .flatMap((one) => Object.values(one)).filter((one) => typeof one === 'string' && one.length < 60 && !one.includes('\n'));
const previews = mappingLines.map((lines) => lines.map(withoutExpectation));

const schemas = [
    '{"schema":{"type":"object","properties":{"a":{"minimum":1.5},"b":{"pattern":"^\\\\p{L}+$"}},"required":["a"],"additionalProperties":false},"data":{"a":1,"b":"x1","c":0}}',
    '{"schema":{"$id":"https://e.x/a","$defs":{"t":{"$anchor":"t","enum":[1,"a",null]}},"anyOf":[{"$ref":"#t"},{"$ref":"#/$defs/t"}]},"data":"b"}',
    '{"schema":{"$ref":"https://e.x/r"},"data":[1,1],"documents":{"https://e.x/r":{"prefixItems":[true],"items":{"const":2},"uniqueItems":true,"contains":{"multipleOf":0.1},"minContains":2}}}',
    '{"schema":{"$dynamicAnchor":"n","properties":{"k":{"$dynamicRef":"#n"}},"unevaluatedProperties":false},"data":{"k":{"k":{"z":1}}}}',
    '{"schema":{"if":{"type":"string"},"then":{"minLength":2,"maxLength":3},"else":{"not":{}},"dependentRequired":{"a":["b"]}},"data":"é"}',
    ...['date', 'time', 'date-time', 'duration', 'email', 'ipv4', 'ipv6', 'uri', 'uri-template', 'uuid', 'hostname', 'json-pointer', 'regex']
        .map((format, i) => JSON.stringify({ schema: { format }, format_assertion: true,
            data: ['2024-02-29', '23:59:60Z', '2024-02-29T00:00:00.5+01:00', 'P1Y2M3DT4H', 'a.b@example.com', '192.0.2.1', '2001:db8::1:192.0.2.1',
                   'http://u@[::1]:80/a%20b?c#d', '/{+a,b*}{?c:3}', '2EB8AA08-aa98-11ea-b4aa-73b441d16380', 'a-b.example', '/a~1b/0', '^[a-z]+(?:b|c){2,3}$'][i] })),
];
const templates = ['{"a":{"b":[1,"x",null]},"n":1.50}\n{{a.b}} {{#a.b}}[{{.}}]{{/a.b}}{{^m}}none{{/m}}', '{"t":"<&\\">"}\n  {{>p}}\n{{{t}}}{{&t}}{{=<% %>=}}<%t%><%! c %>\n<%={{ }}=%>{{t}}',
    '{"s":true,"l":[{"v":1},{"v":2}]}\n{{#s}}\r\n  {{#l}}\n{{v}}{{>q}}\n{{/l}}\n{{/s}}', '1\nplain text', '{}\n{{#a}}{{/b}}', '[]\n{{'];
const requests = ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'POST /a%20b?c=d&e HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /x HTTP/1.0\r\n\r\n',
    'PUT http://h:80/p HTTP/1.1\r\nhost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', 'a=b&c=%C3%A9+d&e', 'session=abc; x="y"'];
const patterns = ['^a(b|c)*d?$\nabbcd', '(?i)[^\\w-]+\\b\\d{2,3}?\nX--12', '[[:alpha:]]x\nax', '(?:a{0,3}){2}|\\x41\\x{1F600}\n😀AA', '\\A[a-c\\]é]+\\z\nabé', '(a|b|)(\\S\\s)+.\na b c',
    '((a)|(b))(?:x|y|)\nby'];
const dates = ['DD.MM.YYYY\n+01:00\n31.01.2026', 'YYYY-MM-DD[T]HH:mm:ss.SSSZ\nZ\n2026-01-31T10:00:00.123+02:00', 'MMM D, YYYY h:mm A\n\nJan 5, 2026 3:04 PM', 'unix\n\n1700000000', 'D MMMM YYYY\n-05:30\n2026-02-29',
    'unix_ms\n\n-1700000000123', 'YYYY-MM-DD\n\n2026-01-31T23:59:59.999999999Z'];

/** Keys and certificates that the deliveries bring: as PEM, as DER, and a signature's DER. */
const pems = [...new Set(webhookLines.flat().flatMap((line) => Object.values(line.keys ?? {}))
    .filter((key) => typeof key === 'string' && key.startsWith('-----BEGIN ')))].sort((a, b) => a.length - b.length);
const derOf = (pem) => Buffer.from(pem.split('\n').filter((line) => line && !line.startsWith('-----')).join(''), 'base64').toString('latin1');
const ofLabel = (label) => pems.filter((pem) => pem.startsWith(`-----BEGIN ${label}-----`));
const keySeeds = [...ofLabel('PUBLIC KEY').slice(0, 6).flatMap((pem) => [`p${pem}`, `k${derOf(pem)}`]),
    ...ofLabel('CERTIFICATE').slice(0, 3).flatMap((pem) => [`p${pem}`, `c${derOf(pem)}`]), `s\x30\x06\x02\x01\x01\x02\x01\x02`];

const seeds = {
    json: [...chosen(mappingLines, 2500), '[1e308,-0.0,1E-324,"\\ud83d\\ude00\\u0041",true,null]', '{"a":{"b":[[],{}]},"":0}', '"\u00e9\u20ac"', '[[[[1]]]]', '{"\\u0000":1}'],
    decimal: [...['1.50\n-0.5', '12345678901234567891\n1e20', '9007199254740993\n9007199254740992', '1e-400\n0.1', '2.5e308\n-1', '0.1000000000000000055511151231257827\n0.1', '-0\n000.0e5'], ...chosen([values.filter((one) => /^[^a-z]*[0-9]/.test(one))], 200)],
    date: dates,
    pattern: patterns,
    template: templates,
    schema: schemas,
    preview: chosen(previews),
    scheme: chosen([schemeIds.map(schemeText)], 1500).concat(['stripe', 'slack', 'svix_v1', 'twitch'].filter((id) => schemeIds.includes(id)).map(schemeText)),
    delivery: chosen(webhookLines.map((lines) => lines.map(delivery)), 12000),
    frame: [frame(4, withoutExpectation(JSON.stringify(webhookLines[0][0]))), verifyFrame(JSON.parse(schemeText('github')), webhookLines[0][0]),
        frame(1, `{"scheme":${schemeText('github')},"secrets":["s"]}`), frame(2, '{"verifier":1}'), frame(3, `{"scheme":${schemeText('github')},"secrets":["s"],"method":"POST","url":"/","headers":[],"body_base64":"Yg==","now_ms":1000}`),
        frame(5, `{"schemes":{"github":${schemeText('github')}}}`), frame(6, previews[0][0]), frame(7, '{"config":{"provider":"none","action":"x","field_mappings":{}}}'), frame(8, schemas[0]), frame(9, '{"template":"{{a}}","data":{"a":"<"},"escape":"html"}')],
    request: requests,
    key: keySeeds,
};

const latin1 = new Set(['delivery', 'frame', 'key']);
for (const [target, inputs] of Object.entries(seeds)) {
    const folder = join(root, 'tests/fuzz/corpus', target);
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (name.startsWith('seed_')) rmSync(join(folder, name));
    inputs.forEach((input, i) =>
        writeFileSync(join(folder, `seed_${String(i).padStart(2, '0')}`), Buffer.from(input, latin1.has(target) ? 'latin1' : 'utf8')));
}

/** Names and short values of documents: the words that a reader of them knows. */
function wordsIn(value, found = new Set()) {
    if (typeof value === 'string' && /^[A-Za-z_$][A-Za-z0-9_$:-]{1,24}$/.test(value)) found.add(value);
    if (value === null || typeof value !== 'object') return found;
    for (const [name, held] of Object.entries(value)) {
        if (!Array.isArray(value)) wordsIn(name, found);
        wordsIn(held, found);
    }
    return found;
}

const json = ['{"":0}', '[]', '"\\u0000"', '\\ud83d', '1e308', '0.1', ',"', '":', 'null', 'true', 'false'];
const quoted = (words) => [...words].map((word) => `"${word}"`);
const schemaWords = ['$schema', '$vocabulary', '$comment', 'title', 'oneOf', 'allOf', 'propertyNames', 'patternProperties', 'exclusiveMinimum', 'exclusiveMaximum',
    'maxContains', 'dependentSchemas', 'unevaluatedItems', 'minProperties', 'maxProperties', 'maxItems', 'minItems', 'maximum', 'integer', 'number', 'boolean', 'null',
    'idn-email', 'iri', 'uri-reference', 'relative-json-pointer'];
const configs = mappingLines.flat().map((line) => JSON.parse(line)).filter((line) => line.config).slice(0, 400);
const configWords = [...wordsIn(configs.map(({ config, schema, action, connection }) => [config, schema, action, connection]))]
    .filter((word) => /^[$a-z]/.test(word)).slice(0, 300);
const schemeWords = [...wordsIn(schemeIds.map((id) => JSON.parse(schemeText(id))))].filter((word) => /^[a-z_:0-9]+$/.test(word)).slice(0, 300);

const words = {
    json,
    decimal: ['e+', 'e-', '0.0', ' %', '(', ')', '€', '$', 'USD', '\u00a0', '\u2212', "'", '.00', ',000'],
    date: ['YYYY', 'MM', 'MMM', 'MMMM', 'DD', 'HH', 'hh', 'mm', 'ss', 'SSS', ' A', 'Z', '[T]', 'unix', 'unix_ms', 'Sept', 'December', 'PM', '-02-29', '9999-12-31', '0001-01-01', '+23:59', 'T24:00'],
    pattern: ['(?:', '(?i)', '[^', '\\b', '\\d', '\\W', '\\x{', '[[:alpha:]]', '{1,', '}', '*?', '\\z', '|', ')*'],
    template: ['{{#', '{{/', '{{^', '{{{', '}}}', '{{>', '{{!', '{{=', '=}}', '{{&', '}}', '{{.}}'],
    schema: [...json, ...quoted(new Set([...schemaWords, ...wordsIn(schemas.map((line) => JSON.parse(line)))]))],
    preview: [...json, ...quoted(configWords)],
    scheme: [...json, ...quoted(schemeWords)],
    frame: [...json, '"scheme"', '"secrets"', '"headers"', '"verifier"', '"now_ms"', '"config_text"', '"submission_base64"'],
    request: ['Content-Length: ', 'Transfer-Encoding: chunked', 'Host: ', '\r\n', 'HTTP/1.1', 'Expect: 100-continue', 'Connection: close', ';x=', '%00', '%C3%A9'],
};
const folder = join(root, 'tests/fuzz/words');
mkdirSync(folder, { recursive: true });
/** In libFuzzer's spelling: quotes and backslashes escaped, other bytes than visible ASCII as \xNN. */
const spelled = (word) =>
    Buffer.from(word).toString('latin1').replace(/["\\]/g, '\\$&')
        .replace(/[^ -~]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
for (const [target, list] of Object.entries(words)) {
    const lines = list.map((word) => `"${spelled(word)}"\n`);
    writeFileSync(join(folder, `${target}.dict`), [...new Set(lines)].join(''));
}
