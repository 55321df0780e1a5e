#include "fanout/rows.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "fanout/condition.hpp"

namespace tenon::fanout {

namespace {

/// One payload has at most this many executions (limits of the API keep it far lower).
constexpr int all_of_one_payload = 200;

}  // namespace

bool has_ended(std::string_view status) {
    constexpr std::array<std::string_view, 5> ended{"succeeded", "failed", "outcome_unknown", "cancelled",
                                                    "skipped"};
    return std::find(ended.begin(), ended.end(), status) != ended.end();
}

Result<std::vector<store::ExecutionRow>> fan_out(const std::vector<store::IntegrationRow>& integrations,
                                                 const json::Value* payload, const Payload& source,
                                                 UnixTime now, Random& random) {
    std::vector<store::ExecutionRow> executions;
    int first_stage = std::numeric_limits<int>::max();
    for (const auto& integration : integrations) {
        if (!integration.condition.empty()) {
            if (payload == nullptr) continue;
            TENON_TRY(const bool is_wanted, condition_holds(integration.condition, *payload));
            if (!is_wanted) continue;
        }
        TENON_TRY(auto execution, execution_for(integration, now, random));
        execution.submission_id = source.submission;
        execution.event_id = source.event;
        first_stage = std::min(first_stage, execution.stage);
        executions.push_back(std::move(execution));
    }
    for (auto& execution : executions)
        if (execution.stage != first_stage) execution.status = "waiting";
    return executions;
}

Result<void> insert(store::Unit& unit, const std::vector<store::ExecutionRow>& executions, Random& random) {
    for (const auto& execution : executions) {
        TENON_CHECK(unit.executions().insert(execution));
        TENON_CHECK(unit.records().add_change("execution", execution.id.text(), execution.status,
                                              execution.created_at));
        if (execution.status == "pending")
            TENON_CHECK(unit.jobs().insert(job_for(execution, execution.created_at, random)));
    }
    return {};
}

Result<store::ExecutionRow> execution_for(const store::IntegrationRow& integration, UnixTime now,
                                          Random& random) {
    TENON_TRY(const auto config, json::read(integration.config));
    store::ExecutionRow row;
    row.id = ExecutionId{new_uuid(now, random)};
    row.integration_id = integration.id;
    row.connection_id = integration.connection_id;
    row.form_id = integration.form_id;
    row.endpoint_id = integration.endpoint_id;
    row.provider = config.text_at("provider");
    row.action = config.text_at("action");
    row.config = integration.config;
    row.status = "pending";
    row.outputs = "{}";
    row.stage = integration.execution_order;
    row.created_at = now;
    return row;
}

store::ExecutionRow replay_of(const store::ExecutionRow& old, UnixTime now, Random& random) {
    store::ExecutionRow row = old;
    row.id = ExecutionId{new_uuid(now, random)};
    row.status = "pending";
    row.error_code.clear();
    row.error_message.clear();
    row.outputs = "{}";
    row.attempts = 0;
    row.created_at = now;
    row.started_at.reset();
    row.finished_at.reset();
    row.next_attempt_at.reset();
    return row;
}

store::JobRow job_for(const store::ExecutionRow& execution, UnixTime run_at, Random& random) {
    store::JobRow job;
    job.id = JobId{new_uuid(run_at, random)};
    job.kind = execution_job;
    job.subject = execution.id.text();
    job.fairness_key = execution.provider;  // the organisation is a column of the table
    job.run_at = run_at;
    job.created_at = execution.created_at;
    return job;
}

json::Value meta_of(const store::SubmissionRow& submission, const store::FormRow& form,
                    std::string_view language, std::string_view page_url) {
    json::Object meta{{"submission_id", submission.id.text()},
                      {"submitted_at", to_rfc3339(submission.created_at)},
                      {"form_id", form.id.text()},
                      {"form_name", form.name}};
    if (!language.empty()) meta.set("language", language);
    if (!page_url.empty()) meta.set("page_url", page_url);
    return meta;
}

json::Value meta_of(const store::EventRow& event) {
    return json::Object{{"submission_id", event.id.text()}, {"submitted_at", to_rfc3339(event.received_at)}};
}

Result<void> advance(store::Unit& unit, const store::ExecutionRow& ended, UnixTime now, Random& random) {
    store::ExecutionFilter siblings;
    siblings.submission_id = ended.submission_id;
    siblings.event_id = ended.event_id;
    TENON_TRY(const auto rows, unit.executions().list(siblings, {{}, all_of_one_payload}));
    int next_stage = std::numeric_limits<int>::max();
    bool all_succeeded = true;
    for (const auto& row : rows) {
        if (!has_ended(row.status)) {
            if (row.stage <= ended.stage) return {};  // this stage (or one replayed) still runs
            next_stage = std::min(next_stage, row.stage);
        }
        all_succeeded = all_succeeded && (row.status == "succeeded" || row.status == "skipped");
    }
    if (next_stage != std::numeric_limits<int>::max()) {
        for (auto row : rows) {
            if (row.stage != next_stage || row.status != "waiting") continue;
            row.status = "pending";
            TENON_CHECK(unit.executions().update(row));
            TENON_CHECK(unit.jobs().insert(job_for(row, now, random)));
        }
        return {};
    }
    const std::string_view status = all_succeeded ? "succeeded" : "failed";
    if (ended.event_id) {
        TENON_CHECK(unit.events().set_status(*ended.event_id, status));
        return unit.records().add_change("event", ended.event_id->text(), status, now);
    }
    TENON_CHECK(unit.submissions().set_status(*ended.submission_id, status));
    return unit.records().add_change("submission", ended.submission_id->text(), status, now);
}

}  // namespace tenon::fanout
