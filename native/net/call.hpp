#pragma once
// One call, from the lease of a connection to the reply or the reason why there is none.

#include <memory>
#include <string>

#include "net/connection.hpp"
#include "net/http_client.hpp"
#include "net/pool.hpp"
#include "net/reply_reader.hpp"
#include "net/url.hpp"

namespace tenon::net {

/// What the calls of one client share. Outlives the client while calls run.
struct ClientState {
    ClientState(asio::any_io_executor where, ClientOptions opts)
        : executor(std::move(where)),
          options(std::move(opts)),
          pool(std::make_shared<Pool>(executor, options.connections_per_host, options.idle_time)) {}

    asio::any_io_executor executor;
    ClientOptions options;
    std::shared_ptr<Pool> pool;
    std::shared_ptr<asio::ssl::context>
        tls;  // made by the first https call: reading the authorities takes time
};

class Call {
public:
    Call(std::shared_ptr<ClientState> state, OutboundRequest request, Url url, std::string head);

    asio::awaitable<CallResult> run();

private:
    using Opened = tl::expected<std::shared_ptr<OutboundConnection>, Error>;

    asio::awaitable<Opened> open();
    asio::awaitable<Opened> open_to(asio::ip::address address);
    /// True if a reply was read; else `failure_` says why not.
    asio::awaitable<bool> exchange(OutboundConnection& connection, ReplyReader& reader);
    asio::awaitable<bool> send(OutboundConnection& connection);
    asio::awaitable<bool> send_all(OutboundConnection& connection, std::string_view bytes);
    asio::awaitable<bool> receive(OutboundConnection& connection, ReplyReader& reader);
    [[nodiscard]] Error lost(const OutboundConnection& connection, Errc code, std::string detail) const;
    [[nodiscard]] bool may_repeat(const OutboundConnection& connection, const ReplyReader& reader,
                                  bool sent_before) const;
    [[nodiscard]] CallResult failed(Error error) const;
    [[nodiscard]] SteadyTime phase_end(std::chrono::milliseconds time) const;

    std::shared_ptr<ClientState> state_;
    OutboundRequest request_;
    Url url_;
    std::string head_;
    SteadyTime start_, deadline_;
    Error failure_;
    bool is_sent_ = false;  // a byte of the request left, on any connection
};

}  // namespace tenon::net
