#include "jobs/worker.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "tenon/base/bytes.hpp"

namespace tenon::jobs {

namespace {

using namespace std::chrono_literals;

/// After a store failure the worker looks again this much later, so that a full disk does not become a busy
/// loop.
constexpr auto failure_pause = 1s;

}  // namespace

/// Invariants: (1) everything but `wake` happens on the context's thread; (2) `running` is the number of
/// handlers whose coroutine has not ended; (3) after `stopping` nothing is claimed.
struct Worker::State : std::enable_shared_from_this<Worker::State> {
    State(asio::io_context& io, store::Store& kept, Clock& time, Random& random, Log& messages,
          Metrics& measured, std::map<std::string, Handler> by_kind, WorkerOptions chosen)
        : context(io),
          store(kept),
          clock(time),
          log(messages),
          handlers(std::move(by_kind)),
          options(chosen),
          owner(bytes::to_hex(random.bytes(16))),
          timer(io),
          jobs_running(measured.gauge("tenon_jobs_running", "Jobs whose handler is running")),
          jobs_failed(measured.counter("tenon_job_failures_total", "Handlers that ended with an error")) {}

    asio::awaitable<void> loop();
    asio::awaitable<int> claim();
    asio::awaitable<void> rest(bool after_failure);
    asio::awaitable<void> run(store::ClaimedJob claimed);
    void spawn(store::ClaimedJob claimed);
    void stir();

    asio::io_context& context;
    store::Store& store;
    Clock& clock;
    Log& log;
    std::map<std::string, Handler> handlers;
    WorkerOptions options;
    std::string owner;  // new for every process, so a restarted one never holds the leases of its predecessor
    asio::steady_timer timer;
    Gauge jobs_running;
    Counter jobs_failed;
    int running = 0;
    bool woken = false;
    bool looping = false;
    bool stopping = false;
};

Worker::Worker(asio::io_context& context, store::Store& store, Clock& clock, Random& random, Log& log,
               Metrics& metrics, std::map<std::string, Handler> handlers, WorkerOptions options)
    : state_(std::make_shared<State>(context, store, clock, random, log, metrics, std::move(handlers),
                                     options)) {}

Worker::~Worker() = default;

void Worker::start() {
    state_->looping = true;
    asio::co_spawn(state_->context, state_->loop(), [state = state_](const std::exception_ptr& failed) {
        state->looping = false;
        if (failed) state->log.error("the job worker ended by an exception", {});
    });
}

void Worker::wake() {
    asio::post(state_->context, [state = state_] { state->stir(); });
}

void Worker::State::stir() {
    woken = true;
    timer.cancel();
}

asio::awaitable<void> Worker::State::loop() {
    const auto self = shared_from_this();
    while (!stopping) {
        woken = false;  // before the claim: what is committed from here on sets it again
        int claimed = 0;
        if (running < options.concurrency) claimed = co_await claim();
        if (claimed > 0 || woken || stopping) continue;
        co_await rest(claimed < 0);
    }
}

/// How many jobs were claimed and started; -1 when the store failed.
asio::awaitable<int> Worker::State::claim() {
    auto claimed =
        co_await store.gate().claim_jobs(owner, clock.now(), options.lease, options.concurrency - running);
    if (!claimed) {
        log.error("jobs can't be claimed",
                  {{"code", id_of(claimed.error().code)}, {"detail", claimed.error().detail}});
        co_return -1;
    }
    for (auto& job : *claimed) spawn(std::move(job));
    co_return static_cast<int>(claimed->size());
}

/// Sleeps until the next job is due, somebody wakes us, or the idle poll ends.
asio::awaitable<void> Worker::State::rest(bool after_failure) {
    std::chrono::milliseconds wait = after_failure ? failure_pause : options.idle_poll;
    if (!after_failure && running < options.concurrency) {
        if (auto next = co_await store.gate().next_job_at(); next && *next)
            wait = std::clamp(**next - clock.now(), 0ms, wait);
        if (woken || stopping) co_return;
    }
    timer.expires_after(wait);
    boost::system::error_code cancelled;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

void Worker::State::spawn(store::ClaimedJob claimed) {
    ++running;
    jobs_running.set(running);
    asio::co_spawn(context, run(std::move(claimed)),
                   [self = shared_from_this()](const std::exception_ptr& failed) {
                       --self->running;
                       self->jobs_running.set(self->running);
                       if (failed) {
                           self->jobs_failed.add();
                           self->log.error("a job handler threw", {});
                       }
                       self->stir();
                   });
}

asio::awaitable<void> Worker::State::run(store::ClaimedJob claimed) {
    const auto handler = handlers.find(claimed.job.kind);
    if (handler == handlers.end()) {
        log.error("no handler for this kind of job; it stays in the queue", {{"kind", claimed.job.kind}});
        co_return;
    }
    const std::string kind = claimed.job.kind;
    const std::string id = claimed.job.id.text();
    Lease lease{claimed.organisation, std::move(claimed.job), owner};  // named: see Store::run
    auto done = co_await handler->second(std::move(lease));
    if (done) co_return;
    jobs_failed.add();
    log.error("a job failed and will be claimed again when its lease has passed",
              {{"kind", kind},
               {"job_id", id},
               {"code", id_of(done.error().code)},
               {"detail", done.error().detail}});
}

asio::awaitable<void> Worker::stop(std::chrono::milliseconds patience) {
    const auto state = state_;
    state->stopping = true;
    state->stir();
    const auto until = std::chrono::steady_clock::now() + patience;
    asio::steady_timer pause(state->context);
    while ((state->running > 0 || state->looping) && std::chrono::steady_clock::now() < until) {
        pause.expires_after(10ms);
        boost::system::error_code ignored;
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

}  // namespace tenon::jobs
