#pragma once
// Submissions, events, executions and attempts.

#include "fixture.hpp"

namespace tenon::store::contract {

class HistoryContract : public StoreContract {
protected:
    HistoryContract() {
        form = form_row();
        endpoint = endpoint_row();
        connection = connection_row();
        integration = integration_row(form.id, {}, connection.id);
        EXPECT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
            TENON_CHECK(unit.forms().insert(form));
            TENON_CHECK(unit.endpoints().insert(endpoint));
            TENON_CHECK(unit.connections().insert(connection));
            return unit.integrations().insert(integration);
        })));
    }
    ExecutionRow insert_execution(const std::function<void(ExecutionRow&)>& change = {}) {
        auto row = execution_row(integration.id);
        if (change) change(row);
        EXPECT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.executions().insert(row); })));
        return row;
    }
    Result<std::vector<AttemptRow>> attempts(ExecutionId execution) {
        return read(mine, [execution](Unit& unit) { return unit.executions().attempts(execution); });
    }
    template <typename F>
    static ExecutionFilter where(F set) {
        ExecutionFilter filter;
        set(filter);
        return filter;
    }
    std::vector<ExecutionId> listed(const ExecutionFilter& filter, Page page = {}) {
        const auto rows = read(mine, [&](Unit& unit) { return unit.executions().list(filter, page); });
        EXPECT_TRUE(succeeded(rows));
        std::vector<ExecutionId> ids;
        for (const auto& row : *rows) ids.push_back(row.id);
        return ids;
    }

    Organisation mine = make_organisation();
    FormRow form;
    EndpointRow endpoint;
    ConnectionRow connection;
    IntegrationRow integration;
};

TEST_P(HistoryContract, submissions_are_kept_listed_and_given_a_status) {
    auto other_form = form_row();
    const auto first = submission_row(form.id);
    const auto second = submission_row(other_form.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.forms().insert(other_form));
        TENON_CHECK(unit.submissions().insert(first));
        return unit.submissions().insert(second);
    })));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.submissions().get(first.id); }), first));
    EXPECT_EQ(read(mine, [&](Unit& unit) { return unit.submissions().list({}, {}); })->size(), 2U);
    const auto of_form = read(mine, [&](Unit& unit) { return unit.submissions().list(form.id, {}); });
    ASSERT_EQ(of_form->size(), 1U);
    EXPECT_TRUE(same(of_form->front(), first));
    ASSERT_TRUE(succeeded(
        write(mine, [&](Unit& unit) { return unit.submissions().set_status(first.id, "succeeded"); })));
    EXPECT_EQ(read(mine, [&](Unit& unit) { return unit.submissions().get(first.id); })->status, "succeeded");
    EXPECT_TRUE(failed_with(
        write(mine,
              [](Unit& unit) { return unit.submissions().set_status(next_id<SubmissionId>(), "failed"); }),
        Errc::not_found));
    EXPECT_TRUE(failed_with(
        write(mine, [](Unit& unit) { return unit.submissions().insert(submission_row(next_id<FormId>())); }),
        Errc::not_found));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.submissions().insert(first); }),
                            Errc::already_exists));
}

TEST_P(HistoryContract, events_are_kept_listed_and_given_a_status) {
    auto event = event_row(endpoint.id);
    auto plain = event_row(endpoint.id);
    plain.external_id = plain.event_type = plain.body.bytes = "";
    plain.id_is_signed = plain.suspected_replay = false;
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.events().insert(event));
        return unit.events().insert(plain);
    })));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.events().get(event.id); }), event));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.events().get(plain.id); }), plain));
    EXPECT_EQ(read(mine, [&](Unit& unit) { return unit.events().list(endpoint.id, {}); })->size(), 2U);
    EXPECT_EQ(read(mine, [&](Unit& unit) { return unit.events().list({}, {plain.id.value, 5}); })->size(),
              1U);
    EXPECT_TRUE(
        read(mine, [](Unit& unit) { return unit.events().list(next_id<EndpointId>(), {}); })->empty());
    ASSERT_TRUE(
        succeeded(write(mine, [&](Unit& unit) { return unit.events().set_status(event.id, "failed"); })));
    EXPECT_EQ(read(mine, [&](Unit& unit) { return unit.events().get(event.id); })->status, "failed");
    EXPECT_TRUE(failed_with(
        write(mine, [](Unit& unit) { return unit.events().set_status(next_id<EventId>(), "failed"); }),
        Errc::not_found));
    EXPECT_TRUE(failed_with(
        write(mine, [](Unit& unit) { return unit.events().insert(event_row(next_id<EndpointId>())); }),
        Errc::not_found));
}

TEST_P(HistoryContract, a_dedupe_key_is_new_once_until_it_expires) {
    const auto remember = [&](EndpointId on, std::string key, UnixTime now) {
        return write(mine,
                     [on, key, now](Unit& unit) { return unit.events().remember(on, key, now, now + 60s); });
    };
    EXPECT_EQ(remember(endpoint.id, digest('1'), start), true);
    EXPECT_EQ(remember(endpoint.id, digest('1'), start + 60s - 1ms), false);
    EXPECT_EQ(remember(endpoint.id, digest('2'), start), true);
    EXPECT_EQ(remember(next_id<EndpointId>(), digest('1'), start), true) << "keys belong to an endpoint";
    EXPECT_EQ(remember(endpoint.id, digest('1'), start + 60s), true) << "expired";
    EXPECT_EQ(remember(endpoint.id, digest('1'), start + 119s), false);
    const auto theirs = make_organisation();
    EXPECT_EQ(write(theirs,
                    [&](Unit& unit) {
                        return unit.events().remember(endpoint.id, digest('1'), start + 61s, start + 62s);
                    }),
              true)
        << "keys belong to an organisation";
}

TEST_P(HistoryContract, executions_are_kept_and_only_their_progress_changes) {
    auto row = insert_execution([&](ExecutionRow& execution) {
        execution.connection_id = connection.id;
        execution.form_id = form.id;
    });
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.executions().get(row.id); }), row));
    auto changed = row;
    changed.status = "failed";
    changed.error_code = changed.error_message = "";
    changed.outputs = "{}";
    changed.attempts = 9;
    changed.started_at = changed.finished_at = changed.next_attempt_at = std::nullopt;
    auto asked = changed;
    asked.config = asked.provider = asked.action = "never";
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.executions().update(asked); })));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.executions().get(row.id); }), changed));
    asked.id = next_id<ExecutionId>();
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.executions().update(asked); }),
                            Errc::not_found));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.executions().insert(row); }),
                            Errc::already_exists));
    ASSERT_TRUE(
        succeeded(write(mine, [&](Unit& unit) { return unit.integrations().erase(integration.id); })));
    EXPECT_TRUE(succeeded(read(mine, [&](Unit& unit) { return unit.executions().get(row.id); })))
        << "history outlives the integration";
}

TEST_P(HistoryContract, an_execution_names_only_rows_that_exist) {
    const std::vector<std::function<void(ExecutionRow&)>> wrong = {
        [](ExecutionRow& row) { row.integration_id = next_id<IntegrationId>(); },
        [](ExecutionRow& row) { row.connection_id = next_id<ConnectionId>(); },
        [](ExecutionRow& row) { row.form_id = next_id<FormId>(); },
        [](ExecutionRow& row) { row.submission_id = next_id<SubmissionId>(); },
        [](ExecutionRow& row) { row.endpoint_id = next_id<EndpointId>(); },
        [](ExecutionRow& row) { row.event_id = next_id<EventId>(); }};
    for (std::size_t i = 0; i < wrong.size(); ++i) {
        auto row = execution_row(integration.id);
        wrong[i](row);
        EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.executions().insert(row); }),
                                Errc::not_found))
            << i;
    }
}

TEST_P(HistoryContract, executions_are_filtered_by_every_member_of_the_filter) {
    const auto submission = submission_row(form.id);
    const auto event = event_row(endpoint.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.submissions().insert(submission));
        return unit.events().insert(event);
    })));
    const auto plain = insert_execution();
    const auto on_submission = insert_execution([&](ExecutionRow& row) {
        row.submission_id = submission.id;
        row.form_id = form.id;
        row.status = "failed";
    });
    const auto on_event = insert_execution([&](ExecutionRow& row) {
        row.event_id = event.id;
        row.connection_id = connection.id;
        row.created_at = start + 1h;
    });
    using Ids = std::vector<ExecutionId>;
    EXPECT_EQ(listed({}), (Ids{on_event.id, on_submission.id, plain.id}));
    EXPECT_EQ(listed({}, {on_submission.id.value, 50}), (Ids{plain.id}));
    EXPECT_EQ(listed({}, {{}, 1}), (Ids{on_event.id}));
    EXPECT_EQ(listed(where([&](auto& filter) { filter.status = "pending"; })), (Ids{on_event.id, plain.id}));
    EXPECT_EQ(listed(where([&](auto& filter) { filter.form_id = form.id; })), (Ids{on_submission.id}));
    EXPECT_EQ(listed(where([&](auto& filter) { filter.connection_id = connection.id; })), (Ids{on_event.id}));
    EXPECT_EQ(listed(where([&](auto& filter) { filter.submission_id = submission.id; })),
              (Ids{on_submission.id}));
    EXPECT_EQ(listed(where([&](auto& filter) { filter.event_id = event.id; })), (Ids{on_event.id}));
    EXPECT_EQ(listed(where([&](auto& filter) { filter.since = start + 1h; })), (Ids{on_event.id}));
    EXPECT_EQ(listed(where([&](auto& filter) {
                  filter.status = "failed";
                  filter.submission_id = submission.id;
              })),
              (Ids{on_submission.id}));
    EXPECT_EQ(listed(where([&](auto& filter) {
                  filter.status = "pending";
                  filter.submission_id = submission.id;
              })),
              Ids{});
    EXPECT_EQ(listed(where([&](auto& filter) {
                  filter.status = "failed";
                  filter.event_id = event.id;
              })),
              Ids{});
    EXPECT_EQ(listed(where([&](auto& filter) {
                  filter.submission_id = submission.id;
                  filter.event_id = event.id;
              })),
              Ids{});
    EXPECT_EQ(listed(where([&](auto& filter) {
                  filter.status = "failed";
                  filter.form_id = form.id;
                  filter.since = start;
              })),
              (Ids{on_submission.id}));
}

TEST_P(HistoryContract, attempts_are_journalled_before_and_completed_after) {
    const auto execution = insert_execution();
    EXPECT_TRUE(attempts(execution.id)->empty());
    auto first = attempt_row(execution.id);
    auto before = first;
    before.reply.reset();
    before.finished_at.reset();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.executions().insert_attempt(before); })));
    EXPECT_TRUE(same(attempts(execution.id)->front(), before));
    first.outcome = "ok";
    first.http_status = 201;
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.executions().finish_attempt(first); })));
    const auto second = attempt_row(execution.id, 2);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.executions().insert_attempt(second); })));
    const auto both = attempts(execution.id);
    ASSERT_EQ(both->size(), 2U);
    EXPECT_TRUE(same((*both)[0], first));
    EXPECT_TRUE(same((*both)[1], second));
    EXPECT_TRUE(failed_with(
        write(mine,
              [&](Unit& unit) { return unit.executions().insert_attempt(attempt_row(execution.id, 2)); }),
        Errc::already_exists))
        << "two workers can't journal the same attempt";
    EXPECT_TRUE(failed_with(
        write(mine, [&](Unit& unit) { return unit.executions().finish_attempt(attempt_row(execution.id)); }),
        Errc::not_found));
    const auto none = next_id<ExecutionId>();
    EXPECT_TRUE(failed_with(
        write(mine, [&](Unit& unit) { return unit.executions().insert_attempt(attempt_row(none)); }),
        Errc::not_found));
    EXPECT_TRUE(failed_with(read(mine, [&](Unit& unit) { return unit.executions().attempts(none); }),
                            Errc::not_found));
}

}  // namespace tenon::store::contract
