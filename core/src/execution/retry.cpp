#include "tenon/execution/retry.hpp"

#include <algorithm>

namespace tenon::execution {

namespace {

using std::chrono::milliseconds;

milliseconds share(milliseconds window, double fraction) {
    const double part = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(window.count());
    return milliseconds(static_cast<milliseconds::rep>(part));
}

Next again(const RetryPolicy& policy, const Classified& outcome, std::uint32_t attempts_made, double fraction,
           UnixTime now) {
    if (attempts_made > policy.max_retries) return {Next::Kind::give_up, {}};
    const milliseconds asked = std::min(outcome.wait.value_or(milliseconds(0)), policy.wait_cap);
    // What the provider asked for is a floor; the jitter on top keeps many waiters from coming back at once.
    return {Next::Kind::run, now + asked + backoff(policy, attempts_made, fraction)};
}

Next unknown(const RetryPolicy& policy, const Classified& outcome, std::uint32_t attempts_made,
             OnUnknown on_unknown, double fraction, UnixTime now) {
    switch (on_unknown) {
        case OnUnknown::wait:
            return {Next::Kind::hold, {}};
        case OnUnknown::drop:
            return {Next::Kind::drop, {}};
        case OnUnknown::retry:
            return again(policy, outcome, attempts_made, fraction, now);
    }
    return {Next::Kind::hold, {}};
}

}  // namespace

std::optional<OnUnknown> on_unknown_from(std::string_view text) {
    if (text == "wait") return OnUnknown::wait;
    if (text == "retry") return OnUnknown::retry;
    if (text == "drop") return OnUnknown::drop;
    return std::nullopt;
}

milliseconds backoff(const RetryPolicy& policy, std::uint32_t retry, double fraction) {
    milliseconds window = policy.base;
    for (std::uint32_t n = 1; n < retry && window < policy.ceiling; ++n) window *= 2;
    return share(std::min(window, policy.ceiling), fraction);
}

Next next_step(const RetryPolicy& policy, const Classified& outcome, std::uint32_t attempts_made,
               OnUnknown on_unknown, Refresh refresh, double fraction, UnixTime now) {
    switch (outcome.kind) {
        case ReplyClass::ok:
            return {Next::Kind::finish, {}};
        case ReplyClass::auth_expired:
            if (refresh == Refresh::possible) return {Next::Kind::refresh, now};
            return {Next::Kind::give_up, {}};
        case ReplyClass::rate_limited:
        case ReplyClass::retry:
        case ReplyClass::not_applied:
            return again(policy, outcome, attempts_made, fraction, now);
        case ReplyClass::outcome_unknown:
            return unknown(policy, outcome, attempts_made, on_unknown, fraction, now);
        case ReplyClass::permission:
        case ReplyClass::permanent:
        case ReplyClass::conflict:
            return {Next::Kind::give_up, {}};
    }
    return {Next::Kind::give_up, {}};
}

}  // namespace tenon::execution
