#pragma once
// What a session does that does not depend on its stream: phases with deadlines, admission of a head, and the
// reply as bytes. The I/O is in session.hpp.

#include <boost/asio/cancellation_signal.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "http/input_buffer.hpp"
#include "http/lane.hpp"
#include "http/request_reader.hpp"

namespace tenon::http {

/// Counts one request as running for as long as it lives.
class RunningRequest {
public:
    RunningRequest() = default;
    RunningRequest(const RunningRequest&) = delete;
    RunningRequest& operator=(const RunningRequest&) = delete;
    ~RunningRequest() {
        if (lane_ != nullptr) lane_->running.fetch_sub(1, std::memory_order_relaxed);
    }
    void begin(Lane& lane) {
        lane_ = &lane;
        lane.running.fetch_add(1, std::memory_order_relaxed);
    }

private:
    Lane* lane_ = nullptr;
};

/// Invariants: (1) each phase has one deadline, enforced by the lane's tick; (2) after `is_abandoned_` the
/// main coroutine touches neither socket nor phase: the late reply does; (3) the lane knows a session exactly
/// as long as it lives.
class SessionBase : public Connection {
public:
    SessionBase(std::shared_ptr<Server::State> state, Lane& lane);
    SessionBase(const SessionBase&) = delete;
    SessionBase& operator=(const SessionBase&) = delete;
    ~SessionBase() override;

    void check(SteadyTime now) final;
    void stop() final;
    void close() final;

    enum class Phase : std::uint8_t { handshake, idle, head, body, handler, write, stream, closing };

protected:
    virtual void cancel_io() = 0;     ///< Pending reads and writes end with operation_aborted.
    virtual void close_socket() = 0;  ///< Idempotent.
    virtual void send_late_reply() = 0;

    [[nodiscard]] const ServerOptions& options() const { return state_->options; }
    void enter(Phase phase, std::chrono::milliseconds time) {
        phase_ = phase;
        deadline_ = std::chrono::steady_clock::now() + time;
    }
    void enter_stream() {
        phase_ = Phase::stream;
        deadline_ = SteadyTime::max();
    }

    void begin_request();
    /// After the head: id, limits, deadline for the body. False if the body is refused already.
    [[nodiscard]] bool admit();
    /// Reply of our own to what the application never saw to its end.
    [[nodiscard]] Response refuse(Errc code, std::string_view detail);
    /// Puts the head into out_, and a body of up to 64 KiB behind it. True if the body is in out_ or there is
    /// none.
    bool compose(const Response& response, Framing framing);
    [[nodiscard]] Framing framing_of(const Response& response) const;
    void log_fault(std::string_view event, const char* cause) const;

    std::shared_ptr<Server::State> state_;
    Lane& lane_;
    RequestReader reader_;
    InputBuffer in_;
    std::string out_;
    std::string remote_address_;
    std::string request_id_;
    Limits limits_;
    asio::cancellation_signal cancel_;
    SteadyTime deadline_;
    Phase phase_ = Phase::handshake;
    bool is_tls_ = false;
    bool keep_alive_ = false;    // as far as this request goes
    bool is_stopping_ = false;   // no request after this one
    bool is_timed_out_ = false;  // the read was cancelled by check()
    bool is_abandoned_ = false;  // the handler was too slow
    bool is_closed_ = false;
    bool is_peer_gone_ = false;
};

}  // namespace tenon::http
