// A Deno server that takes in verified webhooks. Settings: SCHEME, WEBHOOK_SECRET, PORT (8000).
import { createVerifier } from "@tenon/edge/deno";

const verifier = await createVerifier({ scheme: Deno.env.get("SCHEME"), secret: Deno.env.get("WEBHOOK_SECRET") });

async function handle(request) {
  const verdict = await verifier.verify(request);
  if (verdict.response) return verdict.response;
  if (!verdict.valid) return new Response(verdict.reason, { status: verdict.status });
  const event = JSON.parse(new TextDecoder().decode(verdict.body));
  console.log(JSON.stringify({ received: verdict.id, type: event.type }));
  return new Response(null, { status: 204 });
}

Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get("PORT") ?? 8000),
  onListen: ({ port }) => console.log(JSON.stringify({ event: "listening", url: `http://127.0.0.1:${port}` })),
}, handle);
