#pragma once
// What is durable, as values. Column names equal member names. Times are milliseconds since 1970; documents
// are stored as the canonical text that was validated; `Sealed` members are vault envelopes and nothing else.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "tenon/base/time.hpp"

namespace tenon::store {

/// Bytes of a vault envelope (vault/vault.hpp): a type of its own, so that plaintext can't be stored by
/// mistake.
struct Sealed {
    std::string bytes;
    friend bool operator==(const Sealed&, const Sealed&) = default;
};

struct OrganisationRow {
    OrganisationId id;
    std::string name;
    UnixTime created_at{};
};

struct ApiKeyRow {
    ApiKeyId id;
    std::string name;
    std::string secret_sha256;        ///< 32 bytes.
    std::vector<std::string> scopes;  ///< `*` = all.
    UnixTime created_at{};
    std::optional<UnixTime> expires_at, last_used_at, revoked_at;
};

struct SessionRow {
    SessionId id;
    std::string secret_sha256;  ///< Of the cookie's secret part.
    std::string csrf_token;
    ApiKeyId api_key_id;  ///< The key that opened it; its scopes hold.
    UnixTime created_at{}, expires_at{};
};

/// One-time sign-in link: 60 s, single use.
struct SignInRow {
    std::string token_sha256;
    ApiKeyId api_key_id;
    UnixTime expires_at{};
};

struct ConnectionRow {
    ConnectionId id;
    std::string provider, account_name, region, integration_type;
    std::string auth_kind;  ///< Of the stored credential; empty while there is none.
    std::string status;     ///< connecting, active, needs_reauth, disconnected, error
    std::string status_reason;
    std::string facts;  ///< Public facts, canonical JSON object.
    std::vector<std::string> granted_scopes;
    std::optional<Sealed> credential;  ///< Canonical JSON object of credential fields.
    std::int64_t version = 1;
    UnixTime created_at{}, updated_at{};
    std::optional<UnixTime> last_used_at;
};

struct FormRow {
    FormId id;
    std::string name;
    std::string schema;           ///< JSON Schema text, empty = none.
    std::string subject_pointer;  ///< Empty = none.
    std::int64_t version = 1;
    UnixTime created_at{}, updated_at{};
};

struct IntegrationRow {
    IntegrationId id;
    std::optional<FormId> form_id;
    std::optional<EndpointId> endpoint_id;
    std::optional<ConnectionId> connection_id;
    std::string config;     ///< Config document (spec/config.schema.json), order of field_mappings kept.
    std::string condition;  ///< JSON Schema text, empty = always.
    bool is_active = true;
    int execution_order = 1;
    std::int64_t version = 1;
    UnixTime created_at{}, updated_at{};
};

struct SubmissionRow {
    SubmissionId id;
    FormId form_id;
    std::string status;  ///< accepted, running, succeeded, failed; worked out from the executions
    Sealed payload;      ///< The submission's bytes exactly as received.
    Sealed meta;         ///< `meta` of spec/MAPPING.md 1, canonical JSON.
    UnixTime created_at{};
};

struct ExecutionRow {
    ExecutionId id;
    IntegrationId integration_id;
    std::optional<ConnectionId> connection_id;
    std::optional<FormId> form_id;
    std::optional<SubmissionId> submission_id;
    std::optional<EndpointId> endpoint_id;
    std::optional<EventId> event_id;
    std::string provider, action;
    std::string config;  ///< The config as it was when the submission was accepted.
    /// waiting (for its stage), pending, running, retrying, succeeded, failed, outcome_unknown, cancelled,
    /// skipped
    std::string status;
    std::string error_code;     ///< Public id; empty = none.
    std::string error_message;  ///< Safe text that says what to do.
    std::string outputs;        ///< Declared output fields, canonical JSON object.
    int attempts = 0;
    int stage = 1;  ///< execution_order
    UnixTime created_at{};
    std::optional<UnixTime> started_at, finished_at, next_attempt_at;
};

struct AttemptRow {
    AttemptId id;
    ExecutionId execution_id;
    int number = 1;
    std::string outcome;  ///< sent, ok, retry, auth_expired, permission, rate_limited, not_applied,
                          ///< permanent, conflict, outcome_unknown
    int http_status = 0;  ///< 0 = no reply.
    std::string error_code, error_message;
    Sealed request;               ///< The request document as previewed: `***` where credentials go.
    std::optional<Sealed> reply;  ///< {status, headers, body}
    UnixTime started_at{};
    std::optional<UnixTime> finished_at;
    std::int64_t elapsed_ms = 0;
};

struct EndpointRow {
    EndpointId id;
    std::string name, scheme, provider;
    std::string state;                ///< awaiting_handshake, active
    Sealed secrets;                   ///< {"secrets":[…],"keys":{…},"edge_secret"?}
    std::string config;               ///< Scheme config, canonical JSON object.
    std::vector<std::string> events;  ///< Event types to keep; empty = all.
    std::string condition;
    std::int64_t failure_count = 0;
    std::string last_failure;  ///< Reason code of the last refused delivery.
    std::optional<UnixTime> last_failure_at, last_event_at;
    std::int64_t version = 1;
    UnixTime created_at{}, updated_at{};
};

struct EventRow {
    EventId id;
    EndpointId endpoint_id;
    std::string external_id;  ///< The provider's event id; empty = none.
    bool id_is_signed = false;
    bool suspected_replay = false;
    std::string event_type;
    std::string status;  ///< received, ignored, running, succeeded, failed
    Sealed headers;      ///< [[name, value]…]
    Sealed body;         ///< Raw bytes.
    std::string body_sha256;
    UnixTime received_at{};
};

struct SecurityEventRow {
    SecurityEventId id;
    std::string kind;     ///< webhook_refused, api_key_refused, suspected_replay, …
    std::string subject;  ///< Id of what it is about.
    std::string reason;
    std::string remote_address;
    UnixTime at{};
};

/// One line of GET /v1/changes.
struct ChangeRow {
    std::int64_t sequence = 0;
    std::string kind;  ///< submission, execution, event, connection, endpoint
    std::string id;
    std::string status;
    UnixTime at{};
};

struct IdempotencyRow {
    std::string principal, route, key;
    std::string request_sha256;
    int status = 0;                  ///< 0 = still running.
    std::optional<Sealed> response;  ///< Headers and body as answered.
    UnixTime expires_at{};
};

/// Durable work. `kind` chooses the handler, `subject` is the id it works on.
struct JobRow {
    JobId id;
    std::string kind;  ///< execution, event
    std::string subject;
    std::string fairness_key;  ///< organisation + provider
    UnixTime run_at{};
    int attempts = 0;         ///< Claims so far.
    std::string lease_owner;  ///< Empty = free.
    std::optional<UnixTime> lease_until;
    std::int64_t epoch = 0;  ///< Raised by every claim; a write with an older epoch is refused.
    UnixTime created_at{};
};

}  // namespace tenon::store
