#pragma once
// One unit of work: what can be done inside one transaction, for one organisation. Every call is synchronous
// and runs on the store's own thread, inside the closure given to Store::write or Store::read; the
// organisation is the unit's, so no call can name another one. Every statement says the organisation id.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/rows.hpp"
#include "tenon/base/result.hpp"

namespace tenon::store {

/// A page of a list, newest first. `before`: exclusive upper id (nothing = from the newest).
struct Page {
    std::optional<Uuid> before;
    int limit = 50;
};

// Common errors: not_found (no such row in this organisation), already_exists (unique key),
// precondition_failed (version differs), store_failed (detail = cause).

class ApiKeys {
public:
    virtual ~ApiKeys() = default;
    [[nodiscard]] virtual Result<void> insert(const ApiKeyRow& row) = 0;
    [[nodiscard]] virtual Result<ApiKeyRow> get(ApiKeyId id) = 0;
    [[nodiscard]] virtual Result<std::vector<ApiKeyRow>> list(const Page& page) = 0;
    [[nodiscard]] virtual Result<void> revoke(ApiKeyId id, UnixTime now) = 0;
    [[nodiscard]] virtual Result<void> touch(ApiKeyId id, UnixTime now) = 0;  ///< last_used_at
    [[nodiscard]] virtual Result<void> open_session(const SessionRow& row) = 0;
    [[nodiscard]] virtual Result<void> close_session(SessionId id) = 0;
    [[nodiscard]] virtual Result<void> insert_sign_in(const SignInRow& row) = 0;
};

class Connections {
public:
    virtual ~Connections() = default;
    /// already_exists: (provider, account_name, integration_type) is taken.
    [[nodiscard]] virtual Result<void> insert(const ConnectionRow& row) = 0;
    [[nodiscard]] virtual Result<ConnectionRow> get(ConnectionId id) = 0;
    [[nodiscard]] virtual Result<std::vector<ConnectionRow>> list(const Page& page) = 0;
    /// Writes every member but id and created_at where `version` is the stored one, and raises it.
    [[nodiscard]] virtual Result<void> update(const ConnectionRow& row) = 0;
    [[nodiscard]] virtual Result<void> erase(ConnectionId id) = 0;
};

class Forms {
public:
    virtual ~Forms() = default;
    [[nodiscard]] virtual Result<void> insert(const FormRow& row) = 0;
    [[nodiscard]] virtual Result<FormRow> get(FormId id) = 0;
    [[nodiscard]] virtual Result<std::vector<FormRow>> list(const Page& page) = 0;
    [[nodiscard]] virtual Result<void> update(const FormRow& row) = 0;
    /// conflict while the form has submissions; its integrations go with it.
    [[nodiscard]] virtual Result<void> erase(FormId id) = 0;
};

class Integrations {
public:
    virtual ~Integrations() = default;
    /// not_found when the form, endpoint or connection is not this organisation's.
    [[nodiscard]] virtual Result<void> insert(const IntegrationRow& row) = 0;
    [[nodiscard]] virtual Result<IntegrationRow> get(IntegrationId id) = 0;
    [[nodiscard]] virtual Result<std::vector<IntegrationRow>> list_of_form(FormId form, const Page& page) = 0;
    /// All active ones, by execution_order then id.
    [[nodiscard]] virtual Result<std::vector<IntegrationRow>> active_of_form(FormId form) = 0;
    [[nodiscard]] virtual Result<std::vector<IntegrationRow>> active_of_endpoint(EndpointId endpoint) = 0;
    [[nodiscard]] virtual Result<void> update(const IntegrationRow& row) = 0;
    [[nodiscard]] virtual Result<void> erase(IntegrationId id) = 0;
};

class Submissions {
public:
    virtual ~Submissions() = default;
    [[nodiscard]] virtual Result<void> insert(const SubmissionRow& row) = 0;
    [[nodiscard]] virtual Result<SubmissionRow> get(SubmissionId id) = 0;
    [[nodiscard]] virtual Result<std::vector<SubmissionRow>> list(std::optional<FormId> form,
                                                                  const Page& page) = 0;
    [[nodiscard]] virtual Result<void> set_status(SubmissionId id, std::string_view status) = 0;
};

struct ExecutionFilter {
    std::optional<std::string> status;
    std::optional<FormId> form_id;
    std::optional<ConnectionId> connection_id;
    std::optional<SubmissionId> submission_id;
    std::optional<EventId> event_id;
    std::optional<UnixTime> since;
};

class Executions {
public:
    virtual ~Executions() = default;
    [[nodiscard]] virtual Result<void> insert(const ExecutionRow& row) = 0;
    [[nodiscard]] virtual Result<ExecutionRow> get(ExecutionId id) = 0;
    [[nodiscard]] virtual Result<std::vector<ExecutionRow>> list(const ExecutionFilter& filter,
                                                                 const Page& page) = 0;
    /// Writes status, error, outputs, attempts, times; the rest never changes.
    [[nodiscard]] virtual Result<void> update(const ExecutionRow& row) = 0;
    /// Journalled before a byte is sent.
    [[nodiscard]] virtual Result<void> insert_attempt(const AttemptRow& row) = 0;
    [[nodiscard]] virtual Result<void> finish_attempt(const AttemptRow& row) = 0;
    [[nodiscard]] virtual Result<std::vector<AttemptRow>> attempts(ExecutionId id) = 0;
};

class Endpoints {
public:
    virtual ~Endpoints() = default;
    [[nodiscard]] virtual Result<void> insert(const EndpointRow& row) = 0;
    [[nodiscard]] virtual Result<EndpointRow> get(EndpointId id) = 0;
    [[nodiscard]] virtual Result<std::vector<EndpointRow>> list(const Page& page) = 0;
    [[nodiscard]] virtual Result<void> update(const EndpointRow& row) = 0;
    [[nodiscard]] virtual Result<void> erase(EndpointId id) = 0;
    /// Counts a refused delivery without touching `version`.
    [[nodiscard]] virtual Result<void> count_failure(EndpointId id, std::string_view reason,
                                                     UnixTime now) = 0;
};

class Events {
public:
    virtual ~Events() = default;
    /// True if the key was new (and is now kept until `expires_at`), false for a duplicate.
    [[nodiscard]] virtual Result<bool> remember(EndpointId endpoint, std::string_view dedupe_key,
                                                UnixTime now, UnixTime expires_at) = 0;
    [[nodiscard]] virtual Result<void> insert(const EventRow& row) = 0;
    [[nodiscard]] virtual Result<EventRow> get(EventId id) = 0;
    [[nodiscard]] virtual Result<std::vector<EventRow>> list(std::optional<EndpointId> endpoint,
                                                             const Page& page) = 0;
    [[nodiscard]] virtual Result<void> set_status(EventId id, std::string_view status) = 0;
};

class Jobs {
public:
    virtual ~Jobs() = default;
    [[nodiscard]] virtual Result<void> insert(const JobRow& row) = 0;
    /// The four below: lease_lost unless `epoch` is the row's and the lease is held by `owner`.
    [[nodiscard]] virtual Result<void> finish(JobId id, std::string_view owner, std::int64_t epoch) = 0;
    [[nodiscard]] virtual Result<void> reschedule(JobId id, std::string_view owner, std::int64_t epoch,
                                                  UnixTime run_at) = 0;
    [[nodiscard]] virtual Result<void> extend(JobId id, std::string_view owner, std::int64_t epoch,
                                              UnixTime lease_until) = 0;
    /// Only checks: for a write that must not happen under a lost lease.
    [[nodiscard]] virtual Result<void> check(JobId id, std::string_view owner, std::int64_t epoch) = 0;
    /// Removes a job that nobody has claimed yet; not_found otherwise.
    [[nodiscard]] virtual Result<void> withdraw(std::string_view kind, std::string_view subject) = 0;
};

class Records {
public:
    virtual ~Records() = default;
    [[nodiscard]] virtual Result<void> add_change(std::string_view kind, std::string_view id,
                                                  std::string_view status, UnixTime at) = 0;
    [[nodiscard]] virtual Result<std::vector<ChangeRow>> changes_after(std::int64_t sequence, int limit) = 0;
    [[nodiscard]] virtual Result<std::int64_t> last_change() = 0;
    [[nodiscard]] virtual Result<void> add_security_event(const SecurityEventRow& row) = 0;
    [[nodiscard]] virtual Result<std::vector<SecurityEventRow>> security_events(const Page& page) = 0;
    /// Inserts the row if the key is new and answers nothing; else answers the stored row (expired ones are
    /// replaced).
    [[nodiscard]] virtual Result<std::optional<IdempotencyRow>> begin_idempotent(const IdempotencyRow& row,
                                                                                 UnixTime now) = 0;
    [[nodiscard]] virtual Result<void> finish_idempotent(const IdempotencyRow& row) = 0;
    /// Forgets a key whose request failed before it changed anything.
    [[nodiscard]] virtual Result<void> drop_idempotent(const IdempotencyRow& row) = 0;
};

/// Everything one transaction can reach. References are valid inside the closure only.
class Unit {
public:
    virtual ~Unit() = default;
    virtual ApiKeys& api_keys() = 0;
    virtual Connections& connections() = 0;
    virtual Forms& forms() = 0;
    virtual Integrations& integrations() = 0;
    virtual Submissions& submissions() = 0;
    virtual Executions& executions() = 0;
    virtual Endpoints& endpoints() = 0;
    virtual Events& events() = 0;
    virtual Jobs& jobs() = 0;
    virtual Records& records() = 0;
};

}  // namespace tenon::store
