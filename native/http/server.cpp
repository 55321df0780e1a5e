#include "http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "http/lane.hpp"

namespace tenon::http {

using asio::ip::tcp;
using boost::system::error_code;

namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

tl::unexpected<Error> cannot_listen(const tcp::endpoint& where, const error_code& ec) {
    return fail(Errc::unavailable, "listen",
                where.address().to_string() + " port " + std::to_string(where.port()) + ": " + ec.message());
}

// SO_REUSEPORT would let two servers of one user share a port without a word: a first bind without it
// notices.
Result<void> check_free(asio::io_context& context, const tcp::endpoint& where) {
    tcp::acceptor probe(context);
    error_code ec;
    probe.open(where.protocol(), ec);
    if (!ec) probe.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec) probe.bind(where, ec);
    if (ec) return cannot_listen(where, ec);
    return {};
}

Result<tcp::acceptor> listen_on(asio::io_context& context, const tcp::endpoint& where) {
    tcp::acceptor acceptor(context);
    error_code ec;
    acceptor.open(where.protocol(), ec);
    if (!ec) acceptor.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec) acceptor.set_option(ReusePort(true), ec);
    if (!ec) acceptor.set_option(tcp::no_delay(true), ec);  // inherited by accepted sockets
    if (!ec) acceptor.bind(where, ec);
    if (!ec) acceptor.listen(1024, ec);
    if (ec) return cannot_listen(where, ec);
    return acceptor;
}

// A coroutine of the server that ends by an exception is a bug: it is logged.
auto report_to(std::shared_ptr<Server::State> state) {
    return [state = std::move(state)](const std::exception_ptr& failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            state->log_error("listener_failed", {{"cause", error.what()}});
        }
    };
}

void close_acceptor(Lane& lane) {
    error_code ignored;
    if (lane.acceptor != nullptr) lane.acceptor->close(ignored);
    if (lane.watch != nullptr) lane.watch->cancel();
}

}  // namespace

Server::Server(ServerOptions options, Application& application)
    : state_(std::make_shared<State>(std::move(options), application)) {}

Server::~Server() {
    state_->stopping = true;
    for (auto& lane : state_->lanes)
        asio::post(lane->context, [state = state_, where = lane.get()] {
            close_acceptor(*where);
            where->close_all();
        });
}

Result<unsigned short> Server::start(std::span<asio::io_context* const> contexts) {
    State& state = *state_;
    error_code ec;
    const auto address = asio::ip::make_address(state.options.address, ec);
    if (ec) return fail(Errc::unavailable, "listen", state.options.address + " is no IP address");
    if (!state.options.tls_cert_file.empty() || !state.options.tls_key_file.empty()) {
        TENON_TRY(state.tls, make_server_tls(state.options.tls_cert_file, state.options.tls_key_file));
    }
    tcp::endpoint where(address, state.options.port);
    if (where.port() != 0) TENON_CHECK(check_free(*contexts.front(), where));
    std::vector<tcp::acceptor> acceptors;
    for (asio::io_context* context : contexts) {
        TENON_TRY(tcp::acceptor acceptor, listen_on(*context, where));
        where.port(acceptor.local_endpoint(ec).port());
        acceptors.push_back(std::move(acceptor));
    }
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        Lane& lane = *state.lanes.emplace_back(std::make_unique<Lane>(*contexts[i]));
        asio::co_spawn(*contexts[i], accept_loop(state_, lane, std::move(acceptors[i])), report_to(state_));
        asio::co_spawn(*contexts[i], watch_deadlines(state_, lane), report_to(state_));
    }
    return where.port();
}

asio::awaitable<void> Server::stop(std::chrono::milliseconds patience) {
    const auto state = state_;
    state->stopping = true;
    const auto waiting = std::make_shared<std::atomic<std::size_t>>(state->lanes.size());
    for (auto& lane : state->lanes)
        asio::post(lane->context, [state, waiting, where = lane.get()] {
            close_acceptor(*where);
            where->stop_all();
            waiting->fetch_sub(1);
        });
    asio::steady_timer timer(co_await asio::this_coro::executor);
    const auto end = std::chrono::steady_clock::now() + patience;
    // A request counts as running until its reply was written.
    while ((*waiting > 0 || state->running() > 0) && std::chrono::steady_clock::now() < end) {
        timer.expires_after(std::chrono::milliseconds(5));
        co_await timer.async_wait(asio::use_awaitable);
    }
    for (auto& lane : state->lanes)
        asio::post(lane->context, [state, where = lane.get()] { where->close_all(); });
    const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (state->connections > 0 && std::chrono::steady_clock::now() < last) {
        timer.expires_after(std::chrono::milliseconds(5));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

std::size_t Server::running() const { return state_->running(); }

}  // namespace tenon::http
