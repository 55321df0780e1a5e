// Plays examples/demo/scenario.json against a running server: connections, a form with integrations, a submission.
import { readFile } from 'node:fs/promises';

const SCENARIO = new URL('../../../examples/demo/scenario.json', import.meta.url);
const SETTLED = new Set(['succeeded', 'failed', 'outcome_unknown', 'cancelled', 'skipped']);
const PATIENCE_MS = 30_000;

export async function readScenario() {
    const scenario = JSON.parse(await readFile(SCENARIO, 'utf8'));
    const providers = [...new Set(scenario.integrations.map((entry) => entry.config.provider))];
    return { ...scenario, providers };
}

/** What the simulator checks signatures with: the secret of the scenario's signed integration. */
export function signingSecret(scenario) {
    const signed = scenario.integrations.find(({ credentials }) => credentials.kind === 'signing_secret');
    return signed.credentials.fields.secret;
}

async function connect(client, entry) {
    const { id } = await client.post('/v1/connections', {
        provider: entry.config.provider,
        account_name: entry.account_name,
    });
    await client.put(`/v1/connections/${id}/credentials`, entry.credentials);
    return id;
}

async function integrate(client, form, entry) {
    const connection = await connect(client, entry);
    const config = { ...entry.config, connection_id: connection };
    const { id } = await client.post(`/v1/forms/${form}/integrations`, { config });
    return { id, title: entry.title, provider: entry.config.provider };
}

/** The submission with its executions, as soon as none of them is under way. */
async function settled(client, id, expected) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
        const submission = await client.get(`/v1/submissions/${id}`);
        const executions = submission.executions ?? [];
        const done = executions.length >= expected && executions.every(({ status }) => SETTLED.has(status));
        if (done || Date.now() > deadline) return executions;
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
}

/** {integrations, executions with their attempts, what the simulator received}. */
export async function playScenario(client, scenario, simulator) {
    const form = await client.post('/v1/forms', scenario.form);
    const integrations = [];
    for (const entry of scenario.integrations) integrations.push(await integrate(client, form.id, entry));

    const once = { 'idempotency-key': `demo-${Date.now()}` };
    const accepted = await client.post(`/v1/forms/${form.id}/submissions`, scenario.submission, once);
    const submission = accepted.submission_id;
    const executions = [];
    for (const { id } of await settled(client, submission, integrations.length)) {
        executions.push(await client.get(`/v1/executions/${id}`));
    }
    const received = await (await fetch(`${simulator}/__received`)).json();
    return { scenario, submission, integrations, executions, received: received.data ?? received };
}
