#include "execute/recording.hpp"

#include <algorithm>

#include "execute/planning.hpp"
#include "fanout/rows.hpp"
#include "tenon/execution/retry.hpp"

namespace tenon::execute {

namespace {

/// The part of every transaction that keeps a late worker out.
Result<void> check_lease(store::Unit& unit, const jobs::Lease& lease) {
    return unit.jobs().check(lease.job.id, lease.owner, lease.job.epoch);
}

Result<void> write_change(store::Unit& unit, const store::ExecutionRow& execution, UnixTime now) {
    TENON_CHECK(unit.executions().update(execution));
    return unit.records().add_change("execution", execution.id.text(), execution.status, now);
}

/// A refused credential is a fact about the connection, shown before the next execution runs into it.
Result<void> mark_connection(store::Unit& unit, const Run& run, UnixTime now) {
    if (!run.connection || run.execution.error_code != id_of(Errc::provider_auth_expired)) return {};
    TENON_TRY(auto connection, unit.connections().get(run.connection->id));
    if (connection.status != "active") return {};
    connection.status = "needs_reauth";
    connection.status_reason = "The provider refused the credential. Reconnect.";
    connection.updated_at = now;
    TENON_CHECK(unit.connections().update(connection));
    return unit.records().add_change("connection", connection.id.text(), connection.status, now);
}

execution::RetryPolicy policy_of(const catalogue::Action& action) {
    execution::RetryPolicy policy;
    policy.max_retries = action.max_retries;
    return policy;
}

/// The row of an attempt that ended as `outcome`, and the execution with it.
void apply(Run& run, const execution::Classified& outcome, UnixTime now) {
    auto& attempt = *run.attempt;
    attempt.outcome = catalogue::name_of(outcome.kind);
    attempt.finished_at = now;
    attempt.error_code = outcome.code ? id_of(*outcome.code) : std::string_view();
    attempt.error_message = outcome.detail;
    run.execution.error_code = attempt.error_code;
    run.execution.error_message = attempt.error_message;
    run.execution.next_attempt_at.reset();
}

}  // namespace

asio::awaitable<Result<void>> Recording::drop_job(Run& run) {
    auto work = [lease = run.lease](store::Unit& unit) {
        return unit.jobs().finish(lease.job.id, lease.owner, lease.job.epoch);
    };
    co_return co_await outside_.store.write(run.lease.organisation, std::move(work));
}

asio::awaitable<Result<void>> Recording::give_up(Run& run, Error error) {
    run.execution.status = "failed";
    run.execution.error_code = id_of(error.code);
    run.execution.error_message =
        error.detail.empty() ? std::string(row_of(error.code).sentence) : error.detail;
    if (run.attempt) {
        run.attempt->outcome = "outcome_unknown";
        run.attempt->finished_at = outside_.clock.now();
    }
    co_return co_await write_end(run);
}

asio::awaitable<Result<void>> Recording::postpone(Run& run, const catalogue::Action& action, Error error) {
    const auto claims = static_cast<std::uint32_t>(std::max(1, run.lease.job.attempts));
    if (row_of(error.code).retry != Retry::later || claims > action.max_retries) {
        if (error.code == Errc::provider_auth_expired || error.code == Errc::target_changed)
            error.detail = error.detail.empty() ? std::string(row_of(error.code).sentence) : error.detail;
        co_return co_await give_up(run, std::move(error));
    }
    run.execution.error_code = id_of(error.code);
    run.execution.error_message = error.detail;
    const auto wait = execution::backoff(policy_of(action), claims, outside_.random.fraction());
    co_return co_await write_retry(run, outside_.clock.now() + wait);
}

void Recording::start_attempt(Run& run) {
    const auto now = outside_.clock.now();
    store::AttemptRow attempt;
    attempt.id = AttemptId{new_uuid(now, outside_.random)};
    attempt.execution_id = run.execution.id;
    attempt.number = run.execution.attempts + 1;
    attempt.outcome = "sent";
    attempt.started_at = now;
    run.attempt = std::move(attempt);
}

asio::awaitable<Result<void>> Recording::journal_attempt(Run& run, const std::string& document) {
    auto& attempt = *run.attempt;
    auto sealed =
        outside_.vault.seal(run.lease.organisation, {"attempts", attempt.id.text(), "request"}, document);
    if (!sealed) co_return tl::unexpected<Error>(std::move(sealed.error()));
    attempt.request = std::move(*sealed);
    run.execution.status = "running";
    run.execution.attempts = attempt.number;
    if (!run.execution.started_at) run.execution.started_at = attempt.started_at;
    co_return co_await outside_.store.write(
        run.lease.organisation, [&run](store::Unit& unit) -> Result<void> {
            TENON_CHECK(check_lease(unit, run.lease));
            TENON_CHECK(unit.executions().insert_attempt(*run.attempt));
            return write_change(unit, run.execution, run.attempt->started_at);
        });
}

asio::awaitable<Result<void>> Recording::finish_attempt(Run& run, const catalogue::Action& action,
                                                        const execution::Classified& outcome,
                                                        const net::InboundReply* reply) {
    const auto now = outside_.clock.now();
    apply(run, outcome, now);
    if (reply != nullptr) {
        run.attempt->http_status = reply->status;
        auto sealed = outside_.vault.seal(
            run.lease.organisation, {"attempts", run.attempt->id.text(), "reply"}, reply_document(*reply));
        if (!sealed) co_return tl::unexpected<Error>(std::move(sealed.error()));
        run.attempt->reply = std::move(*sealed);
    }
    using Kind = execution::Next::Kind;
    const auto next = execution::next_step(
        policy_of(action), outcome, static_cast<std::uint32_t>(run.execution.attempts),
        execution::OnUnknown::wait, execution::Refresh::impossible, outside_.random.fraction(), now);
    if (next.kind == Kind::run || next.kind == Kind::refresh) co_return co_await write_retry(run, next.at);
    const bool is_unknown = next.kind == Kind::hold || next.kind == Kind::drop;
    run.execution.status = next.kind == Kind::finish ? "succeeded"
                           : is_unknown              ? "outcome_unknown"
                                                     : "failed";
    run.execution.outputs = json::write(outcome.outputs);
    co_return co_await write_end(run);
}

asio::awaitable<Result<void>> Recording::write_end(Run& run) {
    const auto now = outside_.clock.now();
    run.execution.finished_at = now;
    run.execution.next_attempt_at.reset();
    auto written = co_await outside_.store.write(
        run.lease.organisation, [this, &run, now](store::Unit& unit) -> Result<void> {
            TENON_CHECK(unit.jobs().finish(run.lease.job.id, run.lease.owner, run.lease.job.epoch));
            if (run.attempt) TENON_CHECK(unit.executions().finish_attempt(*run.attempt));
            TENON_CHECK(write_change(unit, run.execution, now));
            TENON_CHECK(mark_connection(unit, run, now));
            return fanout::advance(unit, run.execution, now, outside_.random);
        });
    if (written) {
        outside_.metrics
            .counter("tenon_executions_total", "Executions that ended", {{"status", run.execution.status}})
            .add();
        if (run.execution.status != "succeeded")
            outside_.log.warning("execution_ended", {{"execution_id", run.execution.id.text()},
                                                     {"provider", run.execution.provider},
                                                     {"action", run.execution.action},
                                                     {"status", run.execution.status},
                                                     {"code", run.execution.error_code},
                                                     {"attempts", run.execution.attempts}});
    }
    co_return written;
}

asio::awaitable<Result<void>> Recording::write_retry(Run& run, UnixTime at) {
    run.execution.status = "retrying";
    run.execution.next_attempt_at = at;
    co_return co_await outside_.store.write(
        run.lease.organisation, [this, &run, at](store::Unit& unit) -> Result<void> {
            TENON_CHECK(unit.jobs().reschedule(run.lease.job.id, run.lease.owner, run.lease.job.epoch, at));
            if (run.attempt) TENON_CHECK(unit.executions().finish_attempt(*run.attempt));
            return write_change(unit, run.execution, outside_.clock.now());
        });
}

}  // namespace tenon::execute
