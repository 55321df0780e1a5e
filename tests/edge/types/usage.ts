// How a TypeScript user calls the package; compiled strictly, never run. Each expected error is one that must be found.
import { createVerifier, forward, preview, render, sign, TenonError, validate } from "@tenon/edge";
import type { Bytes, Reason, Signed, ValidationError, Verdict, Verifier, VerifierOptions } from "@tenon/edge";
import * as browser from "@tenon/edge/browser";
import * as cloudflare from "@tenon/edge/cloudflare";
import * as deno from "@tenon/edge/deno";
import * as node from "@tenon/edge/node";

const options: VerifierOptions = {
  scheme: "stripe",
  secrets: ["new", "old"],
  url: new URL("https://example.com/hook"),
  toleranceSeconds: 60,
  now: () => new Date(),
  seen: async ({ id, digest }) => (id ?? digest).length > 0,
};

export async function handle(request: Request): Promise<Response> {
  const verifier: Verifier = await createVerifier(options);
  const verdict: Verdict = await verifier.verify(request);
  if (verdict.response) return verdict.response;
  if (!verdict.valid) {
    const reason: Reason = verdict.reason;
    const status: 400 | 401 | 413 = verdict.status;
    // @ts-expect-error a refused delivery has no body
    verdict.body;
    return new Response(reason, { status });
  }
  const body: Uint8Array = verdict.body;
  const time: number | undefined = verdict.timestamp;
  // @ts-expect-error a genuine delivery has no reason
  verdict.reason;
  const forwarded: Request = await forward({ scheme: "stripe", request, body, to: "https://example.com", secret: "whsec_" });
  await fetch(forwarded);
  await crypto.subtle.digest("SHA-256", verdict.body);
  return new Response(verdict.body, { status: 200, headers: { "x-time": `${time}`, "x-id": verdict.id ?? "" } });
}

export async function others(): Promise<void> {
  const signed: Signed = await sign({ scheme: "stripe", secret: "s", body: "{}", headers: { "x-a": ["1", "2"] } });
  const bytes: Bytes = signed.body;
  await fetch("https://example.com", signed);
  new Request("https://example.com", signed);
  const { valid, errors }: { valid: boolean; errors: ValidationError[] } = await validate({ schema: true, data: bytes.length });
  const text: string = await render({ template: "{{a}}", data: { a: valid } });
  const document = await preview({ config: {}, submission: {} });
  try {
    await createVerifier({ scheme: {}, secret: text });
  } catch (error) {
    if (error instanceof TenonError) throw new Error(`${error.code} ${error.pointer ?? ""} ${errors.length} ${String(document.ok)}`);
  }
  for (const entry of [browser, cloudflare, deno, node]) await entry.createVerifier(options);
  const verifier = await createVerifier({ scheme: "stripe", secret: "s" });
  await verifier.verify({ headers: new Headers(), body: new ReadableStream<Uint8Array>() });
  await verifier.verify({ headers: [["a", "b"]], body: "text" });
  await verifier.verify({ headers: { a: ["1", "2"], b: undefined }, body: new ArrayBuffer(1) });
  verifier.close();
  // @ts-expect-error the scheme is needed
  await createVerifier({ secret: "s" });
  // @ts-expect-error a parsed body can't be verified
  await verifier.verify({ headers: {}, body: { parsed: true } });
  // @ts-expect-error the template is needed
  await render({ data: {} });
}
