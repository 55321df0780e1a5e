#include "execute/runner.hpp"

#include "execute/planning.hpp"
#include "execute/recording.hpp"
#include "fanout/rows.hpp"
#include "tenon/execution/retry.hpp"

namespace tenon::execute {

namespace {

/// What one transaction reads at the start of a run.
struct Loaded {
    store::ExecutionRow execution;
    std::optional<store::ConnectionRow> connection;
    std::optional<store::SubmissionRow> submission;  ///< This one or `event`.
    std::optional<store::EventRow> event;
    std::optional<store::AttemptRow> unfinished;  ///< Its request may have left before a crash.
};

Result<Loaded> load(store::Unit& unit, ExecutionId id) {
    Loaded loaded;
    TENON_TRY(loaded.execution, unit.executions().get(id));
    if (fanout::has_ended(loaded.execution.status)) return loaded;
    if (loaded.execution.connection_id) {
        auto connection = unit.connections().get(*loaded.execution.connection_id);
        if (connection)
            loaded.connection = std::move(*connection);
        else if (connection.error().code != Errc::not_found)
            return tl::unexpected<Error>(connection.error());
    }
    if (loaded.execution.submission_id) {
        TENON_TRY(loaded.submission, unit.submissions().get(*loaded.execution.submission_id));
    }
    if (loaded.execution.event_id) {
        TENON_TRY(loaded.event, unit.events().get(*loaded.execution.event_id));
    }
    if (loaded.execution.attempts > 0) {
        TENON_TRY(auto attempts, unit.executions().attempts(id));
        for (auto& attempt : attempts)
            if (!attempt.finished_at) loaded.unfinished = std::move(attempt);
    }
    return loaded;
}

}  // namespace

struct Runner::State {
    explicit State(RunnerOutside given)
        : outside(std::move(given)),
          recording(
              {outside.store, outside.vault, outside.clock, outside.random, outside.log, outside.metrics}) {}

    asio::awaitable<Result<void>> run(jobs::Lease lease);
    asio::awaitable<Result<void>> send(Run& run, const Subject& subject, PlanInput input);
    Result<PlanInput> open_inputs(const Run& run, const Loaded& loaded);
    execution::Classified classify(const net::CallResult& result, const Subject& subject);

    RunnerOutside outside;
    Recording recording;
};

Runner::Runner(RunnerOutside outside) : state_(std::make_shared<State>(std::move(outside))) {}
Runner::~Runner() = default;

jobs::Handler Runner::handler() {
    return [state = state_](jobs::Lease lease) { return state->run(std::move(lease)); };
}

asio::awaitable<Result<void>> Runner::State::run(jobs::Lease lease) {
    const auto id = ExecutionId::parse(lease.job.subject);
    if (!id) co_return fail(Errc::internal, {}, "The job names no execution.");
    auto loaded =
        co_await outside.store.read(lease.organisation, [id](store::Unit& unit) { return load(unit, *id); });
    Run run{std::move(lease), {}, {}, {}};
    if (!loaded) {
        if (loaded.error().code == Errc::not_found)
            co_return co_await recording.drop_job(run);  // deleted meanwhile
        co_return tl::unexpected<Error>(std::move(loaded.error()));
    }
    run.execution = std::move(loaded->execution);
    run.connection = std::move(loaded->connection);
    if (fanout::has_ended(run.execution.status)) co_return co_await recording.drop_job(run);
    if (run.execution.connection_id && !run.connection) {
        Error gone{Errc::not_connected, "/connection_id", "The connection was deleted."};
        co_return co_await recording.give_up(run, std::move(gone));
    }

    const auto subject = subject_of(outside.catalogue, run.execution, run.connection);
    if (loaded->unfinished) {
        // The process that sent this attempt died before it could record an answer.
        run.attempt = std::move(*loaded->unfinished);
        if (!subject) co_return co_await recording.give_up(run, subject.error());
        const Error lost{
            Errc::outcome_unknown, {}, "The server stopped between sending and recording the answer."};
        const auto unknown = execution::classify_failure(lost, true, *subject->action);
        co_return co_await recording.finish_attempt(run, *subject->action, unknown, nullptr);
    }
    if (!subject) co_return co_await recording.give_up(run, subject.error());
    auto input = open_inputs(run, *loaded);
    if (!input) co_return co_await recording.give_up(run, input.error());
    co_return co_await send(run, *subject, std::move(*input));
}

Result<PlanInput> Runner::State::open_inputs(const Run& run, const Loaded& loaded) {
    const auto& organisation = run.lease.organisation;
    PlanInput input{run.execution.config, {}, {}, run.connection ? run.connection->facts : std::string()};
    if (loaded.event) {
        TENON_TRY(const auto body,
                  outside.vault.open(organisation, {"events", loaded.event->id.text(), "body"},
                                     loaded.event->body));
        input.payload = body.expose();
        input.meta = json::write(fanout::meta_of(*loaded.event));
        return input;
    }
    if (!loaded.submission)
        return fail(Errc::internal, {}, "The execution has neither a submission nor an event.");
    const auto row = loaded.submission->id.text();
    TENON_TRY(const auto payload,
              outside.vault.open(organisation, {"submissions", row, "payload"}, loaded.submission->payload));
    TENON_TRY(const auto meta,
              outside.vault.open(organisation, {"submissions", row, "meta"}, loaded.submission->meta));
    input.payload = payload.expose();
    input.meta = meta.expose();
    return input;
}

execution::Classified Runner::State::classify(const net::CallResult& result, const Subject& subject) {
    if (!result)
        return execution::classify_failure(result.error().error, result.error().first_byte_sent,
                                           *subject.action);
    const execution::Reply reply{result->status, result->headers, result->body};
    return execution::classify(reply, subject.provider->rules(*subject.action), *subject.action,
                               outside.clock.now());
}

asio::awaitable<Result<void>> Runner::State::send(Run& run, const Subject& subject, PlanInput input) {
    if (!subject.action->reading_steps().empty() && run.connection) {
        auto config = json::read(input.config);
        if (!config) co_return co_await recording.give_up(run, config.error());
        auto confirmed =
            co_await outside.confirm_facts(run.lease.organisation, *run.connection, std::move(*config));
        if (!confirmed) co_return co_await recording.postpone(run, *subject.action, confirmed.error());
        input.config = json::write(*confirmed);
    }
    auto planned = plan(outside.catalogue, subject, input);
    if (!planned) co_return co_await recording.give_up(run, planned.error());

    auto credential = outbound::OpenedCredential();
    if (run.connection) {
        auto opened =
            outbound::OpenedCredential::open(outside.vault, run.lease.organisation, *run.connection);
        if (!opened) co_return co_await recording.give_up(run, opened.error());
        credential = std::move(*opened);
    }
    recording.start_attempt(run);
    const auto execution_id = run.execution.id.text();
    const auto attempt_id = run.attempt->id.text();
    auto filled = execution::fill(planned->request, *subject.action, *subject.auth, credential.views(),
                                  {execution_id, attempt_id, outside.clock.now()});
    if (!filled) {
        run.attempt.reset();  // nothing was sent and nothing is journalled
        co_return co_await recording.give_up(run, filled.error());
    }
    TENON_CO_CHECK(co_await recording.journal_attempt(run, planned->document));
    auto result = co_await outside.client.call(
        outbound::to_outbound(*filled, subject.provider->id, outside.bases, subject.action->timeout));
    const auto classified = classify(result, subject);
    run.attempt->elapsed_ms = (result ? result->elapsed : result.error().elapsed).count();
    co_return co_await recording.finish_attempt(run, *subject.action, classified,
                                                result ? &*result : nullptr);
}

}  // namespace tenon::execute
