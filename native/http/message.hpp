#pragma once
// HTTP messages as the rest of the server sees them: plain values, no Beast. Knows no product words.

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon::http {

namespace asio = boost::asio;

using Header = std::pair<std::string, std::string>;

/// One request, body included. Header names are kept as received; look-ups ignore ASCII case.
struct Request {
    std::string method;           ///< Upper case.
    std::string target;           ///< As received: path and query.
    std::string path;             ///< Before `?`, still percent-encoded.
    std::string query;            ///< Behind `?`, still percent-encoded.
    std::vector<Header> headers;  ///< In order, repeats kept.
    std::string body;             ///< Raw bytes.
    std::string remote_address;   ///< Peer's IP address.
    bool is_tls = false;
    std::string request_id;  ///< Made by the session; in logs, problems and the `X-Request-Id` header.

    /// First value of the header; empty if absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
};

/// Writes chunks of a response that stays open (server-sent events). Every call is under a deadline.
class Stream {
public:
    virtual ~Stream() = default;
    /// False when the client is gone or the server is stopping: return then.
    virtual asio::awaitable<bool> write(std::string chunk) = 0;
};

struct Response {
    int status = 200;
    std::vector<Header>
        headers;  ///< `Content-Length`, `Date`, `X-Request-Id` and the security headers are added.
    std::string body;
    /// Set for a streamed response: runs after the headers were written; `body` is then ignored.
    std::function<asio::awaitable<void>(std::shared_ptr<Stream>)> stream;
    bool is_cut = false;  ///< Close the connection and send nothing: how a test plays a provider that dies.

    void set(std::string name, std::string value);
};

/// What may be read for one request, decided from its head alone, before a byte of the body is read.
struct Limits {
    std::size_t body_bytes = 1'048'576;  ///< One byte more is 413.
    std::chrono::milliseconds body_time{15'000};
    std::chrono::milliseconds handler_time{30'000};
};

/// What the server calls. Implementations are called from several threads.
class Application {
public:
    virtual ~Application() = default;
    /// For the head of a request (body still empty).
    virtual Limits limits(const Request& head) const = 0;
    /// Never throws for an expected failure; what it throws is logged and answered as 500.
    virtual asio::awaitable<Response> handle(Request request) = 0;
    /// The reply to a request that never reached handle(): unreadable, too large, too slow.
    virtual Response refused(int status, std::string_view code, std::string_view detail,
                             std::string_view request_id) const = 0;
};

}  // namespace tenon::http
