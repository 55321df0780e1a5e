#include "api/shown.hpp"

#include <algorithm>

#include "api/list.hpp"

namespace tenon::api {
namespace {

template <typename Id>
void set_id(json::Object& shown, std::string_view name, const std::optional<Id>& id) {
    if (id) shown.append(std::string(name), id->text());
}

}  // namespace

json::Value show_execution(const store::ExecutionRow& row) {
    json::Object shown{{"id", row.id.text()}, {"integration_id", row.integration_id.text()}};
    set_id(shown, "connection_id", row.connection_id);
    set_id(shown, "form_id", row.form_id);
    set_id(shown, "submission_id", row.submission_id);
    set_id(shown, "endpoint_id", row.endpoint_id);
    set_id(shown, "event_id", row.event_id);
    shown.append("provider", row.provider);
    shown.append("action", row.action);
    shown.append("status", row.status);
    set_text(shown, "error_code", row.error_code);
    set_text(shown, "error_message", row.error_message);
    shown.append("outputs", row.outputs.empty() ? json::Value(json::Object()) : stored_json(row.outputs));
    shown.append("attempt_count", row.attempts);
    shown.append("stage", row.stage);
    set_time(shown, "created_at", row.created_at);
    set_time(shown, "started_at", row.started_at);
    set_time(shown, "finished_at", row.finished_at);
    set_time(shown, "next_attempt_at", row.next_attempt_at);
    return shown;
}

json::Value show_executions(const std::vector<store::ExecutionRow>& rows) {
    json::Array shown;
    for (const auto& row : rows) shown.emplace_back(show_execution(row));
    return shown;
}

json::Value show_attempt(const Call& call, const store::AttemptRow& row) {
    json::Object shown{{"id", row.id.text()}, {"number", row.number}, {"outcome", row.outcome}};
    if (row.http_status != 0) shown.append("http_status", row.http_status);
    set_text(shown, "error_code", row.error_code);
    set_text(shown, "error_message", row.error_message);
    json::Array unreadable;
    const auto open = [&](std::string_view field, const store::Sealed& sealed) {
        auto opened = open_json(call, {"attempts", row.id.text(), field}, sealed);
        if (opened) {
            shown.append(std::string(field), std::move(*opened));
        } else {
            unreadable.emplace_back(field);
        }
    };
    open("request", row.request);
    if (row.reply) open("reply", *row.reply);
    if (!unreadable.empty()) shown.append("unreadable", std::move(unreadable));
    set_time(shown, "started_at", row.started_at);
    set_time(shown, "finished_at", row.finished_at);
    shown.append("elapsed_ms", row.elapsed_ms);
    return shown;
}

Result<json::Value> open_json(const Call& call, const vault::Place& place, const store::Sealed& sealed) {
    TENON_TRY(const Secret opened, call.services.vault.open(call.organisation(), place, sealed));
    return json::read(opened.expose());
}

Result<std::vector<store::ExecutionRow>> executions_of(store::Unit& unit, SubmissionId id) {
    store::ExecutionFilter filter;
    filter.submission_id = id;
    TENON_TRY(auto rows, unit.executions().list(filter, store::Page{{}, max_limit}));
    std::reverse(rows.begin(), rows.end());
    return rows;
}

}  // namespace tenon::api
