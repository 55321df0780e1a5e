#pragma once
// One connection to a provider, plain or TLS, and the alarm that ends what takes too long.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace tenon::net {

namespace asio = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;
using boost::system::error_code;

/// Threads: the executor's only. Operations report failure through their error_code and throw nothing.
class OutboundConnection : public std::enable_shared_from_this<OutboundConnection> {
public:
    explicit OutboundConnection(const asio::any_io_executor& executor)
        : socket_(executor), alarm_(executor) {}

    /// From now on until `deadline`: past it the socket is closed, whatever is pending fails and is_late() is
    /// true. Replaces the deadline before.
    void set_deadline(SteadyTime deadline);
    void clear_deadline();
    [[nodiscard]] bool is_late() const { return is_late_; }

    asio::awaitable<error_code> connect(asio::ip::tcp::endpoint endpoint);
    /// Verifies the peer as `host`.
    asio::awaitable<error_code> handshake(std::shared_ptr<asio::ssl::context> context, std::string host);
    asio::awaitable<std::size_t> read_some(asio::mutable_buffer into, error_code& ec);
    asio::awaitable<std::size_t> write_some(asio::const_buffer from, error_code& ec);

    /// False if the peer has closed an idle connection, or sent what nobody asked for.
    [[nodiscard]] bool is_fresh();
    void close();

    SteadyTime idle_since{};

private:
    asio::ip::tcp::socket socket_;
    asio::steady_timer alarm_;
    std::shared_ptr<asio::ssl::context> context_;
    std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
    unsigned alarm_number_ = 0;
    bool is_late_ = false;
};

}  // namespace tenon::net
