#pragma once
// The listener: accepts connections, reads requests under limits and deadlines, calls the Application, writes
// replies. One io_context per thread, each with its own SO_REUSEPORT acceptor. Accept errors back off and
// never end the server.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "http/message.hpp"
#include "tenon/base/result.hpp"

namespace tenon {
class Log;
}

namespace tenon::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    unsigned short port = 0;                  ///< 0 = any free port.
    std::string tls_cert_file, tls_key_file;  ///< Both or neither (PEM).
    std::size_t max_connections = 10'000;     ///< One more is closed at once.
    std::size_t header_bytes = 32'768;
    std::chrono::milliseconds header_time{10'000};
    std::chrono::milliseconds idle_time{60'000};
    std::chrono::milliseconds write_time{30'000};
    Log* log = nullptr;  ///< Faults of handlers and accept errors; must outlive the sessions.
};

/// Invariants: (1) started at most once; (2) after stop() no new connection is accepted and open keep-alive
/// connections end after the request they are in.
class Server {
public:
    Server(ServerOptions options, Application& application);
    ~Server();
    /// Binds on each of `contexts` (they must outlive the server) and starts accepting. Errors: unavailable
    /// (address in use, no permission, bad certificate), with the cause in detail. Returns the bound port.
    [[nodiscard]] Result<unsigned short> start(std::span<asio::io_context* const> contexts);
    /// Stops accepting, waits until no request is running or `patience` is over, then closes what is left.
    asio::awaitable<void> stop(std::chrono::milliseconds patience);
    /// Requests running now.
    [[nodiscard]] std::size_t running() const;

    struct State;

private:
    std::shared_ptr<State> state_;  // shared with the sessions, which may outlive stop()
};

}  // namespace tenon::http
