#include "net/call.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>

#include "net/outbound_guard.hpp"
#include "net/resolve.hpp"
#include "net/tls.hpp"

namespace tenon::net {
namespace {

constexpr std::size_t joined_body_bytes = 65'536;
constexpr std::size_t read_bytes = 16'384;

SteadyTime now() { return std::chrono::steady_clock::now(); }

}  // namespace

Call::Call(std::shared_ptr<ClientState> state, OutboundRequest request, Url url, std::string head)
    : state_(std::move(state)),
      request_(std::move(request)),
      url_(std::move(url)),
      head_(std::move(head)),
      start_(now()),
      deadline_(start_ + request_.timeout) {}

SteadyTime Call::phase_end(std::chrono::milliseconds time) const { return std::min(deadline_, now() + time); }

CallResult Call::failed(Error error) const {
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now() - start_);
    return tl::unexpected(CallFailure{std::move(error), is_sent_, elapsed});
}

asio::awaitable<CallResult> Call::run() {
    const std::string key = (url_.is_https ? "https://" : "http://") + url_.authority();
    const Lease lease = co_await state_->pool->lease(key, deadline_);
    if (!lease.is_granted())
        co_return failed({Errc::execution_timeout, "", "all connections to the provider were busy"});
    auto connection = state_->pool->take(key);
    const bool is_reused = connection != nullptr;
    for (bool may_reconnect = is_reused;; may_reconnect = false) {
        if (!connection) {
            Opened opened = co_await open();
            if (!opened) co_return failed(std::move(opened.error()));
            connection = std::move(*opened);
        }
        const bool sent_before = is_sent_;
        connection->set_deadline(deadline_);
        ReplyReader reader(request_.max_reply_bytes, request_.method == "HEAD");
        const bool has_reply = co_await exchange(*connection, reader);
        connection->clear_deadline();
        if (has_reply) {
            if (reader.keep_alive()) state_->pool->put(key, std::move(connection));
            reader.reply().elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now() - start_);
            co_return std::move(reader.reply());
        }
        if (!may_reconnect || !may_repeat(*connection, reader, sent_before)) co_return failed(failure_);
        connection.reset();
    }
}

// A kept connection that the provider had closed: nothing left of the request, or the request changes nothing
// (RFC 9110 9.2.1) and not a byte of a reply came. Everything else is the caller's decision.
bool Call::may_repeat(const OutboundConnection& connection, const ReplyReader& reader,
                      bool sent_before) const {
    if (connection.is_late() || reader.has_started()) return false;
    return is_sent_ == sent_before || request_.method == "GET" || request_.method == "HEAD";
}

asio::awaitable<Call::Opened> Call::open() {
    auto addresses = co_await resolve(url_.host, phase_end(state_->options.resolve_time));
    if (!addresses) {
        if (now() >= deadline_) co_return fail(Errc::execution_timeout, "", addresses.error().detail);
        co_return tl::unexpected(std::move(addresses.error()));
    }
    std::erase_if(*addresses, [&](const asio::ip::address& address) {
        return !may_call(address, url_.host, url_.port, state_->options.admitted);
    });
    if (addresses->empty()) co_return fail(Errc::address_refused, "", "the host is not a public web address");
    Opened opened = fail(Errc::connect_failed);
    for (const asio::ip::address& address : *addresses) {
        opened = co_await open_to(address);
        if (opened || now() >= deadline_) break;
    }
    if (!opened && now() >= deadline_) opened.error().code = Errc::execution_timeout;
    co_return opened;
}

asio::awaitable<Call::Opened> Call::open_to(asio::ip::address address) {
    auto connection = std::make_shared<OutboundConnection>(state_->executor);
    connection->set_deadline(phase_end(state_->options.connect_time));
    error_code ec = co_await connection->connect({address, url_.port});
    if (ec) {
        const std::string cause = connection->is_late() ? "timed out" : ec.message();
        co_return fail(Errc::connect_failed, "", "connecting: " + cause);
    }
    if (url_.is_https) {
        if (!state_->tls) {
            auto made = make_client_tls(state_->options.ca_file);
            if (!made) co_return tl::unexpected(std::move(made.error()));
            state_->tls = std::move(*made);
        }
        connection->set_deadline(phase_end(state_->options.handshake_time));
        ec = co_await connection->handshake(state_->tls, url_.host);
        if (ec) {
            const std::string cause = connection->is_late() ? "timed out" : ec.message();
            co_return fail(Errc::connect_failed, "", "TLS handshake: " + cause);
        }
    }
    connection->clear_deadline();
    co_return connection;
}

asio::awaitable<bool> Call::exchange(OutboundConnection& connection, ReplyReader& reader) {
    const bool sent_before = is_sent_;
    const bool is_written = co_await send(connection);
    // A provider may answer and close before it has read everything: then the answer is there to be read.
    if (!is_written && (is_sent_ == sent_before || connection.is_late())) co_return false;
    const bool has_reply = co_await receive(connection, reader);
    co_return has_reply;
}

asio::awaitable<bool> Call::send(OutboundConnection& connection) {
    const std::string_view body = request_.body ? std::string_view(*request_.body) : std::string_view();
    if (body.size() > joined_body_bytes) {
        const bool is_head_sent = co_await send_all(connection, head_);
        if (!is_head_sent) co_return false;
        const bool is_body_sent = co_await send_all(connection, body);
        co_return is_body_sent;
    }
    std::string whole;
    whole.reserve(head_.size() + body.size());
    whole.append(head_).append(body);
    const bool is_sent = co_await send_all(connection, whole);
    wipe(whole);  // the head may carry a credential
    co_return is_sent;
}

asio::awaitable<bool> Call::send_all(OutboundConnection& connection, std::string_view bytes) {
    while (!bytes.empty()) {
        error_code ec;
        const std::size_t count =
            co_await connection.write_some(asio::const_buffer(bytes.data(), bytes.size()), ec);
        is_sent_ = is_sent_ || count > 0;
        if (ec) {
            failure_ =
                lost(connection, is_sent_ ? Errc::outcome_unknown : Errc::connect_failed, ec.message());
            co_return false;
        }
        bytes.remove_prefix(count);
    }
    co_return true;
}

asio::awaitable<bool> Call::receive(OutboundConnection& connection, ReplyReader& reader) {
    std::vector<char> buffer(read_bytes);
    for (;;) {
        error_code ec;
        const std::size_t count =
            co_await connection.read_some(asio::mutable_buffer(buffer.data(), buffer.size()), ec);
        auto step = ReplyReader::Step::more;
        if (count > 0) step = reader.feed({buffer.data(), count});
        if (ec == asio::error::eof && step == ReplyReader::Step::more) {
            step = reader.end();
            if (step == ReplyReader::Step::malformed) {
                failure_ =
                    lost(connection, Errc::outcome_unknown, "the connection ended before the reply did");
                co_return false;
            }
        }
        if (step == ReplyReader::Step::complete) co_return true;
        if (step == ReplyReader::Step::too_large)
            failure_ = {Errc::reply_too_large, "", "the reply is larger than the limit"};
        else if (step == ReplyReader::Step::malformed)
            failure_ = {Errc::outcome_unknown, "", "the reply is not valid HTTP"};
        else if (ec)
            failure_ = lost(connection, Errc::outcome_unknown, ec.message());
        else
            continue;
        co_return false;
    }
}

Error Call::lost(const OutboundConnection& connection, Errc code, std::string detail) const {
    if (connection.is_late()) return {Errc::execution_timeout, "", "no complete reply in time"};
    return {code, "", std::move(detail)};
}

}  // namespace tenon::net
