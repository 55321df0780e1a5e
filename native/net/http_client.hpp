#pragma once
// The outbound client: pooled connections, TLS with verification, a deadline for every phase, response caps,
// and a guard on the resolved address (SSRF). Redirects are never followed.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tenon/base/result.hpp"
#include "tenon/base/secret.hpp"

namespace tenon::net {

namespace asio = boost::asio;

struct OutboundRequest {
    std::string method;
    std::string
        url;  ///< Absolute http(s) URL without userinfo or fragment. May hold a credential: never logged.
    std::vector<std::pair<std::string, std::string>> headers;
    std::optional<std::string> body;
    std::chrono::milliseconds timeout{30'000};  ///< The whole call.
    std::size_t max_reply_bytes = 1'048'576;
};

struct InboundReply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::milliseconds elapsed{0};
};

/// Why there is no reply, and how far the request got: only a request of which nothing was sent may be
/// repeated without asking (DESIGN "Effects").
struct CallFailure {
    Error error;  ///< connect_failed, address_refused, execution_timeout, outcome_unknown, reply_too_large,
                  ///< malformed_request.
    bool first_byte_sent = false;
    std::chrono::milliseconds elapsed{0};
};

using CallResult = tl::expected<InboundReply, CallFailure>;

/// Addresses that may be called although they are private or loopback: `--provider-base` adds exact host:port
/// pairs.
struct Admitted {
    std::string host;
    unsigned short port = 0;
};

struct ClientOptions {
    std::vector<Admitted> admitted;
    std::size_t connections_per_host = 64;
    std::chrono::milliseconds resolve_time{5'000}, connect_time{5'000}, handshake_time{10'000},
        idle_time{30'000};
    std::string ca_file;  ///< Empty = the system's.
};

/// One client per io_context (thread); not for two threads at once.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    virtual asio::awaitable<CallResult> call(OutboundRequest request) = 0;
};

[[nodiscard]] std::unique_ptr<HttpClient> make_http_client(asio::io_context& context, ClientOptions options);

}  // namespace tenon::net
