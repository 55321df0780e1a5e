#pragma once
// Idle connections by destination, and how many may be open to one at the same time.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "net/connection.hpp"

namespace tenon::net {

class Pool;

/// The right to one connection of a destination; gives it back when destroyed.
class Lease {
public:
    Lease() = default;
    Lease(std::shared_ptr<Pool> pool, std::string key) : pool_(std::move(pool)), key_(std::move(key)) {}
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    [[nodiscard]] bool is_granted() const { return pool_ != nullptr; }
    [[nodiscard]] const std::string& key() const { return key_; }

private:
    std::shared_ptr<Pool> pool_;
    std::string key_;
};

/// Invariants: (1) per key, leases given out never exceed `per_host`; (2) waiting callers are served in
/// order. Threads: the executor's only.
class Pool : public std::enable_shared_from_this<Pool> {
public:
    Pool(asio::any_io_executor executor, std::size_t per_host, std::chrono::milliseconds idle_time);

    /// Waits until `deadline` for the right to use a connection; not granted when it passed.
    asio::awaitable<Lease> lease(std::string key, SteadyTime deadline);
    /// An idle connection that still looks usable; null if there is none.
    [[nodiscard]] std::shared_ptr<OutboundConnection> take(const std::string& key);
    /// Keeps `connection` for the next call.
    void put(const std::string& key, std::shared_ptr<OutboundConnection> connection);
    /// Closes what is idle and forgets it; a pending reaper ends.
    void close();

private:
    friend class Lease;
    struct Waiter {
        asio::steady_timer timer;
        bool is_granted = false;
    };
    struct Destination {
        std::vector<std::shared_ptr<OutboundConnection>> idle;  // newest last
        std::size_t leased = 0;
        std::list<std::shared_ptr<Waiter>> waiting;

        [[nodiscard]] bool is_unused() const { return idle.empty() && leased == 0 && waiting.empty(); }
    };

    void release(const std::string& key);
    void reap();
    void schedule_reaper();

    asio::any_io_executor executor_;
    std::size_t per_host_;
    std::chrono::milliseconds idle_time_;
    std::map<std::string, Destination, std::less<>> destinations_;
    asio::steady_timer reaper_;
    bool is_reaper_set_ = false;
    bool is_closed_ = false;
};

}  // namespace tenon::net
