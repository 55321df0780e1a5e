#include "tenon/execution/retry.hpp"

#include <gtest/gtest.h>

namespace tenon::execution {
namespace {

using namespace std::chrono_literals;
using Kind = Next::Kind;

constexpr UnixTime start{1'700'000'000s};

Classified outcome(ReplyClass kind, std::optional<std::chrono::milliseconds> wait = std::nullopt) {
    Classified out;
    out.kind = kind;
    if (kind != ReplyClass::ok) out.code = code_of(kind);
    out.wait = wait;
    return out;
}

Next step(ReplyClass kind, std::uint32_t attempts, double fraction = 1.0, RetryPolicy policy = {}) {
    return next_step(policy, outcome(kind), attempts, OnUnknown::wait, Refresh::impossible, fraction, start);
}

TEST(RetryTest, retries_three_times_with_doubled_windows) {  // G-07, G-08
    EXPECT_EQ(step(ReplyClass::retry, 1), (Next{Kind::run, start + 1s}));
    EXPECT_EQ(step(ReplyClass::retry, 2), (Next{Kind::run, start + 2s}));
    EXPECT_EQ(step(ReplyClass::retry, 3), (Next{Kind::run, start + 4s}));
    EXPECT_EQ(step(ReplyClass::retry, 4).kind, Kind::give_up) << "four attempts in all";
}

TEST(RetryTest, zero_retries_are_one_attempt) {  // E-05
    RetryPolicy policy;
    policy.max_retries = 0;
    EXPECT_EQ(step(ReplyClass::retry, 1, 1.0, policy).kind, Kind::give_up);
}

TEST(RetryTest, jitter_takes_the_whole_window) {
    EXPECT_EQ(step(ReplyClass::retry, 3, 0.0), (Next{Kind::run, start}));
    EXPECT_EQ(step(ReplyClass::retry, 3, 0.25), (Next{Kind::run, start + 1s}));
    EXPECT_EQ(step(ReplyClass::retry, 3, 7.0), (Next{Kind::run, start + 4s}))
        << "a bad fraction stays inside";
}

TEST(RetryTest, the_window_stops_at_the_ceiling) {
    RetryPolicy policy;
    policy.ceiling = 3s;
    EXPECT_EQ(backoff(policy, 2, 1.0), 2s);
    EXPECT_EQ(backoff(policy, 3, 1.0), 3s);
    EXPECT_EQ(backoff(policy, 4'000'000'000U, 1.0), 3s) << "no overflow";
}

TEST(RetryTest, waits_at_least_as_long_as_the_provider_asks) {  // G-10
    const auto asked = next_step({}, outcome(ReplyClass::rate_limited, 30s), 1, OnUnknown::wait,
                                 Refresh::impossible, 0.5, start);
    EXPECT_EQ(asked, (Next{Kind::run, start + 30s + 500ms}));
    const auto too_long = next_step({}, outcome(ReplyClass::rate_limited, 48h), 1, OnUnknown::wait,
                                    Refresh::impossible, 0.0, start);
    EXPECT_EQ(too_long, (Next{Kind::run, start + 1h}));
}

TEST(RetryTest, certain_failures_are_never_repeated) {  // G-09
    for (const ReplyClass kind :
         {ReplyClass::auth_expired, ReplyClass::permission, ReplyClass::permanent, ReplyClass::conflict})
        EXPECT_EQ(step(kind, 1).kind, Kind::give_up) << catalogue::name_of(kind);
    EXPECT_EQ(step(ReplyClass::ok, 1).kind, Kind::finish);
}

TEST(RetryTest, what_was_not_applied_is_repeated) {
    EXPECT_EQ(step(ReplyClass::not_applied, 1).kind, Kind::run);
    EXPECT_EQ(step(ReplyClass::rate_limited, 1).kind, Kind::run);
}

TEST(RetryTest, a_refused_credential_is_renewed_once) {
    const auto ask = [](Refresh refresh, std::uint32_t attempts) {
        return next_step({}, outcome(ReplyClass::auth_expired), attempts, OnUnknown::wait, refresh, 0.5,
                         start);
    };
    EXPECT_EQ(ask(Refresh::possible, 1), (Next{Kind::refresh, start}));
    EXPECT_EQ(ask(Refresh::possible, 4), (Next{Kind::refresh, start})) << "it uses up no retry";
    EXPECT_EQ(ask(Refresh::done, 1).kind, Kind::give_up);
}

TEST(RetryTest, the_integration_decides_on_an_unknown_outcome) {  // G-18
    const auto ask = [](OnUnknown on_unknown, std::uint32_t attempts) {
        return next_step({}, outcome(ReplyClass::outcome_unknown), attempts, on_unknown, Refresh::impossible,
                         1.0, start);
    };
    EXPECT_EQ(ask(OnUnknown::wait, 1).kind, Kind::hold);
    EXPECT_EQ(ask(OnUnknown::drop, 1).kind, Kind::drop);
    EXPECT_EQ(ask(OnUnknown::retry, 1), (Next{Kind::run, start + 1s}));
    EXPECT_EQ(ask(OnUnknown::retry, 4).kind, Kind::give_up);
}

TEST(RetryTest, reads_the_integrations_word) {
    EXPECT_EQ(on_unknown_from("wait"), OnUnknown::wait);
    EXPECT_EQ(on_unknown_from("retry"), OnUnknown::retry);
    EXPECT_EQ(on_unknown_from("drop"), OnUnknown::drop);
    EXPECT_EQ(on_unknown_from("Retry"), std::nullopt);
}

/// A whole execution as a transcript: outcome after outcome, until there is no next run.
TEST(RetryTest, a_flaky_provider_is_asked_until_it_answers) {
    UnixTime now = start;
    std::string transcript;
    std::uint32_t attempts = 0;
    for (const ReplyClass kind : {ReplyClass::not_applied, ReplyClass::rate_limited, ReplyClass::ok}) {
        const Next next =
            next_step({}, outcome(kind), ++attempts, OnUnknown::wait, Refresh::impossible, 0.5, now);
        transcript +=
            std::to_string(static_cast<int>(next.kind)) + "@" + std::to_string((now - start).count()) + " ";
        if (next.kind == Kind::run) now = next.at;
    }
    EXPECT_EQ(transcript, "1@0 1@500 0@1500 ");
}

}  // namespace
}  // namespace tenon::execution
