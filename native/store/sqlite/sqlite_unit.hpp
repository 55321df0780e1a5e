#pragma once
// The aggregates of one transaction on one connection. The organisation is set when a closure begins, so the
// object itself is made once per connection.

#include "store/organisation.hpp"
#include "store/sqlite/connection.hpp"
#include "store/unit.hpp"

namespace tenon::store::sqlite {

/// What every statement needs: where it runs and for whom.
struct Scope {
    Connection& connection;
    OrganisationId organisation;
    bool endpoints_changed = false;  ///< Since these were last looked at: what caches must forget.
    bool api_keys_changed = false;
};

class SqliteApiKeys final : public ApiKeys {
public:
    explicit SqliteApiKeys(Scope& scope) : scope_(scope) {}
    Result<void> insert(const ApiKeyRow& row) override;
    Result<ApiKeyRow> get(ApiKeyId id) override;
    Result<std::vector<ApiKeyRow>> list(const Page& page) override;
    Result<void> revoke(ApiKeyId id, UnixTime now) override;
    Result<void> touch(ApiKeyId id, UnixTime now) override;
    Result<void> open_session(const SessionRow& row) override;
    Result<void> close_session(SessionId id) override;
    Result<void> insert_sign_in(const SignInRow& row) override;

private:
    Scope& scope_;
};

class SqliteConnections final : public Connections {
public:
    explicit SqliteConnections(Scope& scope) : scope_(scope) {}
    Result<void> insert(const ConnectionRow& row) override;
    Result<ConnectionRow> get(ConnectionId id) override;
    Result<std::vector<ConnectionRow>> list(const Page& page) override;
    Result<void> update(const ConnectionRow& row) override;
    Result<void> erase(ConnectionId id) override;

private:
    Scope& scope_;
};

class SqliteForms final : public Forms {
public:
    explicit SqliteForms(Scope& scope) : scope_(scope) {}
    Result<void> insert(const FormRow& row) override;
    Result<FormRow> get(FormId id) override;
    Result<std::vector<FormRow>> list(const Page& page) override;
    Result<void> update(const FormRow& row) override;
    Result<void> erase(FormId id) override;

private:
    Scope& scope_;
};

class SqliteIntegrations final : public Integrations {
public:
    explicit SqliteIntegrations(Scope& scope) : scope_(scope) {}
    Result<void> insert(const IntegrationRow& row) override;
    Result<IntegrationRow> get(IntegrationId id) override;
    Result<std::vector<IntegrationRow>> list_of_form(FormId form, const Page& page) override;
    Result<std::vector<IntegrationRow>> active_of_form(FormId form) override;
    Result<std::vector<IntegrationRow>> active_of_endpoint(EndpointId endpoint) override;
    Result<void> update(const IntegrationRow& row) override;
    Result<void> erase(IntegrationId id) override;

private:
    Scope& scope_;
};

class SqliteSubmissions final : public Submissions {
public:
    explicit SqliteSubmissions(Scope& scope) : scope_(scope) {}
    Result<void> insert(const SubmissionRow& row) override;
    Result<SubmissionRow> get(SubmissionId id) override;
    Result<std::vector<SubmissionRow>> list(std::optional<FormId> form, const Page& page) override;
    Result<void> set_status(SubmissionId id, std::string_view status) override;

private:
    Scope& scope_;
};

class SqliteExecutions final : public Executions {
public:
    explicit SqliteExecutions(Scope& scope) : scope_(scope) {}
    Result<void> insert(const ExecutionRow& row) override;
    Result<ExecutionRow> get(ExecutionId id) override;
    Result<std::vector<ExecutionRow>> list(const ExecutionFilter& filter, const Page& page) override;
    Result<void> update(const ExecutionRow& row) override;
    Result<void> insert_attempt(const AttemptRow& row) override;
    Result<void> finish_attempt(const AttemptRow& row) override;
    Result<std::vector<AttemptRow>> attempts(ExecutionId id) override;

private:
    Scope& scope_;
};

class SqliteEndpoints final : public Endpoints {
public:
    explicit SqliteEndpoints(Scope& scope) : scope_(scope) {}
    Result<void> insert(const EndpointRow& row) override;
    Result<EndpointRow> get(EndpointId id) override;
    Result<std::vector<EndpointRow>> list(const Page& page) override;
    Result<void> update(const EndpointRow& row) override;
    Result<void> erase(EndpointId id) override;
    Result<void> count_failure(EndpointId id, std::string_view reason, UnixTime now) override;

private:
    Scope& scope_;
};

class SqliteEvents final : public Events {
public:
    explicit SqliteEvents(Scope& scope) : scope_(scope) {}
    Result<bool> remember(EndpointId endpoint, std::string_view dedupe_key, UnixTime now,
                          UnixTime expires_at) override;
    Result<void> insert(const EventRow& row) override;
    Result<EventRow> get(EventId id) override;
    Result<std::vector<EventRow>> list(std::optional<EndpointId> endpoint, const Page& page) override;
    Result<void> set_status(EventId id, std::string_view status) override;

private:
    Scope& scope_;
};

class SqliteJobs final : public Jobs {
public:
    explicit SqliteJobs(Scope& scope) : scope_(scope) {}
    Result<void> insert(const JobRow& row) override;
    Result<void> finish(JobId id, std::string_view owner, std::int64_t epoch) override;
    Result<void> reschedule(JobId id, std::string_view owner, std::int64_t epoch, UnixTime run_at) override;
    Result<void> extend(JobId id, std::string_view owner, std::int64_t epoch, UnixTime lease_until) override;
    Result<void> check(JobId id, std::string_view owner, std::int64_t epoch) override;
    Result<void> withdraw(std::string_view kind, std::string_view subject) override;

private:
    [[nodiscard]] Result<void> fenced(Result<int> changed);
    Scope& scope_;
};

class SqliteRecords final : public Records {
public:
    explicit SqliteRecords(Scope& scope) : scope_(scope) {}
    Result<void> add_change(std::string_view kind, std::string_view id, std::string_view status,
                            UnixTime at) override;
    Result<std::vector<ChangeRow>> changes_after(std::int64_t sequence, int limit) override;
    Result<std::int64_t> last_change() override;
    Result<void> add_security_event(const SecurityEventRow& row) override;
    Result<std::vector<SecurityEventRow>> security_events(const Page& page) override;
    Result<std::optional<IdempotencyRow>> begin_idempotent(const IdempotencyRow& row, UnixTime now) override;
    Result<void> finish_idempotent(const IdempotencyRow& row) override;
    Result<void> drop_idempotent(const IdempotencyRow& row) override;

private:
    Scope& scope_;
};

class SqliteUnit final : public Unit {
public:
    explicit SqliteUnit(Connection& connection) : scope_{connection, {}, false, false} {}

    /// Everything done from here on is done for `organisation`.
    void enter(OrganisationId organisation) { scope_.organisation = organisation; }
    Connection& connection() { return scope_.connection; }
    Scope& scope() { return scope_; }

    ApiKeys& api_keys() override { return api_keys_; }
    Connections& connections() override { return connections_; }
    Forms& forms() override { return forms_; }
    Integrations& integrations() override { return integrations_; }
    Submissions& submissions() override { return submissions_; }
    Executions& executions() override { return executions_; }
    Endpoints& endpoints() override { return endpoints_; }
    Events& events() override { return events_; }
    Jobs& jobs() override { return jobs_; }
    Records& records() override { return records_; }

private:
    Scope scope_;
    SqliteApiKeys api_keys_{scope_};
    SqliteConnections connections_{scope_};
    SqliteForms forms_{scope_};
    SqliteIntegrations integrations_{scope_};
    SqliteSubmissions submissions_{scope_};
    SqliteExecutions executions_{scope_};
    SqliteEndpoints endpoints_{scope_};
    SqliteEvents events_{scope_};
    SqliteJobs jobs_{scope_};
    SqliteRecords records_{scope_};
};

}  // namespace tenon::store::sqlite
