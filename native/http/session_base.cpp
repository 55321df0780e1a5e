#include "http/session_base.hpp"

#include <ctime>

#include "base/ids.hpp"

namespace tenon::http {
namespace {

constexpr std::size_t joined_body_bytes = 65'536;  // up to here copying is cheaper than a second write
constexpr std::size_t kept_output_bytes = 8192;

}  // namespace

SessionBase::SessionBase(std::shared_ptr<Server::State> state, Lane& lane)
    : state_(std::move(state)), lane_(lane), reader_(state_->options.header_bytes) {
    lane_.add(*this);
    state_->connections.fetch_add(1);
}

SessionBase::~SessionBase() {
    lane_.remove(*this);
    state_->connections.fetch_sub(1);
}

void SessionBase::check(SteadyTime now) {
    if (now < deadline_) return;
    deadline_ = SteadyTime::max();
    switch (phase_) {
        case Phase::head:
        case Phase::body:
            is_timed_out_ = true;
            cancel_io();
            break;
        case Phase::handler:
            is_abandoned_ = true;
            send_late_reply();
            cancel_.emit(asio::cancellation_type::terminal);
            break;
        default:
            close();
            break;
    }
}

void SessionBase::stop() {
    is_stopping_ = true;
    if (phase_ == Phase::idle || phase_ == Phase::handshake || phase_ == Phase::head) close();
    if (phase_ == Phase::stream) cancel_.emit(asio::cancellation_type::terminal);
}

void SessionBase::close() {
    if (is_closed_) return;
    is_closed_ = true;
    close_socket();
    cancel_.emit(asio::cancellation_type::terminal);
}

void SessionBase::begin_request() {
    reader_.begin();
    in_.shrink();
    if (out_.capacity() > kept_output_bytes) out_ = std::string();
    request_id_.clear();
    keep_alive_ = is_timed_out_ = false;
    enter(Phase::idle, options().idle_time);
}

bool SessionBase::admit() {
    request_id_ = new_uuid(state_->clock->now(), *state_->random).text();
    Request& request = reader_.request();
    request.request_id = request_id_;
    request.remote_address = remote_address_;
    request.is_tls = is_tls_;
    keep_alive_ = reader_.keep_alive();
    limits_ = state_->application.limits(request);
    enter(Phase::body, limits_.body_time);
    return reader_.limit_body(limits_.body_bytes);
}

Response SessionBase::refuse(Errc code, std::string_view detail) {
    if (request_id_.empty()) request_id_ = new_uuid(state_->clock->now(), *state_->random).text();
    keep_alive_ = false;
    return state_->application.refused(status_of(code), id_of(code), detail, request_id_);
}

Framing SessionBase::framing_of(const Response& response) const {
    if (response.status == 204 || response.status == 304) return Framing::none;
    if (!response.stream) return Framing::length;
    return reader_.is_http10() ? Framing::until_close : Framing::chunked;
}

bool SessionBase::compose(const Response& response, Framing framing) {
    if (framing == Framing::until_close || is_stopping_ || state_->stopping) keep_alive_ = false;
    out_.clear();
    out_.reserve(512 + std::min(response.body.size(), joined_body_bytes));
    append_head(out_, response,
                {.framing = framing,
                 .keep_alive = keep_alive_,
                 .is_http10 = reader_.is_http10(),
                 .request_id = request_id_,
                 .date = lane_.date.at(std::time(nullptr))});
    if (framing != Framing::length || reader_.is_head()) return true;
    if (response.body.size() > joined_body_bytes) return false;
    out_ += response.body;
    return true;
}

void SessionBase::log_fault(std::string_view event, const char* cause) const {
    state_->log_error(event, {{"request_id", request_id_}, {"cause", cause}});
}

}  // namespace tenon::http
