#include "http/session.hpp"

namespace tenon::http {

using asio::ip::tcp;

template <>
struct Transport<tcp::socket> {
    static tcp::socket& socket(tcp::socket& stream) { return stream; }

    // The socket is non-blocking: what does not fit now is sent by the caller, asynchronously.
    static std::size_t write_now(tcp::socket& stream, std::string_view bytes) {
        error_code ec;
        return stream.write_some(asio::const_buffer(bytes.data(), bytes.size()), ec);
    }
    static asio::awaitable<bool> handshake(tcp::socket&) { co_return true; }
    static void before_discard(tcp::socket& stream) {
        error_code ignored;
        stream.shutdown(tcp::socket::shutdown_send, ignored);
    }
    static asio::awaitable<void> shutdown(tcp::socket&) { co_return; }
};

template class Session<tcp::socket>;

void start_plain_session(std::shared_ptr<Server::State> state, Lane& lane, tcp::socket socket) {
    std::make_shared<Session<tcp::socket>>(std::move(state), lane, std::move(socket))->start(false);
}

}  // namespace tenon::http
