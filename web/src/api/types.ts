// Documents of the HTTP API, as far as the page reads them.

export interface Me {
  organisation: { id: string; name?: string };
  csrf_token?: string;
}

export interface Form {
  id: string;
  name: string;
  schema?: unknown;
  version: number;
}

/** A JSON Schema property, as far as it names a field for a person. */
export interface FieldSchema {
  title?: string;
}

export interface Connection {
  id: string;
  provider: string;
  account_name: string;
  status: string;
  auth_kind?: string;
  facts?: Record<string, unknown>;
}

export interface PropertySchema {
  type?: string;
  title?: string;
  description?: string;
  enum?: string[];
}

/** A JSON Schema of target_config, as far as the editor makes a form of it. */
export interface TargetConfigSchema {
  required?: string[];
  properties?: Record<string, PropertySchema>;
}

export interface ActionSummary {
  id: string;
  title: string;
}

export interface ProviderSummary {
  id: string;
  name: string;
  auth_kinds: string[];
  actions: ActionSummary[];
}

export interface ActionDocument extends ActionSummary {
  auth?: string[];
  config?: TargetConfigSchema;
  request?: unknown;
  steps?: { keep_as?: string }[];
}

/** The whole provider document, with a template for each action and kind of credential. */
export interface Provider {
  id: string;
  name: string;
  auth: { kind: string }[];
  actions: ActionDocument[];
  templates: Record<string, Record<string, unknown>>;
}

export interface MappingRow {
  target: string;
  source?: { field: string };
  type?: string;
  transform?: string;
  [member: string]: unknown;
}

/** An integration config without its mappings, which the editor keeps as rows. */
export interface ConfigHead {
  provider: string;
  action: string;
  connection_id?: string;
  [member: string]: unknown;
}

export interface Config extends ConfigHead {
  field_mappings: Record<string, MappingRow>;
}

export interface Integration {
  id: string;
  version: number;
  form_id?: string;
  config: Config;
}

export interface Submission {
  id: string;
  form_id: string;
  status: string;
  created_at: string;
  executions?: Execution[];
}

/** A request as the preview and the attempt show it: credentials are stars. */
export interface RequestDocument {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: unknown;
}

export interface ReplyDocument {
  status: number;
  headers: [string, string][];
  body?: string;
}

export interface Attempt {
  number: number;
  outcome: string;
  http_status: number | null;
  elapsed_ms: number;
  started_at: string;
  error_message?: string;
  request?: RequestDocument;
  reply?: ReplyDocument;
}

export interface Execution {
  id: string;
  submission_id?: string;
  provider: string;
  action: string;
  status: string;
  error_code?: string;
  error_message?: string;
  created_at: string;
  attempts?: Attempt[] | number;
}
