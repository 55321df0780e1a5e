#pragma once
// Circuit breaker of one (connection, action class).
// A provider that keeps failing is left alone for a while, then asked once; only its answer opens the way
// again. The breaker decides and counts, nothing else: it has no clock, no timer and no lock (its owner
// serialises calls), so the same object runs in the server and in tests that need neither sockets nor sleeps.
// Which replies count as failures is not decided here (execution/reply_class.hpp): refusals of our own, such
// as a rate limit, must never reach record().

#include <chrono>
#include <cstdint>
#include <optional>

#include "tenon/base/time.hpp"

namespace tenon::execution {

/// Limits of one breaker. Defaults: requirement G-14.
struct BreakerPolicy {
    std::uint32_t failures_to_open = 5;  ///< Consecutive failures that open it; at least 1.
    std::chrono::milliseconds open_for{
        60'000};  ///< How long it stays open before one probe; also how long a probe may take.
};

/// What the provider did with a call that the breaker admitted.
enum class Outcome : std::uint8_t { succeeded, failed };

/// The breaker's answer to "may I call now?".
struct Admission {
    enum class Kind : std::uint8_t {
        call,   ///< Call, then record() the outcome.
        probe,  ///< Call as the one probe; everybody else is refused until its outcome is recorded.
        refuse  ///< Do not call; ask again at `retry_at`.
    };
    Kind kind = Kind::call;
    std::optional<UnixTime> retry_at;  ///< Set exactly when kind is refuse.

    friend bool operator==(const Admission&, const Admission&) = default;
};

/// Invariants: (1) closed has fewer than `failures_to_open` consecutive failures; (2) while half open exactly
/// one probe is out; (3) refusing changes no state, so traffic during an outage can't keep the breaker open.
class Breaker {
public:
    explicit Breaker(BreakerPolicy policy = {}) : policy_(policy) {}

    /// Asks for permission at `now`. A probe whose outcome was never recorded (its worker died) is given up
    /// after `open_for`. `now` may jump backwards: the breaker then stays closed or open as it was.
    [[nodiscard]] Admission admit(UnixTime now);

    /// Records the outcome of a call that was admitted as `kind` (call or probe; refuse is a caller's error
    /// and ignored). Outcomes of ordinary calls count only while closed: one that comes late, after the
    /// breaker opened, can neither close it nor keep it open.
    void record(Admission::Kind kind, Outcome outcome, UnixTime now);

private:
    enum class State : std::uint8_t { closed, open, half_open };

    void open(UnixTime now);

    BreakerPolicy policy_;
    State state_ = State::closed;
    std::uint32_t failures_ = 0;  // consecutive, while closed
    UnixTime until_{};            // end of open, or of the probe's patience
};

}  // namespace tenon::execution
