#include "http/lane.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tenon::http {

void Lane::add(Connection& connection) {
    connection.place_ = connections_.size();
    connections_.push_back(&connection);
    if (connections_.size() == 1 && watch != nullptr) watch->cancel();
}

void Lane::remove(Connection& connection) {
    const std::size_t place = connection.place_;
    connections_[place] = connections_.back();
    connections_[place]->place_ = place;
    connections_.pop_back();
}

// By index from the end: a visit may remove the visited connection, which moves the last one to its place.
template <typename F>
void Lane::for_each(F&& visit) {
    for (std::size_t i = connections_.size(); i-- > 0;)
        if (i < connections_.size()) visit(*connections_[i]);
}

void Lane::check_all(SteadyTime now) {
    for_each([now](Connection& connection) { connection.check(now); });
}
void Lane::stop_all() {
    for_each([](Connection& connection) { connection.stop(); });
}
void Lane::close_all() {
    for_each([](Connection& connection) { connection.close(); });
}

asio::awaitable<void> watch_deadlines(std::shared_ptr<Server::State> state, Lane& lane) {
    asio::steady_timer timer(lane.context);
    lane.watch = &timer;
    while (!state->stopping || !lane.is_empty()) {
        if (lane.is_empty())
            timer.expires_at(SteadyTime::max());
        else
            timer.expires_after(Lane::tick);
        boost::system::error_code ec;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        lane.check_all(std::chrono::steady_clock::now());
    }
    lane.watch = nullptr;
}

}  // namespace tenon::http
