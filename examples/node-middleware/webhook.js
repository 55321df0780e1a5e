// Middleware (request, response, next) as Express, Connect and their like take it. It has to come before anything that
// parses the body: a signature covers the bytes as they came.
import { createVerifier } from "@tenon/edge/node";

async function send(response, reply) {
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  response.end(Buffer.from(await reply.arrayBuffer()));
}

/** `options`: of createVerifier. What is genuine goes on, with `request.webhook` = {id, timestamp, duplicate, body}. */
export async function webhook(options) {
  const verifier = await createVerifier(options);
  return async function verify(request, response, next) {
    if (request.readableEnded || request.body !== undefined)
      return next(new Error("the body was read before the webhook middleware: put it first"));
    try {
      const url = request.originalUrl ?? request.url;
      // headersDistinct keeps a header that occurs twice, which must not decide anything
      const verdict = await verifier.verify({ method: request.method, url, headers: request.headersDistinct,
        body: request.iterator({ destroyOnReturn: false }) }); // an answer has to follow, also to a body that is too large
      if (verdict.response) return await send(response, verdict.response);
      if (!verdict.valid) return await send(response, new Response(verdict.reason, { status: verdict.status }));
      request.webhook = verdict;
      return next();
    } catch (error) {
      return next(error);
    }
  };
}
