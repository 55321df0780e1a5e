#include <boost/asio/ssl/stream.hpp>

#include "http/session.hpp"

namespace tenon::http {

using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;

template <>
struct Transport<TlsStream> {
    static tcp::socket& socket(TlsStream& stream) { return stream.next_layer(); }

    static std::size_t write_now(TlsStream&, std::string_view) { return 0; }  // records need the engine
    static asio::awaitable<bool> handshake(TlsStream& stream) {
        error_code ec;
        co_await stream.async_handshake(asio::ssl::stream_base::server,
                                        asio::redirect_error(asio::use_awaitable, ec));
        co_return !ec;
    }
    static void before_discard(TlsStream&) {}
    static asio::awaitable<void> shutdown(TlsStream& stream) {
        error_code ignored;
        co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
    }
};

template class Session<TlsStream>;

void start_tls_session(std::shared_ptr<Server::State> state, Lane& lane, tcp::socket socket) {
    auto& tls = *state->tls;
    std::make_shared<Session<TlsStream>>(std::move(state), lane, TlsStream(std::move(socket), tls))
        ->start(true);
}

}  // namespace tenon::http
