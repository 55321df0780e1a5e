#pragma once
// Rows with a value in every member, each different from its default, and ids in ascending order.

#include <atomic>
#include <boost/pfr.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "store/rows.hpp"

namespace tenon::store::contract {

using namespace std::chrono_literals;

inline constexpr UnixTime start{1'700'000'000'000ms};

template <typename AnyId>
AnyId next_id() {
    static std::atomic<std::uint32_t> last{0};
    AnyId id;
    auto& bytes = id.value.bytes;
    const std::uint32_t number = ++last;
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    bytes[6] = 0x70;
    bytes[15] = 0xff;
    return id;
}

template <typename Row>
bool same(const Row& a, const Row& b) {
    return boost::pfr::eq_fields(a, b);
}

/// Text that a database must hand back byte for byte: a quote, a NUL, two bytes of UTF-8.
inline std::string awkward(std::string_view what) {
    std::string text(what);
    text += "' \xc3\xa9";
    text += '\0';
    return text + "end";
}
/// Bytes that are no text.
inline std::string digest(char fill) { return std::string("\0\xff\xfe", 3) + std::string(29, fill); }
inline Sealed sealed(std::string_view what) { return {std::string("\1\0\xff", 3) + std::string(what)}; }

inline OrganisationRow organisation_row() { return {next_id<OrganisationId>(), "Acme", start}; }

inline ApiKeyRow api_key_row() {
    return {next_id<ApiKeyId>(), awkward("key"), digest('k'), {"forms:read", "\"quoted\", \xc3\xa9"}, start,
            start + 1h,          start + 2h,     start + 3h};
}

inline SessionRow session_row(ApiKeyId key) {
    return {next_id<SessionId>(), digest('s'), "csrf", key, start, start + 12h};
}

inline SignInRow sign_in_row(ApiKeyId key, char fill = 't') { return {digest(fill), key, start + 60s}; }

inline ConnectionRow connection_row(std::string account = "main") {
    ConnectionRow row;
    row.id = next_id<ConnectionId>();
    row.provider = "generic";
    row.account_name = std::move(account);
    row.region = "eu";
    row.integration_type = "sheet";
    row.auth_kind = "api_key";
    row.status = "active";
    row.status_reason = awkward("reason");
    row.facts = R"({"b":1,"a":2})";
    row.granted_scopes = {"read", "write"};
    row.credential = sealed("credential");
    row.created_at = start;
    row.updated_at = start + 1s;
    row.last_used_at = start + 2s;
    return row;
}

inline FormRow form_row() {
    return {next_id<FormId>(), awkward("form"), R"({"type":"object"})", "/email", 1, start, start + 1s};
}

inline EndpointRow endpoint_row() {
    EndpointRow row;
    row.id = next_id<EndpointId>();
    row.name = "hook";
    row.scheme = "standard";
    row.provider = "generic";
    row.state = "active";
    row.secrets = sealed("secrets");
    row.config = "{}";
    row.events = {"order.created", "order.paid"};
    row.condition = R"({"type":"object"})";
    row.failure_count = 3;
    row.last_failure = "signature_mismatch";
    row.last_failure_at = start + 4s;
    row.last_event_at = start + 5s;
    row.created_at = start;
    row.updated_at = start + 1s;
    return row;
}

inline IntegrationRow integration_row(std::optional<FormId> form, std::optional<EndpointId> endpoint = {},
                                      std::optional<ConnectionId> connection = {}) {
    IntegrationRow row;
    row.id = next_id<IntegrationId>();
    row.form_id = form;
    row.endpoint_id = endpoint;
    row.connection_id = connection;
    row.config = R"({"field_mappings":[{"z":1},{"a":2}]})";
    row.condition = "{}";
    row.execution_order = 2;
    row.created_at = start;
    row.updated_at = start + 1s;
    return row;
}

inline SubmissionRow submission_row(FormId form) {
    return {next_id<SubmissionId>(), form, "accepted", sealed("payload"), sealed("meta"), start};
}

inline ExecutionRow execution_row(IntegrationId integration) {
    ExecutionRow row;
    row.id = next_id<ExecutionId>();
    row.integration_id = integration;
    row.provider = "generic";
    row.action = "post";
    row.config = "{\"k\":1}";
    row.status = "pending";
    row.error_code = "provider_refused";
    row.error_message = awkward("why");
    row.outputs = "{\"id\":7}";
    row.attempts = 2;
    row.stage = 3;
    row.created_at = start;
    row.started_at = start + 1s;
    row.finished_at = start + 2s;
    row.next_attempt_at = start + 3s;
    return row;
}

inline AttemptRow attempt_row(ExecutionId execution, int number = 1) {
    AttemptRow row;
    row.id = next_id<AttemptId>();
    row.execution_id = execution;
    row.number = number;
    row.outcome = "sent";
    row.http_status = 200;
    row.error_code = "outcome_unknown";
    row.error_message = awkward("attempt");
    row.request = sealed("request");
    row.reply = sealed("reply");
    row.started_at = start;
    row.finished_at = start + 1s;
    row.elapsed_ms = 17;
    return row;
}

inline EventRow event_row(EndpointId endpoint) {
    EventRow row;
    row.id = next_id<EventId>();
    row.endpoint_id = endpoint;
    row.external_id = awkward("evt");
    row.id_is_signed = true;
    row.suspected_replay = true;
    row.event_type = "order.created";
    row.status = "received";
    row.headers = sealed("headers");
    row.body = sealed("body");
    row.body_sha256 = digest('b');
    row.received_at = start;
    return row;
}

inline JobRow job_row(std::string fairness_key = "a", UnixTime run_at = start) {
    JobRow row;
    row.id = next_id<JobId>();
    row.kind = "execution";
    row.subject = "subject " + row.id.text();
    row.fairness_key = std::move(fairness_key);
    row.run_at = run_at;
    row.created_at = start;
    return row;
}

inline SecurityEventRow security_event_row() {
    return {next_id<SecurityEventId>(), "webhook_refused", "subject", awkward("reason"), "192.0.2.1", start};
}

inline IdempotencyRow idempotency_row(std::string key = "key") {
    return {"principal", "POST /v1/forms", std::move(key), digest('r'), 0, {}, start + 24h};
}

}  // namespace tenon::store::contract
