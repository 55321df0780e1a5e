#include "execute/runner.hpp"

#include "engine.hpp"

namespace tenon::execute::testing {
namespace {

class RunnerTest : public EngineTest {
protected:
    RunnerTest() { connection = make_connection(); }
};

TEST_F(RunnerTest, sends_the_previewed_request_with_the_credential_filled_in_and_records_it) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto accepted = submit(form);
    ASSERT_EQ(accepted.executions.size(), 1U);
    EXPECT_EQ(wakes, 1);
    EXPECT_EQ(run_due(), 1);

    ASSERT_EQ(client.sent.size(), 1U);
    EXPECT_EQ(client.sent[0].url, "https://api.acme.test/things");
    EXPECT_EQ(client.sent[0].body, R"({"Amount":50})");
    bool is_authorised = false;
    for (const auto& [name, value] : client.sent[0].headers) is_authorised |= value == "Bearer verysecret";
    EXPECT_TRUE(is_authorised);

    const auto row = execution(accepted.executions[0]);
    EXPECT_EQ(row.status, "succeeded");
    EXPECT_EQ(row.outputs, R"({"id":"made"})");
    const auto tried = attempts(row.id);
    ASSERT_EQ(tried.size(), 1U);
    const auto document =
        vault->open(*organisation, {"attempts", tried[0].id.text(), "request"}, tried[0].request);
    ASSERT_TRUE(document);
    EXPECT_NE(document->expose().find("Bearer ***"), std::string_view::npos);
    EXPECT_EQ(document->expose().find("verysecret"), std::string_view::npos);
    EXPECT_EQ(run_due(), 0) << "the job ended with the result";
}

TEST_F(RunnerTest, repeats_a_failing_provider_after_a_wait_and_gives_up_after_the_last_retry) {
    const auto form = make_form();
    make_integration(form, "put");
    const auto id = submit(form).executions[0];
    for (int i = 0; i < 3; ++i) client.script.push_back(reply(500));
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(execution(id).status, "retrying");
    EXPECT_TRUE(execution(id).next_attempt_at.has_value());
    for (int i = 0; i < 2; ++i) {
        clock.advance(60s);
        EXPECT_EQ(run_due(), 1);
    }
    EXPECT_EQ(execution(id).status, "failed");
    EXPECT_EQ(execution(id).attempts, 3);
    clock.advance(1h);
    EXPECT_EQ(run_due(), 0);
}

TEST_F(RunnerTest, waits_as_long_as_the_provider_asks) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    client.script.push_back(reply(429, "{}", "30"));
    EXPECT_EQ(run_due(), 1);
    clock.advance(29s);
    EXPECT_EQ(run_due(), 0);
    clock.advance(10s);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(execution(id).status, "succeeded");
}

TEST_F(RunnerTest, never_repeats_a_refusal) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    client.script.push_back(reply(400, R"({"error":"bad_field"})"));
    run_due();
    clock.advance(1h);
    EXPECT_EQ(run_due(), 0);
    EXPECT_EQ(execution(id).status, "failed");
    EXPECT_EQ(client.sent.size(), 1U);
}

TEST_F(RunnerTest, a_refused_credential_marks_the_connection) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    client.script.push_back(reply(401));
    run_due();
    EXPECT_EQ(execution(id).error_code, "provider_auth_expired");
    const auto row = write([this](store::Unit& unit) { return unit.connections().get(*connection); });
    EXPECT_EQ(row.status, "needs_reauth");
    const auto later = submit(form).executions[0];
    run_due();
    EXPECT_EQ(execution(later).error_code, "not_connected");
    EXPECT_EQ(client.sent.size(), 1U) << "a refused credential is not sent again";
}

TEST_F(RunnerTest, an_unknown_outcome_is_not_repeated_unless_the_action_is_idempotent) {
    const auto form = make_form();
    make_integration(form, "create");
    make_integration(form, "put");
    const auto accepted = submit(form);
    client.script.push_back(cut(true));
    client.script.push_back(cut(true));
    EXPECT_EQ(run_due(), 2);
    clock.advance(60s);
    EXPECT_EQ(run_due(), 1) << "only the idempotent one";
    for (const auto& id : accepted.executions) {
        const auto row = execution(id);
        EXPECT_EQ(row.status, row.action == "put" ? "succeeded" : "outcome_unknown") << row.action;
    }
}

TEST_F(RunnerTest, a_connection_that_was_never_made_is_tried_again) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    client.script.push_back(cut(false));
    run_due();
    clock.advance(60s);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(execution(id).status, "succeeded");
}

TEST_F(RunnerTest, a_mapping_error_fails_without_a_request_and_names_the_mapping) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form, R"({"amount":"much"})").executions[0];
    run_due();
    EXPECT_EQ(execution(id).status, "failed");
    EXPECT_EQ(execution(id).error_code, "invalid_number");
    EXPECT_NE(execution(id).error_message.find("/field_mappings/amount"), std::string::npos);
    EXPECT_TRUE(client.sent.empty());
}

TEST_F(RunnerTest, a_crash_after_sending_is_an_unknown_outcome_and_before_it_costs_nothing) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    // A worker claims the job, journals the attempt and dies.
    auto claimed = wait(store->gate().claim_jobs("dead", clock.now(), 60s, 10));
    ASSERT_TRUE(claimed);
    store::AttemptRow attempt;
    attempt.id = AttemptId{new_uuid(clock.now(), *random)};
    attempt.execution_id = id;
    attempt.outcome = "sent";
    attempt.started_at = clock.now();
    attempt.request = *vault->seal(*organisation, {"attempts", attempt.id.text(), "request"}, "{}");
    write([id, attempt](store::Unit& unit) -> Result<int> {
        TENON_TRY(auto row, unit.executions().get(id));
        row.status = "running";
        row.attempts = 1;
        TENON_CHECK(unit.executions().update(row));
        TENON_CHECK(unit.executions().insert_attempt(attempt));
        return 0;
    });
    EXPECT_EQ(run_due(), 0) << "the lease holds";
    clock.advance(61s);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(execution(id).status, "outcome_unknown");
    EXPECT_TRUE(client.sent.empty());
}

TEST_F(RunnerTest, a_worker_that_was_away_too_long_changes_nothing) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    auto late = wait(store->gate().claim_jobs("late", clock.now(), 60s, 10));
    ASSERT_TRUE(late);
    clock.advance(61s);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(execution(id).status, "succeeded");
    auto done = wait(runner->handler()(jobs::Lease{late->front().organisation, late->front().job, "late"}));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Errc::lease_lost);
    EXPECT_EQ(client.sent.size(), 1U);
}

}  // namespace
}  // namespace tenon::execute::testing
