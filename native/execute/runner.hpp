#pragma once
// Runs one execution: plan with the core, journal the attempt, call, classify, record. Each step that must
// survive a crash is a transaction; what the next claim finds tells it how far its predecessor came.

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "jobs/worker.hpp"
#include "net/http_client.hpp"
#include "outbound/provider_call.hpp"
#include "store/store.hpp"
#include "tenon/catalogue/load.hpp"
#include "vault/vault.hpp"

namespace tenon::execute {

namespace asio = boost::asio;

/// Confirms the facts that were read when the integration was saved (targets::confirm_facts, joined in
/// app/wire.cpp). Answers the config to plan with: as stored, or with changed facts. Errors: target_changed,
/// or the failed read's.
using ConfirmFacts = std::function<asio::awaitable<Result<json::Value>>(
    store::Organisation organisation, const store::ConnectionRow& connection, json::Value config)>;

struct RunnerOutside {
    store::Store& store;
    vault::Vault& vault;
    Clock& clock;
    Random& random;
    Log& log;
    Metrics& metrics;
    const catalogue::Catalogue& catalogue;
    net::HttpClient& client;
    const outbound::ProviderBases& bases;
    ConfirmFacts confirm_facts;
};

/// Lives on the worker's io_context. The job handler of kind fanout::execution_job.
class Runner {
public:
    explicit Runner(RunnerOutside outside);
    ~Runner();
    [[nodiscard]] jobs::Handler handler();

    struct State;

private:
    std::shared_ptr<State> state_;  // shared with handlers that are still running
};

}  // namespace tenon::execute
