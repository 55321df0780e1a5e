#pragma once
// What the sessions of one thread share, and what all threads of one server share.

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "http/reply_head.hpp"
#include "http/server.hpp"

namespace boost::asio::ssl {
class context;
}

namespace tenon::http {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A session as its lane sees it. Called on the lane's thread only.
class Connection {
public:
    virtual ~Connection() = default;
    /// Acts if the deadline of the present phase has passed.
    virtual void check(SteadyTime now) = 0;
    /// Ends now if idle, else after the request it is in.
    virtual void stop() = 0;
    /// Ends now.
    virtual void close() = 0;

private:
    friend class Lane;
    std::size_t place_ = 0;
};

/// One io_context and its connections. Deadlines are checked by one timer for all of them, every `tick`: a
/// session only notes its deadline, so a request costs no timer. No I/O object lives here, because a lane may
/// outlive its io_context (sessions of another lane keep the server's state alive).
/// Threads: the context's only, except `running`.
class Lane {
public:
    static constexpr std::chrono::milliseconds tick{100};

    explicit Lane(asio::io_context& where) : context(where) {}

    void add(Connection& connection);
    void remove(Connection& connection);
    void check_all(SteadyTime now);
    void stop_all();
    void close_all();
    [[nodiscard]] bool is_empty() const { return connections_.empty(); }

    asio::io_context& context;
    DateText date;
    std::atomic<std::size_t> running{0};          // requests; read by Server::running()
    asio::ip::tcp::acceptor* acceptor = nullptr;  // lives in accept_loop()
    asio::steady_timer* watch = nullptr;          // lives in watch_deadlines()

private:
    template <typename F>
    void for_each(F&& visit);

    std::vector<Connection*> connections_;
};

struct Server::State {
    State(ServerOptions opts, Application& app) : options(std::move(opts)), application(app) {}

    ServerOptions options;
    Application& application;
    std::shared_ptr<asio::ssl::context> tls;
    std::unique_ptr<Clock> clock = make_system_clock();
    std::unique_ptr<Random> random = make_system_random();
    std::vector<std::unique_ptr<Lane>> lanes;
    std::atomic<std::size_t> connections{0};
    std::atomic<bool> stopping{false};

    [[nodiscard]] std::size_t running() const {
        std::size_t sum = 0;
        for (const auto& lane : lanes) sum += lane->running.load(std::memory_order_relaxed);
        return sum;
    }
    void log_error(std::string_view event, std::initializer_list<LogField> fields) const {
        if (options.log != nullptr) options.log->error(event, fields);
    }
};

/// Accepts on `acceptor` until it is closed. Errors never end it: it waits 50 ms, doubling to one second.
asio::awaitable<void> accept_loop(std::shared_ptr<Server::State> state, Lane& lane,
                                  asio::ip::tcp::acceptor acceptor);
/// Checks deadlines until the server is stopping and the lane is empty; sleeps while there is nothing to
/// check.
asio::awaitable<void> watch_deadlines(std::shared_ptr<Server::State> state, Lane& lane);

/// Take over an accepted connection; the session counts itself in `state->connections`.
void start_plain_session(std::shared_ptr<Server::State> state, Lane& lane, asio::ip::tcp::socket socket);
void start_tls_session(std::shared_ptr<Server::State> state, Lane& lane, asio::ip::tcp::socket socket);

/// Reads certificate chain and key (PEM). Errors: unavailable, with the file in detail.
[[nodiscard]] Result<std::shared_ptr<asio::ssl::context>> make_server_tls(const std::string& cert_file,
                                                                          const std::string& key_file);

}  // namespace tenon::http
