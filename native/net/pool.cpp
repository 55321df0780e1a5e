#include "net/pool.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tenon::net {

Lease::~Lease() {
    if (pool_) pool_->release(key_);
}

Pool::Pool(asio::any_io_executor executor, std::size_t per_host, std::chrono::milliseconds idle_time)
    : executor_(std::move(executor)), per_host_(per_host), idle_time_(idle_time), reaper_(executor_) {}

asio::awaitable<Lease> Pool::lease(std::string key, SteadyTime deadline) {
    const auto self = shared_from_this();
    Destination& destination = destinations_[key];
    if (destination.leased < per_host_) {
        ++destination.leased;
        co_return Lease(self, std::move(key));
    }
    const auto waiter = std::make_shared<Waiter>(Waiter{asio::steady_timer(executor_, deadline)});
    destination.waiting.push_back(waiter);  // which keeps the destination in the map
    error_code ec;
    co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (waiter->is_granted) co_return Lease(self, std::move(key));
    destination.waiting.remove(waiter);
    co_return Lease();
}

void Pool::release(const std::string& key) {
    const auto at = destinations_.find(key);
    Destination& destination = at->second;
    if (!destination.waiting.empty()) {  // handed over: the number of leases stays
        const auto next = destination.waiting.front();
        destination.waiting.pop_front();
        next->is_granted = true;
        next->timer.cancel();
        return;
    }
    --destination.leased;
    if (destination.is_unused()) destinations_.erase(at);
}

std::shared_ptr<OutboundConnection> Pool::take(const std::string& key) {
    auto& idle = destinations_[key].idle;
    while (!idle.empty()) {
        auto connection = std::move(idle.back());
        idle.pop_back();
        if (connection->is_fresh()) return connection;
    }
    return nullptr;
}

void Pool::put(const std::string& key, std::shared_ptr<OutboundConnection> connection) {
    if (is_closed_) return;
    connection->idle_since = std::chrono::steady_clock::now();
    destinations_[key].idle.push_back(std::move(connection));
    if (!is_reaper_set_) schedule_reaper();
}

void Pool::close() {
    is_closed_ = true;
    reaper_.cancel();
    for (auto& entry : destinations_) entry.second.idle.clear();
}

void Pool::schedule_reaper() {
    is_reaper_set_ = true;
    reaper_.expires_after(idle_time_);
    reaper_.async_wait([weak = weak_from_this()](const error_code& ec) {
        if (const auto self = weak.lock(); self && !ec) self->reap();
    });
}

void Pool::reap() {
    is_reaper_set_ = false;
    const auto oldest = std::chrono::steady_clock::now() - idle_time_;
    bool is_any_left = false;
    for (auto at = destinations_.begin(); at != destinations_.end();) {
        std::erase_if(at->second.idle,
                      [&](const auto& connection) { return connection->idle_since <= oldest; });
        is_any_left = is_any_left || !at->second.idle.empty();
        at = at->second.is_unused() ? destinations_.erase(at) : std::next(at);
    }
    if (is_any_left && !is_closed_) schedule_reaper();
}

}  // namespace tenon::net
