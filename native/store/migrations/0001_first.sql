-- The first tables. Rules: an applied file never changes (its digest is in schema_migrations); the organisation comes
-- first in every primary key; a reference names the organisation too, so that nobody attaches a foreign row; which
-- statuses, kinds and providers exist is known by the program and checked there, never here.
-- Ids are 16 bytes, times milliseconds since 1970, lists of texts JSON arrays, envelopes and digests blobs.
-- Tables with large values keep a rowid: their rows then stay on one page, where an index entry would overflow.

CREATE TABLE organisations (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    secret_sha256 BLOB NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER,
    PRIMARY KEY (organisation_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_keys_by_id ON api_keys (id);

CREATE TABLE sessions (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    secret_sha256 BLOB NOT NULL,
    csrf_token TEXT NOT NULL,
    api_key_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_keys (organisation_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sessions_by_id ON sessions (id);
CREATE INDEX sessions_of_api_key ON sessions (organisation_id, api_key_id);
CREATE INDEX sessions_expiring ON sessions (expires_at);

CREATE TABLE sign_ins (
    organisation_id BLOB NOT NULL,
    token_sha256 BLOB NOT NULL,
    api_key_id BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, token_sha256),
    FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_keys (organisation_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sign_ins_by_token ON sign_ins (token_sha256);
CREATE INDEX sign_ins_of_api_key ON sign_ins (organisation_id, api_key_id);
CREATE INDEX sign_ins_expiring ON sign_ins (expires_at);

CREATE TABLE connections (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    provider TEXT NOT NULL CHECK (length(provider) > 0),
    account_name TEXT NOT NULL,
    region TEXT NOT NULL,
    integration_type TEXT NOT NULL,
    auth_kind TEXT NOT NULL,
    status TEXT NOT NULL CHECK (length(status) > 0),
    status_reason TEXT NOT NULL,
    facts TEXT NOT NULL,
    granted_scopes TEXT NOT NULL,
    credential BLOB,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX connections_by_account
    ON connections (organisation_id, provider, account_name, integration_type);

CREATE TABLE forms (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    schema TEXT NOT NULL,
    subject_pointer TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;

CREATE TABLE endpoints (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    scheme TEXT NOT NULL CHECK (length(scheme) > 0),
    provider TEXT NOT NULL,
    state TEXT NOT NULL CHECK (length(state) > 0),
    secrets BLOB NOT NULL,
    config TEXT NOT NULL,
    events TEXT NOT NULL,
    condition TEXT NOT NULL,
    failure_count INTEGER NOT NULL,
    last_failure TEXT NOT NULL,
    last_failure_at INTEGER,
    last_event_at INTEGER,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX endpoints_by_id ON endpoints (id);

-- An integration has one source: a form or an endpoint. It goes with its source, and outlives its connection.
CREATE TABLE integrations (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    form_id BLOB,
    endpoint_id BLOB,
    connection_id BLOB,
    config TEXT NOT NULL,
    condition TEXT NOT NULL,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    execution_order INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id),
    CHECK ((form_id IS NULL) <> (endpoint_id IS NULL)),
    FOREIGN KEY (organisation_id, form_id) REFERENCES forms (organisation_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, endpoint_id) REFERENCES endpoints (organisation_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;
CREATE INDEX integrations_of_form ON integrations (organisation_id, form_id, id) WHERE form_id IS NOT NULL;
CREATE INDEX integrations_of_endpoint ON integrations (organisation_id, endpoint_id, id)
    WHERE endpoint_id IS NOT NULL;
CREATE INDEX integrations_of_connection ON integrations (organisation_id, connection_id)
    WHERE connection_id IS NOT NULL;

CREATE TABLE submissions (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    form_id BLOB NOT NULL,
    status TEXT NOT NULL CHECK (length(status) > 0),
    payload BLOB NOT NULL,
    meta BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, form_id) REFERENCES forms (organisation_id, id)
) STRICT;
CREATE INDEX submissions_of_form ON submissions (organisation_id, form_id, id);

-- Executions and events are history: they outlive the integration, connection and endpoint they name, so these are
-- checked when a row is inserted and are no foreign keys.
CREATE TABLE executions (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    integration_id BLOB NOT NULL,
    connection_id BLOB,
    form_id BLOB,
    submission_id BLOB,
    endpoint_id BLOB,
    event_id BLOB,
    provider TEXT NOT NULL,
    action TEXT NOT NULL,
    config TEXT NOT NULL,
    status TEXT NOT NULL CHECK (length(status) > 0),
    error_code TEXT NOT NULL,
    error_message TEXT NOT NULL,
    outputs TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    next_attempt_at INTEGER,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE INDEX executions_of_submission ON executions (organisation_id, submission_id, id)
    WHERE submission_id IS NOT NULL;
CREATE INDEX executions_of_event ON executions (organisation_id, event_id, id) WHERE event_id IS NOT NULL;
CREATE INDEX executions_by_status ON executions (organisation_id, status, id);

CREATE TABLE attempts (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    execution_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (length(outcome) > 0),
    http_status INTEGER NOT NULL,
    error_code TEXT NOT NULL,
    error_message TEXT NOT NULL,
    request BLOB NOT NULL,
    reply BLOB,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    elapsed_ms INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, execution_id, number),
    FOREIGN KEY (organisation_id, execution_id) REFERENCES executions (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE dedupe (
    organisation_id BLOB NOT NULL,
    endpoint_id BLOB NOT NULL,
    key BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, endpoint_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX dedupe_expiring ON dedupe (expires_at);

CREATE TABLE events (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    endpoint_id BLOB NOT NULL,
    external_id TEXT NOT NULL,
    id_is_signed INTEGER NOT NULL CHECK (id_is_signed IN (0, 1)),
    suspected_replay INTEGER NOT NULL CHECK (suspected_replay IN (0, 1)),
    event_type TEXT NOT NULL,
    status TEXT NOT NULL CHECK (length(status) > 0),
    headers BLOB NOT NULL,
    body BLOB NOT NULL,
    body_sha256 BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE INDEX events_of_endpoint ON events (organisation_id, endpoint_id, id);

-- due_at is when the job can be claimed: run_at while it is free, lease_until while somebody holds it.
CREATE TABLE jobs (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL CHECK (length(kind) > 0),
    subject TEXT NOT NULL,
    fairness_key TEXT NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until INTEGER,
    epoch INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id),
    CHECK ((lease_owner = '') = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_due ON jobs (due_at, fairness_key);
CREATE INDEX jobs_of_fairness_key ON jobs (fairness_key, due_at);
CREATE INDEX jobs_of_subject ON jobs (organisation_id, subject, kind);

-- sequence counts within the organisation. Retention must leave an organisation's newest row, or numbers come twice.
CREATE TABLE changes (
    organisation_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (length(kind) > 0),
    id TEXT NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE security_events (
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL CHECK (length(kind) > 0),
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    remote_address TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    organisation_id BLOB NOT NULL,
    principal TEXT NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    request_sha256 BLOB NOT NULL,
    status INTEGER NOT NULL,
    response BLOB,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, principal, route, key)
) STRICT;
CREATE INDEX idempotency_expiring ON idempotency (expires_at);
