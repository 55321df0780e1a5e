// A Bun server that takes in verified webhooks, each once. Settings: SCHEME, WEBHOOK_SECRET, PORT (8000).
import { createVerifier } from "@tenon/edge";

// Remembers the digests of the last deliveries. A server with several processes asks its database instead.
const remembered = new Set();
function seen({ digest }) {
  if (remembered.has(digest)) return true;
  remembered.add(digest);
  if (remembered.size > 10_000) remembered.delete(remembered.values().next().value);
  return false;
}

const verifier = await createVerifier({ scheme: process.env.SCHEME, secret: process.env.WEBHOOK_SECRET, seen });

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.env.PORT ?? 8000),
  async fetch(request) {
    const verdict = await verifier.verify(request);
    if (verdict.response) return verdict.response;
    if (!verdict.valid) return new Response(verdict.reason, { status: verdict.status });
    if (!verdict.duplicate) console.log(JSON.stringify({ received: verdict.id, bytes: verdict.body.length }));
    return new Response(null, { status: 204 });
  },
});
console.log(JSON.stringify({ event: "listening", url: `http://127.0.0.1:${server.port}` }));
