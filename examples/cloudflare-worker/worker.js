// A Cloudflare Worker in front of `tenon serve`: it verifies every delivery where it arrives, answers handshakes, and
// forwards what is genuine in a signed envelope. The server verifies the envelope and the delivery inside once more.
//
// Settings: SCHEME, WEBHOOK_SECRET, EDGE_SECRET, TENON_URL; during a rotation also PREVIOUS_SECRET.
import { createVerifier, forward } from "@tenon/edge/cloudflare";

let ready;

/** One verifier for all requests of this isolate; a failed attempt is not kept. */
function verifierOf(env) {
  ready ??= createVerifier({
    scheme: env.SCHEME,
    secrets: [env.WEBHOOK_SECRET, env.PREVIOUS_SECRET].filter((secret) => secret !== undefined),
  }).catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

export default {
  async fetch(request, env) {
    const verifier = await verifierOf(env);
    const verdict = await verifier.verify(request);
    if (verdict.response) return verdict.response; // the provider's handshake
    if (!verdict.valid) return new Response(verdict.reason, { status: verdict.status });

    const envelope = await forward({
      scheme: env.SCHEME, request, body: verdict.body, to: env.TENON_URL, secret: env.EDGE_SECRET,
    });
    // The provider hears "accepted" only when the server has it: anything else makes the provider deliver again.
    const answer = await fetch(envelope).catch(() => undefined);
    if (answer?.ok) return new Response("accepted", { status: 202 });
    return new Response("not stored, deliver again", { status: 503 });
  },
};
