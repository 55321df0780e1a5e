export interface SeenKey {
  /** The provider's event id, when it could be read. It may be an unsigned header. */
  id?: string;
  /** SHA-256 of the body in hex: replays with a fresh, unsigned id still have it. */
  digest: string;
}

export interface VerifierOptions {
  /** Id of a scheme that ships with the package, or a scheme document. */
  scheme: string | object;
  secret?: string;
  /** Several while a secret is being rotated; any may match. */
  secrets?: string[];
  /** Keys by name, for schemes whose deliveries name one. */
  keys?: Record<string, string>;
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
  body?: Uint8Array | ArrayBuffer | ArrayBufferView | string | ReadableStream<Uint8Array> | null;
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
  body: Uint8Array;
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
}

export type Verdict = Genuine | Refused;

export interface Verifier {
  /** Consumes the request's body; the bytes come back in the verdict. */
  verify(request: Request | PlainRequest): Promise<Verdict>;
  close(): void;
}

/** Thrown when a verifier can't be made: `code` is scheme_unknown, not_supported, secret_missing, secret_malformed, … */
export class TenonError extends Error {
  readonly code: string;
  readonly pointer?: string;
}

export function createVerifier(options: VerifierOptions): Promise<Verifier>;

export interface PreviewInput {
  config: object;
  submission: object;
  schema?: object | boolean;
  meta?: object;
  action?: object;
  connection?: object;
}

/** The preview document: what the integration would send for this submission. */
export function preview(input: PreviewInput): Promise<Record<string, unknown>>;
