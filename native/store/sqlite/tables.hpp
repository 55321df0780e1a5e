#pragma once
// Which column is which member, said once per row. `each` hands the members over in the order of `names`, for
// binding (a const row) and for reading.

#include <cstddef>

#include "store/rows.hpp"
#include "store/sqlite/query.hpp"
#include "store/sqlite/sql_text.hpp"

namespace tenon::store::sqlite {

template <typename Row>
struct Table;

template <>
struct Table<OrganisationRow> {
    static constexpr char table[] = "organisations";
    static constexpr char names[] = "id, name, created_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.name, row.created_at);
    }
};

template <>
struct Table<ApiKeyRow> {
    static constexpr char table[] = "api_keys";
    static constexpr char names[] =
        "id, name, secret_sha256, scopes, created_at, expires_at, last_used_at, "
        "revoked_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.name, Blob{row.secret_sha256}, row.scopes, row.created_at, row.expires_at,
                   row.last_used_at, row.revoked_at);
    }
};

template <>
struct Table<SessionRow> {
    static constexpr char table[] = "sessions";
    static constexpr char names[] = "id, secret_sha256, csrf_token, api_key_id, created_at, expires_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, Blob{row.secret_sha256}, row.csrf_token, row.api_key_id, row.created_at,
                   row.expires_at);
    }
};

template <>
struct Table<SignInRow> {
    static constexpr char table[] = "sign_ins";
    static constexpr char names[] = "token_sha256, api_key_id, expires_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(Blob{row.token_sha256}, row.api_key_id, row.expires_at);
    }
};

template <>
struct Table<ConnectionRow> {
    static constexpr char table[] = "connections";
    static constexpr char names[] =
        "id, provider, account_name, region, integration_type, auth_kind, status, "
        "status_reason, facts, granted_scopes, credential, version, created_at, "
        "updated_at, last_used_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.provider, row.account_name, row.region, row.integration_type, row.auth_kind,
                   row.status, row.status_reason, row.facts, row.granted_scopes, row.credential, row.version,
                   row.created_at, row.updated_at, row.last_used_at);
    }
};

template <>
struct Table<FormRow> {
    static constexpr char table[] = "forms";
    static constexpr char names[] = "id, name, schema, subject_pointer, version, created_at, updated_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.name, row.schema, row.subject_pointer, row.version, row.created_at,
                   row.updated_at);
    }
};

template <>
struct Table<IntegrationRow> {
    static constexpr char table[] = "integrations";
    static constexpr char names[] =
        "id, form_id, endpoint_id, connection_id, config, condition, is_active, "
        "execution_order, version, created_at, updated_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.form_id, row.endpoint_id, row.connection_id, row.config, row.condition,
                   row.is_active, row.execution_order, row.version, row.created_at, row.updated_at);
    }
};

template <>
struct Table<SubmissionRow> {
    static constexpr char table[] = "submissions";
    static constexpr char names[] = "id, form_id, status, payload, meta, created_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.form_id, row.status, row.payload, row.meta, row.created_at);
    }
};

template <>
struct Table<ExecutionRow> {
    static constexpr char table[] = "executions";
    static constexpr char names[] =
        "id, integration_id, connection_id, form_id, submission_id, endpoint_id, "
        "event_id, provider, action, config, status, error_code, error_message, outputs, "
        "attempts, stage, created_at, started_at, finished_at, next_attempt_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.integration_id, row.connection_id, row.form_id, row.submission_id,
                   row.endpoint_id, row.event_id, row.provider, row.action, row.config, row.status,
                   row.error_code, row.error_message, row.outputs, row.attempts, row.stage, row.created_at,
                   row.started_at, row.finished_at, row.next_attempt_at);
    }
};

template <>
struct Table<AttemptRow> {
    static constexpr char table[] = "attempts";
    static constexpr char names[] =
        "id, execution_id, number, outcome, http_status, error_code, error_message, "
        "request, reply, started_at, finished_at, elapsed_ms";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.execution_id, row.number, row.outcome, row.http_status, row.error_code,
                   row.error_message, row.request, row.reply, row.started_at, row.finished_at,
                   row.elapsed_ms);
    }
};

template <>
struct Table<EndpointRow> {
    static constexpr char table[] = "endpoints";
    static constexpr char names[] =
        "id, name, scheme, provider, state, secrets, config, events, condition, "
        "failure_count, last_failure, last_failure_at, last_event_at, version, "
        "created_at, updated_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.name, row.scheme, row.provider, row.state, row.secrets, row.config, row.events,
                   row.condition, row.failure_count, row.last_failure, row.last_failure_at, row.last_event_at,
                   row.version, row.created_at, row.updated_at);
    }
};

template <>
struct Table<EventRow> {
    static constexpr char table[] = "events";
    static constexpr char names[] =
        "id, endpoint_id, external_id, id_is_signed, suspected_replay, event_type, "
        "status, headers, body, body_sha256, received_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.endpoint_id, row.external_id, row.id_is_signed, row.suspected_replay,
                   row.event_type, row.status, row.headers, row.body, Blob{row.body_sha256}, row.received_at);
    }
};

template <>
struct Table<SecurityEventRow> {
    static constexpr char table[] = "security_events";
    static constexpr char names[] = "id, kind, subject, reason, remote_address, at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.kind, row.subject, row.reason, row.remote_address, row.at);
    }
};

template <>
struct Table<ChangeRow> {
    static constexpr char table[] = "changes";
    static constexpr char names[] = "sequence, kind, id, status, at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.sequence, row.kind, row.id, row.status, row.at);
    }
};

template <>
struct Table<IdempotencyRow> {
    static constexpr char table[] = "idempotency";
    static constexpr char names[] = "principal, route, key, request_sha256, status, response, expires_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.principal, row.route, row.key, Blob{row.request_sha256}, row.status, row.response,
                   row.expires_at);
    }
};

template <>
struct Table<JobRow> {
    static constexpr char table[] = "jobs";
    static constexpr char names[] =
        "id, kind, subject, fairness_key, run_at, attempts, lease_owner, lease_until, "
        "epoch, created_at";
    template <typename Row, typename Use>
    static auto each(Row& row, Use use) {
        return use(row.id, row.kind, row.subject, row.fairness_key, row.run_at, row.attempts, row.lease_owner,
                   row.lease_until, row.epoch, row.created_at);
    }
};

/// Number of names in a list of columns.
template <std::size_t Size>
consteval std::size_t count_names(const char (&names)[Size]) {
    std::size_t count = 1;
    for (const char character : names)
        if (character == ',') ++count;
    return count;
}

/// `INSERT INTO … (organisation_id, …) VALUES (?, …)`.
template <typename Row>
inline constexpr auto insert_sql =
    sql("INSERT INTO ", Table<Row>::table, " (organisation_id, ", Table<Row>::names, ") VALUES (",
        marks<count_names(Table<Row>::names) + 1>(), ")");

/// `SELECT … FROM … WHERE organisation_id = ? AND id = ?`.
template <typename Row>
inline constexpr auto select_sql =
    sql("SELECT ", Table<Row>::names, " FROM ", Table<Row>::table, " WHERE organisation_id = ? AND id = ?");

/// Binds every member of `row`.
template <typename Row>
void bind_row(Query& query, const Row& row) {
    Table<Row>::each(row, [&](const auto&... members) { query.bind(members...); });
}

/// Reads every member of a row whose columns are Table<Row>::names.
template <typename Row>
[[nodiscard]] Result<void> read_row(Query& query, Row& row) {
    return Table<Row>::each(row, [&](auto&&... members) { return query.read(members...); });
}

/// The one row of a query; not_found if there is none.
template <typename Row>
[[nodiscard]] Result<Row> fetch_one(Query& query) {
    TENON_TRY(const bool found, query.step());
    if (!found) return fail(Errc::not_found);
    Row row;
    TENON_CHECK(read_row(query, row));
    return row;
}

template <typename Row>
[[nodiscard]] Result<std::vector<Row>> fetch_all(Query& query) {
    std::vector<Row> rows;
    for (;;) {
        TENON_TRY(const bool more, query.step());
        if (!more) return rows;
        TENON_CHECK(read_row(query, rows.emplace_back()));
    }
}

}  // namespace tenon::store::sqlite
