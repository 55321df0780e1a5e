// Types of every entry point of @tenon/edge. They need the types of the Fetch API: lib "DOM" or "WebWorker", or those of
// the runtime (@types/node, @cloudflare/workers-types, Deno, Bun).

/** A Uint8Array that fetch, Response and crypto.subtle take, in every version of the language and of its libraries. */
export type Bytes = ReturnType<TextEncoder["encode"]>;

export interface SeenKey {
  /** The provider's event id, when it could be read. It may be an unsigned header. */
  id?: string;
  /** SHA-256 of the body in hex: replays with a fresh, unsigned id still have it. */
  digest: string;
}

export interface FetchedKey {
  bytes: Uint8Array | string;
  /** Seconds, as in Cache-Control; at least a minute and at most a day is kept. */
  maxAge?: number;
}

export interface VerifierOptions {
  /** Id of a scheme that ships with the package, or a scheme document. */
  scheme: string | object;
  secret?: string;
  /** Several while a secret is being rotated; any may match. */
  secrets?: string[];
  /** Keys by name (kid, URL, issuer), for schemes whose deliveries name one: PEM, a JWK, a JWK set, or text. */
  keys?: Record<string, string | object>;
  /**
   * Fetches a key that was not given. Called only with URLs that the scheme names or that passed its allow-list, at most
   * once for a delivery and at most once a minute for a URL; what comes back is kept for `maxAge` seconds.
   */
  fetchKey?: (url: string) => Promise<FetchedKey | undefined>;
  /** What the scheme reads as cfg:NAME, and `max_body_bytes`. */
  config?: Record<string, unknown>;
  /** The public URL as the provider knows it. Never derived from the request. */
  url?: string | URL;
  toleranceSeconds?: number;
  /** Milliseconds since 1970, for tests and for clocks that are not the runtime's. */
  now?: number | Date | (() => number | Date);
  /** Remembers a delivery and answers whether it was there already; called only for genuine ones. */
  seen?: (key: SeenKey) => boolean | Promise<boolean>;
}

export type HeaderSource = Iterable<readonly [string, string]> | Record<string, string | readonly string[] | undefined>;

export interface PlainRequest {
  method?: string;
  url?: string;
  headers?: HeaderSource;
  /** Bytes as received. Text is taken as UTF-8. */
  body?: Uint8Array | ArrayBuffer | ArrayBufferView | string | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | null;
}

export interface Handshake {
  /** What the provider's handshake wants as the answer; send it as it is. */
  response?: Response;
  /** URL to call afterwards. */
  fetch?: string;
  /** Value to keep as the signing key from now on. */
  storeKey?: string;
}

export interface Genuine extends Handshake {
  valid: true;
  id?: string;
  /** Unix seconds. */
  timestamp?: number;
  body: Bytes;
  /** Set when `seen` was given. */
  duplicate?: boolean;
}

export type Reason =
  | "scheme_unknown"
  | "body_too_large"
  | "secret_missing"
  | "secret_malformed"
  | "duplicate_header"
  | "check_failed"
  | "signature_missing"
  | "signature_malformed"
  | "signature_mismatch"
  | "timestamp_missing"
  | "timestamp_malformed"
  | "timestamp_outside_window"
  | "key_unknown";

export interface Refused extends Handshake {
  valid: false;
  reason: Reason;
  /** HTTP status to answer with when there is no `response`. */
  status: 400 | 401 | 413;
  timestamp?: number;
  /** What fetchKey was rejected with, when that is why the key is unknown. */
  keyError?: unknown;
}

export type Verdict = Genuine | Refused;

export interface Verifier {
  /** Consumes the request's body; the bytes come back in the verdict. */
  verify(request: Request | PlainRequest): Promise<Verdict>;
  close(): void;
}

/** A call that can't be answered: `code` is scheme_unknown, not_supported, secret_missing, secret_malformed, … */
export class TenonError extends Error {
  constructor(code: string, pointer?: string);
  readonly code: string;
  readonly pointer?: string;
}

/** Rejects with a TenonError when the options can't verify anything: no delivery has to arrive to find out. */
export function createVerifier(options: VerifierOptions): Promise<Verifier>;

// What follows needs the full module, which the first call loads.

export interface PreviewInput {
  config: object;
  submission: unknown;
  schema?: object | boolean;
  meta?: object;
  /** The action's template; without it the one of the catalogue that ships with the package. */
  action?: object;
  /** Public facts of the connection. */
  connection?: object;
}

/** The preview document: what the integration would send for this submission, or `ok: false` with `errors`. */
export function preview(input: PreviewInput): Promise<Record<string, unknown>>;

export interface ValidateInput {
  /** JSON Schema 2020-12. */
  schema: object | boolean;
  data: unknown;
  /** Schemas that `$ref` may name, by URI. Nothing is fetched. */
  documents?: Record<string, object | boolean>;
  /** Whether `format` is checked; by default it is an annotation. */
  formatAssertion?: boolean;
}

export interface ValidationError {
  instance_location: string;
  keyword_location: string;
  error: string;
}

/** Rejects with a TenonError (schema_malformed, ref_unresolved, pattern_unsupported) for a schema that can't be used. */
export function validate(input: ValidateInput): Promise<{ valid: boolean; errors: ValidationError[] }>;

export interface RenderInput {
  /** Mustache. */
  template: string;
  data: unknown;
  partials?: Record<string, string>;
  /** Escape of `{{name}}`: none (default), html, json, or the name of a message syntax. */
  escape?: string;
}

export function render(input: RenderInput): Promise<string>;

export interface SignOptions {
  scheme: string | object;
  secret?: string;
  /** The first one signs. */
  secrets?: string[];
  config?: Record<string, unknown>;
  /** The public URL, where the scheme signs it. */
  url?: string | URL;
  method?: string;
  /** Kept; those that the scheme reads, such as an event id, are signed with. */
  headers?: HeaderSource;
  body?: PlainRequest["body"];
  now?: VerifierOptions["now"];
}

/** What `fetch(url, signed)` and `new Request(url, signed)` take. */
export interface Signed {
  method: string;
  headers: [string, string][];
  body: Bytes;
}

/** Signs a test event as the provider would. not_supported where the scheme is not symmetric or not in headers. */
export function sign(options: SignOptions): Promise<Signed>;

export interface ForwardOptions {
  /** Id of the scheme that the delivery was verified with. */
  scheme: string;
  /** The request as received: method, URL and headers are read, its body may be used up. */
  request: Request | PlainRequest;
  /** `verdict.body`. */
  body: Uint8Array;
  /** URL of the webhook endpoint of `tenon serve`. */
  to: string | URL;
  /** The endpoint's `edge_secret`. */
  secret: string;
  /** When the delivery arrived, if that is not now. */
  receivedAt?: number | Date;
  now?: VerifierOptions["now"];
}

/** The verified delivery in a signed envelope, to be fetched; the server verifies both signatures again. */
export function forward(options: ForwardOptions): Promise<Request>;
