#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "api/handlers.hpp"
#include "api/list.hpp"
#include "api/shown.hpp"
#include "fanout/rows.hpp"

namespace tenon::api {
namespace {

constexpr std::chrono::seconds longest_wait{25};  // below the handler's deadline

/// Seconds of `Prefer: wait=N` (RFC 7240 4.3); nothing without it or for what is no number.
std::optional<std::chrono::seconds> wanted_wait(const http::Request& request) {
    std::string_view rest = request.header("prefer");
    while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of(",;"), rest.size());
        std::string_view piece = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (piece.starts_with(' ')) piece.remove_prefix(1);
        while (piece.ends_with(' ')) piece.remove_suffix(1);
        if (!piece.starts_with("wait=")) continue;
        piece.remove_prefix(5);
        int seconds = 0;
        const auto [last, error] = std::from_chars(piece.data(), piece.data() + piece.size(), seconds);
        if (error != std::errc() || last != piece.data() + piece.size() || seconds < 0) return std::nullopt;
        return std::min(std::chrono::seconds(seconds), longest_wait);
    }
    return std::nullopt;
}

struct State {
    store::SubmissionRow submission;
    std::vector<store::ExecutionRow> executions;

    [[nodiscard]] bool has_ended() const {
        return std::all_of(executions.begin(), executions.end(),
                           [](const auto& execution) { return fanout::has_ended(execution.status); });
    }
};

asio::awaitable<Result<State>> load(Call& call, SubmissionId id) {
    co_return co_await call.services.store.read(call.organisation(),
                                                [id](store::Unit& unit) -> Result<State> {
                                                    State state;
                                                    TENON_TRY(state.submission, unit.submissions().get(id));
                                                    TENON_TRY(state.executions, executions_of(unit, id));
                                                    return state;
                                                });
}

/// Looks until every execution has ended or the time is over; nothing in the latter case.
asio::awaitable<Result<std::optional<State>>> wait_for(Call& call, SubmissionId id,
                                                       std::chrono::seconds patience) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    const auto until = std::chrono::steady_clock::now() + patience;
    std::chrono::milliseconds pause{5};
    while (true) {
        TENON_CO_TRY(State state, co_await load(call, id));
        if (state.has_ended()) co_return std::move(state);
        if (std::chrono::steady_clock::now() + pause > until) co_return std::nullopt;
        timer.expires_after(pause);
        co_await timer.async_wait(asio::use_awaitable);
        pause = std::min(pause * 2, std::chrono::milliseconds(200));
    }
}

json::Object show(const store::SubmissionRow& row) {
    json::Object shown{{"id", row.id.text()}, {"form_id", row.form_id.text()}, {"status", row.status}};
    set_time(shown, "created_at", row.created_at);
    return shown;
}

}  // namespace

asio::awaitable<Reply> submit_form(Call& call) {
    TENON_CO_TRY(const auto form, call.path_id<FormId>("form_id"));
    const std::string language(call.request.header("content-language"));
    const std::string page_url(call.request.header("referer"));
    auto accepted = co_await call.services.intake.accept(call.organisation(), form,
                                                         std::move(call.request.body), language, page_url);
    if (!accepted)
        co_return tl::unexpected<Problem>(
            Problem(std::move(accepted.error().error), std::move(accepted.error().errors)));
    json::Object shown{{"submission_id", accepted->id.text()}, {"status", accepted->status}};
    const auto patience = wanted_wait(call.request);
    if (!patience) co_return answer(202, std::move(shown));
    TENON_CO_TRY(const auto ended, co_await wait_for(call, accepted->id, *patience));
    if (!ended) co_return answer(202, std::move(shown));
    shown.set("status", ended->submission.status);
    shown.set("executions", show_executions(ended->executions));
    auto response = answer(200, std::move(shown));
    response.set("preference-applied", "wait=" + std::to_string(patience->count()));
    co_return response;
}

asio::awaitable<Reply> list_submissions(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(const auto form, call.query_id<FormId>("form_id"));
    auto work = [form, page](store::Unit& unit) { return unit.submissions().list(form, page); };
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), std::move(work)));
    co_return answer_list(page, std::move(rows), show);
}

asio::awaitable<Reply> get_submission(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<SubmissionId>("submission_id"));
    TENON_CO_TRY(const State state, co_await load(call, id));
    json::Object shown = show(state.submission);
    TENON_CO_TRY(json::Value data,
                 open_json(call, {"submissions", id.text(), "payload"}, state.submission.payload));
    shown.append("data", std::move(data));
    shown.append("executions", show_executions(state.executions));
    co_return answer(200, std::move(shown));
}

}  // namespace tenon::api
