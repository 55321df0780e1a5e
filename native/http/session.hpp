#pragma once
// One connection: reads requests, calls the application, writes replies, until one side has enough. The same
// text for TCP and TLS; compiled once for each, in session_plain.cpp and session_tls.cpp. Only what can't be
// done at once is awaited: the usual reply is written by one system call, without an asynchronous operation.

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "http/session_base.hpp"

namespace tenon::http {

using boost::system::error_code;

template <typename Channel>
class ReplyStream;

/// `Transport<Channel>` has what differs: socket(stream), write_now(stream, bytes), handshake(stream) and
/// shutdown(stream).
template <typename Channel>
struct Transport;

template <typename Channel>
class Session final : public SessionBase, public std::enable_shared_from_this<Session<Channel>> {
public:
    Session(std::shared_ptr<Server::State> state, Lane& lane, Channel stream)
        : SessionBase(std::move(state), lane), stream_(std::move(stream)) {}

    void start(bool is_tls);
    /// All of `bytes`; false if the connection is gone.
    asio::awaitable<bool> send(std::string_view bytes);

private:
    friend class ReplyStream<Channel>;

    void cancel_io() override {
        error_code ignored;
        Transport<Channel>::socket(stream_).cancel(ignored);
    }
    void close_socket() override {
        error_code ignored;
        Transport<Channel>::socket(stream_).close(ignored);
    }
    void send_late_reply() override;

    asio::awaitable<void> run();
    asio::awaitable<bool> serve_one();
    asio::awaitable<bool> respond();
    asio::awaitable<bool> reply(Response response);
    asio::awaitable<bool> stream_out(Response response);
    asio::awaitable<bool> send_chunk(std::string chunk, Framing framing);
    asio::awaitable<void> late_reply();
    asio::awaitable<void> farewell();

    Channel stream_;
};

/// The application's end of a streamed reply.
template <typename Channel>
class ReplyStream final : public http::Stream {
public:
    ReplyStream(std::shared_ptr<Session<Channel>> session, Framing framing)
        : session_(std::move(session)), framing_(framing) {}

    asio::awaitable<bool> write(std::string chunk) override;
    void end() { session_.reset(); }  // the application may keep its pointer longer than the connection

private:
    std::shared_ptr<Session<Channel>> session_;
    Framing framing_;
};

/// Bytes read and thrown away at the end, so that a client which is still sending gets to see the reply.
inline constexpr std::size_t discarded_bytes = std::size_t{16} * 1024 * 1024;
inline constexpr std::chrono::milliseconds closing_time{2000};

template <typename Channel>
void Session<Channel>::start(bool is_tls) {
    is_tls_ = is_tls;
    error_code ec;
    const auto peer = Transport<Channel>::socket(stream_).remote_endpoint(ec);
    if (ec) return;
    remote_address_ = peer.address().to_string();
    Transport<Channel>::socket(stream_).non_blocking(true, ec);  // for write_now
    auto done = [self = this->shared_from_this()](const std::exception_ptr& failure) {
        if (!failure || self->is_closed_ || self->is_abandoned_) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            self->log_fault("session_failed", error.what());
        } catch (...) {
            self->log_fault("session_failed", "unknown exception");
        }
    };
    asio::co_spawn(lane_.context.get_executor(), run(),
                   asio::bind_cancellation_slot(cancel_.slot(), std::move(done)));
}

template <typename Channel>
asio::awaitable<void> Session<Channel>::run() {
    enter(Phase::handshake, options().header_time);
    bool is_open = co_await Transport<Channel>::handshake(stream_);
    if (!is_open) co_return;
    while (is_open) is_open = co_await serve_one();
    if (!is_closed_ && !is_abandoned_ && !is_peer_gone_) co_await farewell();
}

template <typename Channel>
asio::awaitable<bool> Session<Channel>::serve_one() {
    begin_request();
    RunningRequest running;
    for (;;) {
        std::size_t used = 0;
        const auto step = reader_.feed(in_.view(), used);
        in_.consume(used);
        if (step == RequestReader::Step::complete) break;
        if (step == RequestReader::Step::head) {
            running.begin(lane_);
            if (admit()) {
                if (reader_.expects_continue() && in_.view().empty() &&
                    !co_await send("HTTP/1.1 100 Continue\r\n\r\n"))
                    co_return false;
                continue;
            }
        }
        if (step != RequestReader::Step::more)  // refused by the reader or by admit()
            co_return co_await reply(refuse(reader_.refusal().code, reader_.refusal().detail));
        if (phase_ == Phase::idle && reader_.has_started()) enter(Phase::head, options().header_time);
        if (phase_ == Phase::idle && is_stopping_) co_return false;
        error_code ec;
        const std::size_t count = co_await stream_.async_read_some(
            in_.prepare(reader_.body_bytes_left()), asio::redirect_error(asio::use_awaitable, ec));
        if (is_timed_out_)
            co_return co_await reply(refuse(Errc::request_timeout, "the request was too slow"));
        is_peer_gone_ = static_cast<bool>(ec);
        if (ec) co_return false;
        in_.commit(count);
    }
    co_return co_await respond();
}

template <typename Channel>
asio::awaitable<bool> Session<Channel>::respond() {
    enter(Phase::handler, limits_.handler_time);
    Response response;
    bool failed = false;
    try {
        response = co_await state_->application.handle(std::move(reader_.request()));
        if (!is_writable(response)) {
            failed = true;
            log_fault("reply_invalid", "a header of the reply can't be written");
        }
    } catch (const std::exception& error) {
        failed = true;
        if (!is_abandoned_ && !is_closed_) log_fault("handler_failed", error.what());
    } catch (...) {
        failed = true;
        log_fault("handler_failed", "unknown exception");
    }
    if (is_abandoned_ || is_closed_) co_return false;
    if (failed) {
        const bool keep = keep_alive_;  // the request was read to its end: the connection is in order
        response = refuse(Errc::internal, "");
        keep_alive_ = keep;
    }
    if (response.is_cut) {
        close();
        co_return false;
    }
    if (response.stream) co_return co_await stream_out(std::move(response));
    co_return co_await reply(std::move(response));
}

template <typename Channel>
asio::awaitable<bool> Session<Channel>::reply(Response response) {
    const bool is_whole = compose(response, framing_of(response));
    enter(Phase::write, options().write_time);
    if (Transport<Channel>::write_now(stream_, out_) == out_.size()) {
        if (is_whole) co_return keep_alive_;
    } else if (!co_await send(out_)) {
        co_return false;
    }
    if (!is_whole && !co_await send(response.body)) co_return false;
    co_return keep_alive_;
}

template <typename Channel>
asio::awaitable<bool> Session<Channel>::send(std::string_view bytes) {
    while (!bytes.empty()) {
        error_code ec;
        const std::size_t sent = co_await stream_.async_write_some(
            asio::const_buffer(bytes.data(), bytes.size()), asio::redirect_error(asio::use_awaitable, ec));
        if (ec) {
            is_peer_gone_ = true;
            co_return false;
        }
        bytes.remove_prefix(sent);
    }
    co_return true;
}

template <typename Channel>
asio::awaitable<bool> Session<Channel>::stream_out(Response response) {
    const Framing framing = framing_of(response);
    compose(response, framing);
    enter(Phase::write, options().write_time);
    if (!co_await send(out_)) co_return false;
    if (reader_.is_head() || framing == Framing::none) co_return keep_alive_;
    auto stream = std::make_shared<ReplyStream<Channel>>(this->shared_from_this(), framing);
    enter_stream();
    bool failed = is_stopping_;
    try {
        if (!failed) co_await response.stream(stream);
    } catch (const std::exception& error) {
        failed = !is_stopping_;
        if (failed && !is_closed_) log_fault("stream_failed", error.what());
    }
    stream->end();
    if (is_closed_ || failed) {  // without the last chunk: the client must see that it is not complete
        close();
        co_return false;
    }
    co_await asio::this_coro::reset_cancellation_state();
    enter(Phase::write, options().write_time);
    if (framing == Framing::chunked && !co_await send("0\r\n\r\n")) co_return false;
    co_return keep_alive_ && !is_stopping_;
}

template <typename Channel>
asio::awaitable<bool> ReplyStream<Channel>::write(std::string chunk) {
    const auto session = session_;
    if (!session) co_return false;
    co_return co_await session->send_chunk(std::move(chunk), framing_);
}

template <typename Channel>
asio::awaitable<bool> Session<Channel>::send_chunk(std::string chunk, Framing framing) {
    if (is_closed_ || is_stopping_) co_return false;
    if (chunk.empty()) co_return true;  // an empty chunk would end the reply
    if (framing == Framing::chunked) frame_chunk(chunk);
    enter(Phase::write, options().write_time);
    const bool sent = co_await send(chunk);
    enter_stream();
    co_return sent && !is_stopping_;
}

template <typename Channel>
void Session<Channel>::send_late_reply() {
    asio::co_spawn(lane_.context.get_executor(), late_reply(),
                   [self = this->shared_from_this()](const std::exception_ptr&) { self->close(); });
}

template <typename Channel>
asio::awaitable<void> Session<Channel>::late_reply() {
    const Response response = refuse(Errc::unavailable, "the request took too long");
    const bool is_whole = compose(response, framing_of(response));
    enter(Phase::write, options().write_time);
    if (co_await send(out_) && !is_whole) co_await send(response.body);
    error_code ignored;
    Transport<Channel>::socket(stream_).shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

template <typename Channel>
asio::awaitable<void> Session<Channel>::farewell() {
    enter(Phase::closing, closing_time);
    Transport<Channel>::before_discard(stream_);
    std::size_t left = discarded_bytes;
    while (!reader_.is_complete() && left > 0) {
        error_code ec;
        in_.consume(in_.view().size());
        const std::size_t count = co_await stream_.async_read_some(
            in_.prepare(InputBuffer::largest_read), asio::redirect_error(asio::use_awaitable, ec));
        if (ec) break;
        left -= std::min(left, count);
    }
    co_await Transport<Channel>::shutdown(stream_);
    close();
}

}  // namespace tenon::http
