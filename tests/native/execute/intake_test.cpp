#include "execute/intake.hpp"

#include "engine.hpp"

namespace tenon::execute::testing {
namespace {

class IntakeTest : public EngineTest {
protected:
    IntakeTest() { connection = make_connection(); }

    Refusal refused(FormId form, std::string body) {
        auto accepted = wait(intake->accept(*organisation, form, std::move(body), "", ""));
        EXPECT_FALSE(accepted);
        return accepted ? Refusal{} : std::move(accepted.error());
    }
};

TEST_F(IntakeTest, a_form_without_integrations_succeeds_at_once) {
    const auto accepted = submit(make_form());
    EXPECT_EQ(accepted.status, "succeeded");
    EXPECT_TRUE(accepted.executions.empty());
    EXPECT_EQ(wakes, 0);
}

TEST_F(IntakeTest, an_unknown_form_is_not_found) {
    EXPECT_EQ(refused(FormId{new_uuid(clock.now(), *random)}, "{}").error.code, Errc::not_found);
}

TEST_F(IntakeTest, what_can_not_be_read_keeps_its_own_code) {
    const auto form = make_form();
    EXPECT_EQ(refused(form, "{").error.code, Errc::invalid_json);
    EXPECT_EQ(refused(form, R"({"a":1,"a":2})").error.code, Errc::duplicate_key);
    EXPECT_EQ(refused(form, "[]").error.code, Errc::not_an_object);
    EXPECT_EQ(refused(form, R"({"a":"\u0000"})").error.code, Errc::invalid_unicode);
}

TEST_F(IntakeTest, every_failing_member_is_named_from_the_root_of_the_body) {
    const auto form =
        make_form(R"({"type":"object","required":["email"],"properties":{"age":{"type":"number"}}})");
    const auto refusal = refused(form, R"({"age":"old"})");
    EXPECT_EQ(refusal.error.code, Errc::validation_failed);
    ASSERT_EQ(refusal.errors.size(), 2U);
    EXPECT_EQ(refusal.errors[0].text_at("pointer"), "");
    EXPECT_EQ(refusal.errors[1].text_at("pointer"), "/age");
}

TEST_F(IntakeTest, conditions_decide_which_integrations_run) {
    const auto form = make_form();
    make_integration(form, "create", 1, R"({"properties":{"amount":{"const":"$50.00"}}})");
    make_integration(form, "put", 1, R"({"properties":{"amount":{"const":"$1.00"}}})");
    const auto accepted = submit(form);
    ASSERT_EQ(accepted.executions.size(), 1U);
    EXPECT_EQ(execution(accepted.executions[0]).action, "create");
}

TEST_F(IntakeTest, a_later_stage_waits_until_the_first_has_ended) {
    const auto form = make_form();
    make_integration(form, "put", 2);
    make_integration(form, "create", 1);
    const auto accepted = submit(form);
    ASSERT_EQ(accepted.executions.size(), 2U);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(client.sent.back().method, "POST");
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(client.sent.back().method, "PUT");
    const auto submission = write([&](store::Unit& unit) { return unit.submissions().get(accepted.id); });
    EXPECT_EQ(submission.status, "succeeded");
}

TEST_F(IntakeTest, one_failure_touches_no_other_execution_but_the_submission_failed) {
    const auto form = make_form();
    make_integration(form, "create");
    make_integration(form, "create");
    const auto accepted = submit(form);
    client.script.push_back(reply(400));
    EXPECT_EQ(run_due(), 2);
    int succeeded = 0;
    for (const auto& id : accepted.executions) succeeded += execution(id).status == "succeeded" ? 1 : 0;
    EXPECT_EQ(succeeded, 1);
    EXPECT_EQ(write([&](store::Unit& unit) { return unit.submissions().get(accepted.id); }).status, "failed");
}

TEST_F(IntakeTest, what_was_accepted_survives_a_restart) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    wait_void(store->close());
    runner.reset();
    intake.reset();
    vault.reset();
    keyring.reset();
    store.reset();
    reopen();
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(execution(id).status, "succeeded");
    EXPECT_EQ(client.sent.size(), 1U);
}

TEST_F(IntakeTest, replays_what_has_ended_and_refuses_what_runs) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    auto early = wait(intake->replay(*organisation, id));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, Errc::conflict);
    client.script.push_back(reply(400));
    run_due();
    auto again = wait(intake->replay(*organisation, id));
    ASSERT_TRUE(again);
    EXPECT_NE(again->id, id);
    EXPECT_EQ(run_due(), 1);
    EXPECT_EQ(execution(again->id).status, "succeeded");
    EXPECT_EQ(execution(id).status, "failed") << "history is not rewritten";
}

TEST_F(IntakeTest, cancels_what_waits_and_refuses_what_has_ended) {
    const auto form = make_form();
    make_integration(form, "create");
    const auto id = submit(form).executions[0];
    auto cancelled = wait(intake->cancel(*organisation, id));
    ASSERT_TRUE(cancelled) << cancelled.error().detail;
    EXPECT_EQ(cancelled->status, "cancelled");
    EXPECT_EQ(run_due(), 0);
    EXPECT_TRUE(client.sent.empty());
    auto twice = wait(intake->cancel(*organisation, id));
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, Errc::conflict);
}

}  // namespace
}  // namespace tenon::execute::testing
