#pragma once
// Is this process alive, and can it do its work now? Liveness is that it answers; readiness asks each
// dependency.

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::health {

namespace asio = boost::asio;

/// Asks one dependency; must end under its own deadline.
using Check = std::function<asio::awaitable<Result<void>>()>;

struct Readiness {
    bool is_ready = false;
    json::Value document;  ///< `{status, checks: [{name, status, code?}], warnings: [text]}`
};

/// add() and warn() before the server listens; the rest from any thread.
class Probes {
public:
    void add(std::string name, Check check) { checks_.emplace_back(std::move(name), std::move(check)); }
    /// Something an operator should see although it works: a setting made for tests.
    void warn(std::string text) { warnings_.push_back(std::move(text)); }
    /// From now on not ready: the process is draining.
    void stop() { is_stopping_ = true; }

    asio::awaitable<Readiness> readiness();

private:
    std::vector<std::pair<std::string, Check>> checks_;
    std::vector<std::string> warnings_;
    std::atomic<bool> is_stopping_{false};
};

}  // namespace tenon::health
