// Requests as runtimes have them -> what the core looks at: method, URL, header pairs, raw body.

const nothing = new Uint8Array(0);
const encoder = new TextEncoder();

/** Header pairs in order; repeats stay repeats where the source kept them. */
export function headerPairs(headers) {
  if (headers === undefined || headers === null) return [];
  if (typeof headers[Symbol.iterator] === "function") return Array.from(headers, ([name, value]) => [`${name}`, `${value}`]);
  const pairs = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) pairs.push([name, `${one}`]);
  }
  return pairs;
}

/** Reads a stream up to one byte over the limit: enough for the core to refuse it, and no more memory than that. */
async function readStream(stream, limit) {
  const reader = stream.getReader();
  const chunks = [];
  let size = 0;
  while (size <= limit) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, size);
    chunks.push(value);
    size += value.length;
  }
  await reader.cancel();
  return join(chunks, size).subarray(0, limit + 1);
}

/** The same for Node's request, which is an async iterable of chunks and no stream of the web. */
async function readIterable(iterable, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of iterable) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("tenon: the body must be read as bytes");
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return join(chunks, size).subarray(0, limit + 1);
}

function join(chunks, size) {
  if (chunks.length === 1) return chunks[0];
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** A body as bytes; a stream is read up to one byte over `limit`. */
export async function bytesOf(body, limit) {
  if (body === undefined || body === null) return nothing;
  if (typeof body === "string") return encoder.encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (typeof body.getReader === "function") return readStream(body, limit);
  if (typeof body[Symbol.asyncIterator] === "function") return readIterable(body, limit);
  throw new TypeError("tenon: the body must be bytes, text or a stream; a parsed body can't be verified");
}

/** `request`: a Fetch API Request, or {method, url, headers, body}. */
export async function readDelivery(request, limit) {
  return {
    method: `${request.method ?? "POST"}`,
    url: `${request.url ?? ""}`,
    headers: headerPairs(request.headers),
    body: await bytesOf(request.body, limit),
  };
}
