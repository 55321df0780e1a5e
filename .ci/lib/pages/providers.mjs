// docs/providers: one page for each provider document.

const code = (text) => `\`${text}\``;
const WIDTH = 110;

/** JSON that keeps on one line what fits there. */
function json(value, indent = '') {
    const flat = JSON.stringify(value);
    if (flat.length + indent.length <= WIDTH || value === null || typeof value !== 'object') return flat;
    const inner = `${indent}  `;
    const items = Array.isArray(value)
        ? value.map((item) => inner + json(item, inner))
        : Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${json(item, inner)}`);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

const effects = {
    none: 'a repeated call may do it twice',
    upsert: 'may be repeated',
    natural: 'may be repeated',
};

function effect(rule) {
    if (rule?.kind === 'header') return `repeats are recognised by header ${code(rule.name)}`;
    if (rule?.kind === 'client_id') return 'repeats are recognised by our id';
    if (rule?.kind === 'find') return 'looked for before a repeat';
    if (rule?.kind === 'marker') return `repeats are recognised by column ${code(rule.column)}`;
    return effects[rule?.kind] ?? 'reads only';
}

function connecting(auth) {
    const fields = (auth.fields ?? []).map((field) => `${field.label}${field.help ? ` (${field.help})` : ''}`).join('; ');
    const scopes = auth.scopes?.default?.length ? `scopes ${auth.scopes.default.map(code).join(' ')}` : '';
    return `| ${code(auth.kind)} | ${[fields, scopes].filter(Boolean).join('; ').replaceAll('|', '\\|') || 'nothing to enter'} |`;
}

function first_example(action) {
    const found = action.examples?.[0];
    if (!found) return [];
    const config = { field_mappings: found.config, target_config: found.target_config, ...(found.message_template && { message_template: found.message_template }) };
    const request = { method: found.request.method, url: found.request.url, body: found.request.body };
    return [`### ${action.title}`, '', `Submission \`${JSON.stringify(found.submission)}\``, '', 'with', '', '```json', json(config), '```', '', 'sends', '', '```json', json(request), '```', ''];
}

const per = { app: 'OAuth client', connection: 'connection' };
const limit = (rule) => `- ${rule.requests} ${rule.requests === 1 ? 'request' : 'requests'} in ${rule.window_s} s for each ${per[rule.per] ?? rule.per}` +
    `${rule.of ? `, counting ${rule.of.map(code).join(', ')}` : ''}${rule.source === 'own' ? ' (our own rule)' : ''}`;

function curl_connect(provider) {
    const auth = provider.auth.find((one) => one.fields?.length > 0) ?? provider.auth[0];
    const fields = Object.fromEntries((auth.fields ?? []).map((field) => [field.name, '…']));
    const head = `-H "authorization: Bearer $API_KEY" -H 'content-type: application/json'`;
    const lines = ['```sh', `curl -X POST "$TENON/v1/connections" ${head} \\`, `  -d '${JSON.stringify({ provider: provider.id, account_name: 'main' })}'`];
    if (auth.fields?.length > 0) {
        lines.push(`curl -X PUT "$TENON/v1/connections/$ID/credentials" ${head} \\`, `  -d '${JSON.stringify({ kind: auth.kind, fields })}'`);
    }
    return [...lines, '```', ''];
}

function webhook({ webhook: rule }) {
    if (!rule?.schemes?.length) return [];
    const links = rule.schemes.map((id) => `[${id}](../schemes/${id}.md)`).join(', ');
    return ['## Webhooks', '', `Verified with ${links}; answer within ${rule.reply?.deadline_s ?? 'the usual'} s.`, ''];
}

export function provider_page(provider) {
    const limits = (provider.limits ?? []).map(limit);
    return [
        `# ${provider.name}`, '',
        `Id ${code(provider.id)}${provider.aliases?.length ? `, also ${provider.aliases.map(code).join(', ')}` : ''}.`, '',
        '## Connecting', '', '| kind | what it takes |', '| --- | --- |', ...provider.auth.map(connecting), '',
        ...curl_connect(provider),
        '## Actions', '', '| id | what | repeats |', '| --- | --- | --- |',
        ...provider.actions.map((action) => `| ${code(action.id)} | ${action.title} | ${effect(action.effect)} |`), '',
        ...(provider.targets?.length > 0 ? [`Choices that are listed: ${provider.targets.map((target) => code(target.kind)).join(', ')}.`, ''] : []),
        ...(limits.length > 0 ? ['## Limits', '', ...limits, ''] : []),
        ...webhook(provider),
        '## Examples', '', ...provider.actions.flatMap(first_example),
        `Made from \`core/providers/${provider.id}.json\` by \`node .ci/pages.mjs\`.`, '',
    ].join('\n');
}

export function provider_index(providers) {
    const line = (provider) => `| [${provider.id}](${provider.id}.md) | ${provider.name} | ${provider.auth.map((auth) => code(auth.kind)).join(', ')} | ${provider.actions.map((action) => code(action.id)).join(', ')} |`;
    return [
        '# Providers', '',
        'What Tenon can write to. Made by `node .ci/pages.mjs` from `core/providers/`; how such a document is written: [providers.md](../providers.md).', '',
        '| id | name | ways to connect | actions |', '| --- | --- | --- | --- |', ...providers.map(line), '',
    ].join('\n');
}
