// What the end-to-end tests share: connections of all four providers, and one form that writes to each of them.
import { signing_secret } from './programs.mjs';

const pasted = {
    airtable: { kind: 'api_key', fields: { token: 'patTest0123456789.abcdef' } },
    generic: { kind: 'signing_secret', fields: { secret: signing_secret } },
    googlesheets: { kind: 'api_key', fields: { token: 'ya29.test-token' } },
    slack: { kind: 'api_key', fields: { token: 'xoxb-1234-test' } },
};

/** What the provider must see where the preview shows `***`. */
export const credentials = {
    airtable: 'Bearer patTest0123456789.abcdef',
    googlesheets: 'Bearer ya29.test-token',
    slack: 'Bearer xoxb-1234-test',
};

const mappings = {
    name: { target: 'Name', required: true, transform: ['trim'] },
    email: { target: 'Email', type: 'email' },
    amount: { target: 'Amount', type: 'number' },
};

export const configs = {
    airtable: { provider: 'airtable', action: 'create_record', target_config: { base_id: 'appTest000000001', table_id: 'Leads' }, field_mappings: mappings },
    generic: { provider: 'generic', action: 'forward', target_config: { url: 'https://hooks.example.com/leads?k=1' }, field_mappings: mappings },
    googlesheets: {
        provider: 'googlesheets', action: 'create_row',
        target_config: { spreadsheet_id: '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms', worksheet_name: 'Leads' }, field_mappings: mappings,
    },
    slack: { provider: 'slack', action: 'send_message', target_config: { channel: 'C061EG9T2' }, message_template: 'New lead: {{name}} <{{email}}>', field_mappings: mappings },
};

export const submission = { name: '  Ada Lovelace ', email: 'ada@example.com', amount: '1,234.50' };

let made = 0;

export async function connect(client, provider, credential = pasted[provider]) {
    const { id } = await client.make('/v1/connections', { provider, account_name: `account ${++made}` });
    const active = await client.expect(200, 'PUT', `/v1/connections/${id}/credentials`, { body: credential });
    if (active.status !== 'active') throw new Error(`${provider}: ${active.status}`);
    return id;
}

/** Pastes the credential again, as a person does after a refusal. */
export async function reconnect(client, id, provider) {
    const active = await client.expect(200, 'PUT', `/v1/connections/${id}/credentials`, { body: pasted[provider] });
    if (active.status !== 'active') throw new Error(`${provider}: ${active.status}`);
}

/** A form with one integration for each of `providers`; answers {form, integrations: {provider: row}}. */
export async function makeForm(client, providers, { schema, change = (config) => config } = {}) {
    const form = await client.make('/v1/forms', { name: 'Leads', ...(schema === undefined ? {} : { schema }) });
    const integrations = {};
    for (const provider of providers) {
        const config = change({ ...configs[provider], connection_id: await connect(client, provider) });
        integrations[provider] = await client.make(`/v1/forms/${form.id}/integrations`, { config });
    }
    return { form, integrations };
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls `look` until it answers something true. */
export async function until(what, look, patience_ms = 30_000) {
    const end = Date.now() + patience_ms;
    for (;;) {
        const found = await look();
        if (found) return found;
        if (Date.now() > end) throw new Error(`not within ${patience_ms} ms: ${what}`);
        await pause(100);
    }
}

const ended = new Set(['succeeded', 'failed', 'outcome_unknown', 'cancelled', 'skipped']);

/** The executions of a submission once all of them have ended, with their attempts. */
export async function settled(client, submission_id, patience_ms) {
    const whole = await until('executions end', async () => {
        const shown = await client.get(`/v1/submissions/${submission_id}`);
        return shown.executions.every(({ status }) => ended.has(status)) && shown;
    }, patience_ms);
    return Promise.all(whole.executions.map(({ id }) => client.get(`/v1/executions/${id}`)));
}

export async function submit(client, form_id, body = submission) {
    return (await client.expect(202, 'POST', `/v1/forms/${form_id}/submissions`, { body })).submission_id;
}
