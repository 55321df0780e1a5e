#pragma once
// The transactions of one run. Every one of them checks the job's lease, so a worker that was away too long
// changes nothing any more.

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "jobs/worker.hpp"
#include "net/http_client.hpp"
#include "store/store.hpp"
#include "tenon/catalogue/provider.hpp"
#include "tenon/execution/reply_class.hpp"
#include "vault/vault.hpp"

namespace tenon::execute {

namespace asio = boost::asio;

/// One execution in the hands of one worker.
struct Run {
    jobs::Lease lease;
    store::ExecutionRow execution;
    std::optional<store::ConnectionRow> connection;
    std::optional<store::AttemptRow> attempt;  ///< The one that is under way.
};

struct RecordingOutside {
    store::Store& store;
    vault::Vault& vault;
    Clock& clock;
    Random& random;
    Log& log;
    Metrics& metrics;
};

class Recording {
public:
    explicit Recording(RecordingOutside outside) : outside_(outside) {}

    /// The job has nothing to do any more.
    asio::awaitable<Result<void>> drop_job(Run& run);
    /// Ends the execution as failed without another attempt: certain failures are never retried.
    asio::awaitable<Result<void>> give_up(Run& run, Error error);
    /// A read before the request failed: again later where that can help, else give_up().
    asio::awaitable<Result<void>> postpone(Run& run, const catalogue::Action& action, Error error);
    /// Numbers the next attempt; nothing is durable yet.
    void start_attempt(Run& run);
    /// Durable before the first byte is sent. `document`: the request as previewed.
    asio::awaitable<Result<void>> journal_attempt(Run& run, const std::string& document);
    /// Records the outcome and decides what comes next. `reply` may be null.
    asio::awaitable<Result<void>> finish_attempt(Run& run, const catalogue::Action& action,
                                                 const execution::Classified& outcome,
                                                 const net::InboundReply* reply);

private:
    asio::awaitable<Result<void>> write_end(Run& run);
    asio::awaitable<Result<void>> write_retry(Run& run, UnixTime at);

    RecordingOutside outside_;
};

}  // namespace tenon::execute
