// Prints what the demo did.

const indent = (value) => JSON.stringify(value, null, 2).replaceAll('\n', '\n    ');

function bodyOf(request) {
    const text = request.body;
    if (typeof text !== 'string') return text;
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** Prints each execution with what its provider received; answers whether all of them succeeded. */
export function printExecutions({ scenario, submission, integrations, executions, received }) {
    console.log(`One submission (${submission}) of the form "${scenario.form.name}":`);
    console.log(`    ${indent(scenario.submission)}`);
    for (const { id, title, provider } of integrations) {
        const execution = executions.find((one) => one.integration_id === id);
        const outcome = `${execution?.status ?? 'no execution'}, attempts: ${execution?.attempts?.length ?? 0}`;
        console.log(`\n${title} (${provider}): ${outcome}`);
        const requests = received.filter((request) => request.provider === provider);
        for (const request of requests) {
            console.log(`  ${provider} received ${request.method} ${request.path ?? request.url}`);
            if (request.body) console.log(`    ${indent(bodyOf(request))}`);
        }
        if (requests.length === 0) console.log(`  ${provider} received nothing`);
        if (execution?.status !== 'succeeded') console.log(`    ${indent(execution ?? {})}`);
    }
    const good = integrations.filter(({ id, provider }) =>
        executions.some((one) => one.integration_id === id && one.status === 'succeeded') &&
        received.some((request) => request.provider === provider));
    console.log(`\n${good.length} of ${integrations.length} executions succeeded.`);
    return good.length === integrations.length;
}

/** Prints a link that signs in once, within its minute; the key itself is never shown. */
export async function printSignIn(client) {
    const { url } = await client.post('/v1/sign-in-links', {});
    console.log(`\nOpen the page, signed in (once, within 60 s):\n  ${url}`);
}

export function printCalls(client) {
    console.log('\nThe same by hand (TENON_KEY: an API key of the organisation, from the page):');
    for (const call of client.calls) console.log(`  ${call}`);
}
