#pragma once
// Runs durable jobs: claims due ones, hands each to the handler of its kind, many at once on one thread. A
// job whose process died is claimed again when its lease has passed.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "store/store.hpp"

namespace tenon::jobs {

namespace asio = boost::asio;

/// What a handler needs to finish its job inside its own transaction: unit.jobs().finish(id, owner, epoch).
struct Lease {
    store::Organisation organisation;
    store::JobRow job;
    std::string owner;
};

/// Does the work and ends or reschedules the job in the same transaction as its result. A handler that
/// returns an error leaves the job to be claimed again when the lease has passed.
using Handler = std::function<asio::awaitable<Result<void>>(Lease lease)>;

struct WorkerOptions {
    int concurrency = 64;
    std::chrono::milliseconds lease{60'000};
    std::chrono::milliseconds idle_poll{5'000};  ///< At most this long between looks at the store.
};

/// Lives on one io_context; wake() may be called from any thread.
class Worker {
public:
    Worker(asio::io_context& context, store::Store& store, Clock& clock, Random& random, Log& log,
           Metrics& metrics, std::map<std::string, Handler> handlers, WorkerOptions options = {});
    ~Worker();
    void start();
    /// There may be something to do.
    void wake();
    /// Claims nothing more and waits until running handlers ended or `patience` is over.
    asio::awaitable<void> stop(std::chrono::milliseconds patience);

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with handlers that are still running
};

}  // namespace tenon::jobs
