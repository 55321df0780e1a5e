#include "tenon/execution/breaker.hpp"

namespace tenon::execution {

Admission Breaker::admit(UnixTime now) {
    if (state_ == State::closed) return {Admission::Kind::call, {}};
    if (now < until_) return {Admission::Kind::refuse, until_};
    state_ = State::half_open;
    until_ = now + policy_.open_for;
    return {Admission::Kind::probe, {}};
}

void Breaker::record(Admission::Kind kind, Outcome outcome, UnixTime now) {
    const auto expected = state_ == State::closed ? Admission::Kind::call : Admission::Kind::probe;
    if (kind != expected || state_ == State::open) return;
    if (outcome == Outcome::succeeded) {
        state_ = State::closed;
        failures_ = 0;
    } else if (kind == Admission::Kind::probe || ++failures_ >= policy_.failures_to_open) {
        open(now);
    }
}

void Breaker::open(UnixTime now) {
    state_ = State::open;
    failures_ = 0;
    until_ = now + policy_.open_for;
}

}  // namespace tenon::execution
