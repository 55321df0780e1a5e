#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "http/lane.hpp"

namespace tenon::http {

using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds first_pause{50}, longest_pause{1000};

// One connection too many is closed without a word: an answer would cost what we do not have.
void take(const std::shared_ptr<Server::State>& state, Lane& lane, tcp::socket socket) {
    if (state->connections.load() >= state->options.max_connections) return;
    try {
        if (state->tls)
            start_tls_session(state, lane, std::move(socket));
        else
            start_plain_session(state, lane, std::move(socket));
    } catch (const std::exception& error) {  // out of memory: this connection is lost, not the listener
        state->log_error("session_failed", {{"cause", error.what()}});
    }
}

}  // namespace

asio::awaitable<void> accept_loop(std::shared_ptr<Server::State> state, Lane& lane, tcp::acceptor acceptor) {
    lane.acceptor = &acceptor;
    asio::steady_timer pause(lane.context);
    auto wait = first_pause;
    while (acceptor.is_open()) {
        error_code ec;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
        if (!ec) {
            wait = first_pause;
            take(state, lane, std::move(socket));
            continue;
        }
        if (!acceptor.is_open()) break;
        if (ec == asio::error::connection_aborted) continue;  // the client left while queued
        if (wait == first_pause) state->log_error("accept_failed", {{"cause", ec.message()}});
        pause.expires_after(wait);
        wait = std::min(wait * 2, longest_pause);
        error_code ignored;
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    lane.acceptor = nullptr;
}

}  // namespace tenon::http
