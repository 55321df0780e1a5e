#include "api/handlers.hpp"
#include "api/list.hpp"
#include "api/shown.hpp"

namespace tenon::api {
namespace {

constexpr int most_replayed = 500;  ///< By one call; the answer says whether there is more.

Result<std::optional<UnixTime>> read_since(std::string_view text, std::string_view field) {
    if (text.empty()) return std::optional<UnixTime>();
    if (auto time = from_rfc3339(text)) return time;
    return fail(Errc::validation_failed, std::string(field),
                "Give a time as RFC 3339: 2026-01-31T10:00:00Z.");
}

Result<store::ExecutionFilter> filter_of_query(const Call& call) {
    store::ExecutionFilter filter;
    if (const auto status = call.query_text("status")) filter.status = *status;
    TENON_TRY(filter.form_id, call.query_id<FormId>("form_id"));
    TENON_TRY(filter.connection_id, call.query_id<ConnectionId>("connection_id"));
    TENON_TRY(filter.submission_id, call.query_id<SubmissionId>("submission_id"));
    TENON_TRY(filter.event_id, call.query_id<EventId>("event_id"));
    TENON_TRY(filter.since, read_since(call.query_text("since").value_or(""), "since"));
    return filter;
}

template <typename Id>
Result<std::optional<Id>> body_id(const json::Value& body, std::string_view name) {
    const std::string_view text = body.text_at(name);
    if (text.empty()) return std::optional<Id>();
    if (auto id = Id::parse(text)) return id;
    return fail(Errc::validation_failed, "/" + std::string(name), "Give an id as the API returned it.");
}

Result<store::ExecutionFilter> filter_of_body(const json::Value& body) {
    store::ExecutionFilter filter;
    filter.status = body.text_at("status").empty() ? "failed" : std::string(body.text_at("status"));
    TENON_TRY(filter.form_id, body_id<FormId>(body, "form_id"));
    TENON_TRY(filter.connection_id, body_id<ConnectionId>(body, "connection_id"));
    TENON_TRY(filter.submission_id, body_id<SubmissionId>(body, "submission_id"));
    TENON_TRY(filter.event_id, body_id<EventId>(body, "event_id"));
    TENON_TRY(filter.since, read_since(body.text_at("since"), "/since"));
    return filter;
}

}  // namespace

asio::awaitable<Reply> list_executions(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(const auto filter, filter_of_query(call));
    auto work = [filter, page](store::Unit& unit) { return unit.executions().list(filter, page); };
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), std::move(work)));
    co_return answer_list(page, std::move(rows), show_execution);
}

asio::awaitable<Reply> get_execution(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ExecutionId>("execution_id"));
    using Both = std::pair<store::ExecutionRow, std::vector<store::AttemptRow>>;
    TENON_CO_TRY(const Both both, co_await call.services.store.read(
                                      call.organisation(), [id](store::Unit& unit) -> Result<Both> {
                                          Both found;
                                          TENON_TRY(found.first, unit.executions().get(id));
                                          TENON_TRY(found.second, unit.executions().attempts(id));
                                          return found;
                                      }));
    json::Value shown = show_execution(both.first);
    shown.as_object().append("config", stored_json(both.first.config));
    json::Array attempts;
    for (const auto& attempt : both.second) attempts.emplace_back(show_attempt(call, attempt));
    shown.as_object().append("attempts", std::move(attempts));
    co_return answer(200, shown);
}

asio::awaitable<Reply> replay_execution(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ExecutionId>("execution_id"));
    TENON_CO_TRY(const auto row, co_await call.services.intake.replay(call.organisation(), id));
    co_return answer(202, show_execution(row));
}

asio::awaitable<Reply> cancel_execution(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ExecutionId>("execution_id"));
    TENON_CO_TRY(const auto row, co_await call.services.intake.cancel(call.organisation(), id));
    co_return answer(200, show_execution(row));
}

asio::awaitable<Reply> replay_executions(Call& call) {
    TENON_CO_TRY(const auto filter, filter_of_body(call.body));
    json::Array replayed, skipped;
    store::Page page{{}, most_replayed + 1};
    auto work = [filter, page](store::Unit& unit) { return unit.executions().list(filter, page); };
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), std::move(work)));
    const bool has_more = rows.size() > static_cast<std::size_t>(most_replayed);
    if (has_more) rows.resize(static_cast<std::size_t>(most_replayed));
    for (const auto& row : rows) {
        auto fresh = co_await call.services.intake.replay(call.organisation(), row.id);
        if (fresh) {
            replayed.emplace_back(
                json::Object{{"execution_id", row.id.text()}, {"replay_id", fresh->id.text()}});
        } else {
            skipped.emplace_back(
                json::Object{{"execution_id", row.id.text()}, {"code", id_of(fresh.error().code)}});
        }
    }
    co_return answer(
        202, json::Object{
                 {"replayed", std::move(replayed)}, {"skipped", std::move(skipped)}, {"has_more", has_more}});
}

}  // namespace tenon::api
