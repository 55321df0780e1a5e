#pragma once
// One organisation's ids mean nothing to another: every call that takes an id, tried with a foreign one.

#include "fixture.hpp"

namespace tenon::store::contract {

class IsolationContract : public StoreContract {
protected:
    using Call = std::function<Result<void>(Unit&)>;

    IsolationContract() {
        EXPECT_TRUE(succeeded(write(theirs, [&](Unit& unit) -> Result<void> {
            TENON_CHECK(unit.api_keys().insert(key));
            TENON_CHECK(unit.api_keys().open_session(session));
            TENON_CHECK(unit.connections().insert(connection));
            TENON_CHECK(unit.forms().insert(form));
            TENON_CHECK(unit.endpoints().insert(endpoint));
            TENON_CHECK(unit.integrations().insert(integration));
            TENON_CHECK(unit.submissions().insert(submission));
            TENON_CHECK(unit.events().insert(event));
            TENON_CHECK(unit.executions().insert(execution));
            TENON_CHECK(unit.executions().insert_attempt(attempt));
            TENON_CHECK(unit.jobs().insert(job));
            TENON_CHECK(unit.records().add_security_event(security));
            TENON_CHECK(unit.records().add_change("form", "id", "made", start));
            TENON_TRY(auto stored, unit.records().begin_idempotent(idempotency, start));
            return stored ? Result<void>(fail(Errc::conflict)) : Result<void>();
        })));
        EXPECT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
            TENON_CHECK(unit.forms().insert(my_form));
            return unit.integrations().insert(my_integration);
        })));
    }
    template <typename T>
    static Result<void> drop(Result<T> result) {
        if (!result) return tl::unexpected<Error>(result.error());
        return {};
    }
    std::vector<std::pair<const char*, Call>> calls();

    Organisation mine = make_organisation();
    Organisation theirs = make_organisation();
    ApiKeyRow key = api_key_row();
    SessionRow session = session_row(key.id);
    ConnectionRow connection = connection_row();
    FormRow form = form_row(), my_form = form_row();
    EndpointRow endpoint = endpoint_row();
    IntegrationRow integration = integration_row(form.id), my_integration = integration_row(my_form.id);
    SubmissionRow submission = submission_row(form.id);
    EventRow event = event_row(endpoint.id);
    ExecutionRow execution = execution_row(integration.id);
    AttemptRow attempt = attempt_row(execution.id);
    JobRow job = job_row();
    SecurityEventRow security = security_event_row();
    IdempotencyRow idempotency = idempotency_row();
};

inline std::vector<std::pair<const char*, IsolationContract::Call>> IsolationContract::calls() {
    auto attach = [this](auto change) {
        auto row = execution_row(my_integration.id);
        change(row);
        return [row](Unit& unit) { return unit.executions().insert(row); };
    };
    auto integrate = [](std::optional<FormId> on_form, std::optional<EndpointId> on_endpoint,
                        std::optional<ConnectionId> through) {
        const auto row = integration_row(on_form, on_endpoint, through);
        return [row](Unit& unit) { return unit.integrations().insert(row); };
    };
    auto moved = my_integration;
    moved.form_id = form.id;
    return {
        {"api_keys.get", [&](Unit& unit) { return drop(unit.api_keys().get(key.id)); }},
        {"api_keys.revoke", [&](Unit& unit) { return unit.api_keys().revoke(key.id, start); }},
        {"api_keys.touch", [&](Unit& unit) { return unit.api_keys().touch(key.id, start); }},
        {"api_keys.open_session",
         [&](Unit& unit) { return unit.api_keys().open_session(session_row(key.id)); }},
        {"api_keys.close_session", [&](Unit& unit) { return unit.api_keys().close_session(session.id); }},
        {"api_keys.insert_sign_in",
         [&](Unit& unit) { return unit.api_keys().insert_sign_in(sign_in_row(key.id)); }},
        {"connections.get", [&](Unit& unit) { return drop(unit.connections().get(connection.id)); }},
        {"connections.update", [&](Unit& unit) { return unit.connections().update(connection); }},
        {"connections.erase", [&](Unit& unit) { return unit.connections().erase(connection.id); }},
        {"forms.get", [&](Unit& unit) { return drop(unit.forms().get(form.id)); }},
        {"forms.update", [&](Unit& unit) { return unit.forms().update(form); }},
        {"forms.erase", [&](Unit& unit) { return unit.forms().erase(form.id); }},
        {"endpoints.get", [&](Unit& unit) { return drop(unit.endpoints().get(endpoint.id)); }},
        {"endpoints.update", [&](Unit& unit) { return unit.endpoints().update(endpoint); }},
        {"endpoints.erase", [&](Unit& unit) { return unit.endpoints().erase(endpoint.id); }},
        {"endpoints.count_failure",
         [&](Unit& unit) { return unit.endpoints().count_failure(endpoint.id, "reason", start); }},
        {"integrations.get", [&](Unit& unit) { return drop(unit.integrations().get(integration.id)); }},
        {"integrations.update", [&](Unit& unit) { return unit.integrations().update(integration); }},
        {"integrations.update to a foreign form",
         [moved](Unit& unit) { return unit.integrations().update(moved); }},
        {"integrations.erase", [&](Unit& unit) { return unit.integrations().erase(integration.id); }},
        {"integrations.insert on a foreign form", integrate(form.id, {}, {})},
        {"integrations.insert on a foreign endpoint", integrate({}, endpoint.id, {})},
        {"integrations.insert through a foreign connection", integrate(my_form.id, {}, connection.id)},
        {"submissions.get", [&](Unit& unit) { return drop(unit.submissions().get(submission.id)); }},
        {"submissions.insert",
         [&](Unit& unit) { return unit.submissions().insert(submission_row(form.id)); }},
        {"submissions.set_status",
         [&](Unit& unit) { return unit.submissions().set_status(submission.id, "x"); }},
        {"events.get", [&](Unit& unit) { return drop(unit.events().get(event.id)); }},
        {"events.insert", [&](Unit& unit) { return unit.events().insert(event_row(endpoint.id)); }},
        {"events.set_status", [&](Unit& unit) { return unit.events().set_status(event.id, "x"); }},
        {"executions.get", [&](Unit& unit) { return drop(unit.executions().get(execution.id)); }},
        {"executions.update", [&](Unit& unit) { return unit.executions().update(execution); }},
        {"executions.insert on a foreign integration",
         attach([&](auto& row) { row.integration_id = integration.id; })},
        {"executions.insert on a foreign connection",
         attach([&](auto& row) { row.connection_id = connection.id; })},
        {"executions.insert on a foreign form", attach([&](auto& row) { row.form_id = form.id; })},
        {"executions.insert on a foreign submission",
         attach([&](auto& row) { row.submission_id = submission.id; })},
        {"executions.insert on a foreign endpoint",
         attach([&](auto& row) { row.endpoint_id = endpoint.id; })},
        {"executions.insert on a foreign event", attach([&](auto& row) { row.event_id = event.id; })},
        {"executions.insert_attempt",
         [&](Unit& unit) { return unit.executions().insert_attempt(attempt_row(execution.id, 7)); }},
        {"executions.finish_attempt", [&](Unit& unit) { return unit.executions().finish_attempt(attempt); }},
        {"executions.attempts", [&](Unit& unit) { return drop(unit.executions().attempts(execution.id)); }},
        {"jobs.withdraw", [&](Unit& unit) { return unit.jobs().withdraw(job.kind, job.subject); }},
        {"records.finish_idempotent",
         [&](Unit& unit) { return unit.records().finish_idempotent(idempotency); }},
        {"records.drop_idempotent", [&](Unit& unit) { return unit.records().drop_idempotent(idempotency); }},
    };
}

TEST_P(IsolationContract, a_foreign_id_is_not_found_by_any_call) {
    for (const auto& [name, call] : calls())
        EXPECT_TRUE(failed_with(write(mine, call), Errc::not_found)) << name;
}

TEST_P(IsolationContract, a_foreign_lease_is_lost) {
    const auto claimed = wait(gate().claim_jobs("worker", start, 10s, 1));
    ASSERT_EQ(claimed->size(), 1U);
    EXPECT_EQ(claimed->front().organisation, theirs);
    const auto epoch = claimed->front().job.epoch;
    for (const Call& call :
         std::vector<Call>{[&](Unit& unit) { return unit.jobs().check(job.id, "worker", epoch); },
                           [&](Unit& unit) { return unit.jobs().extend(job.id, "worker", epoch, start); },
                           [&](Unit& unit) { return unit.jobs().reschedule(job.id, "worker", epoch, start); },
                           [&](Unit& unit) { return unit.jobs().finish(job.id, "worker", epoch); }})
        EXPECT_TRUE(failed_with(write(mine, call), Errc::lease_lost));
    EXPECT_TRUE(
        succeeded(write(theirs, [&](Unit& unit) { return unit.jobs().finish(job.id, "worker", epoch); })));
}

TEST_P(IsolationContract, lists_show_only_rows_of_the_own_organisation) {
    EXPECT_EQ(read(mine, [](Unit& unit) { return unit.api_keys().list({}); })->size(), 1U);
    EXPECT_EQ(read(mine, [](Unit& unit) { return unit.forms().list({}); })->size(), 1U);
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.connections().list({}); })->empty());
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.endpoints().list({}); })->empty());
    EXPECT_TRUE(
        read(mine, [&](Unit& unit) { return unit.integrations().list_of_form(form.id, {}); })->empty());
    EXPECT_TRUE(read(mine, [&](Unit& unit) { return unit.integrations().active_of_form(form.id); })->empty());
    EXPECT_TRUE(
        read(mine, [&](Unit& unit) { return unit.integrations().active_of_endpoint(endpoint.id); })->empty());
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.submissions().list({}, {}); })->empty());
    EXPECT_TRUE(read(mine, [&](Unit& unit) { return unit.submissions().list(form.id, {}); })->empty());
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.events().list({}, {}); })->empty());
    EXPECT_TRUE(read(mine, [&](Unit& unit) { return unit.events().list(endpoint.id, {}); })->empty());
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.executions().list({}, {}); })->empty());
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.records().security_events({}); })->empty());
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.records().changes_after(0, 10); })->empty());
    EXPECT_EQ(read(mine, [](Unit& unit) { return unit.records().last_change(); }), 0);
    EXPECT_EQ(write(mine, [&](Unit& unit) { return unit.records().begin_idempotent(idempotency, start); })
                  ->has_value(),
              false)
        << "the same key of another organisation is another key";
}

TEST_P(IsolationContract, the_same_names_may_exist_in_two_organisations) {
    const auto row = connection_row();
    EXPECT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.connections().insert(row); })));
}

}  // namespace tenon::store::contract
