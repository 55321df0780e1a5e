#include "net/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>

#include "net/tls.hpp"

namespace tenon::net {

using asio::ip::tcp;

void OutboundConnection::set_deadline(SteadyTime deadline) {
    alarm_.expires_at(deadline);
    alarm_.async_wait([weak = weak_from_this(), number = ++alarm_number_](const error_code&) {
        const auto self = weak.lock();
        // An alarm that was due when it was replaced still comes: its number is then old.
        if (!self || number != self->alarm_number_) return;
        self->is_late_ = true;
        self->close();
    });
}

void OutboundConnection::clear_deadline() {
    ++alarm_number_;
    alarm_.cancel();
}

asio::awaitable<error_code> OutboundConnection::connect(tcp::endpoint endpoint) {
    error_code ec, ignored;
    socket_.close(ignored);
    co_await socket_.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) socket_.set_option(tcp::no_delay(true), ignored);
    co_return ec;
}

asio::awaitable<error_code> OutboundConnection::handshake(std::shared_ptr<asio::ssl::context> context,
                                                          std::string host) {
    context_ = std::move(context);
    tls_.emplace(socket_, *context_);
    error_code ec = asio::error::invalid_argument;
    if (!expect_host(tls_->native_handle(), host)) co_return ec;
    co_await tls_->async_handshake(asio::ssl::stream_base::client,
                                   asio::redirect_error(asio::use_awaitable, ec));
    co_return ec;
}

asio::awaitable<std::size_t> OutboundConnection::read_some(asio::mutable_buffer into, error_code& ec) {
    std::size_t count = 0;
    if (tls_)
        count = co_await tls_->async_read_some(into, asio::redirect_error(asio::use_awaitable, ec));
    else
        count = co_await socket_.async_read_some(into, asio::redirect_error(asio::use_awaitable, ec));
    co_return count;
}

asio::awaitable<std::size_t> OutboundConnection::write_some(asio::const_buffer from, error_code& ec) {
    std::size_t count = 0;
    if (tls_)
        count = co_await tls_->async_write_some(from, asio::redirect_error(asio::use_awaitable, ec));
    else
        count = co_await socket_.async_write_some(from, asio::redirect_error(asio::use_awaitable, ec));
    co_return count;
}

bool OutboundConnection::is_fresh() {
    if (!socket_.is_open()) return false;
    char byte = 0;
    const ssize_t got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void OutboundConnection::close() {
    error_code ignored;
    socket_.close(ignored);
}

}  // namespace tenon::net
