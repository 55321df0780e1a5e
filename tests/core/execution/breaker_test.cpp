#include "tenon/execution/breaker.hpp"

#include <gtest/gtest.h>

namespace tenon::execution {
namespace {

using namespace std::chrono_literals;
using Kind = Admission::Kind;

constexpr UnixTime start{1'700'000'000s};
constexpr Admission call{Kind::call, {}};
constexpr Admission probe{Kind::probe, {}};

constexpr Admission refuse_until(UnixTime at) { return {Kind::refuse, at}; }

/// A breaker that has just opened at `start`.
Breaker opened() {
    Breaker breaker;
    for (int i = 0; i < 5; ++i) breaker.record(Kind::call, Outcome::failed, start);
    return breaker;
}

TEST(BreakerTest, admits_calls_until_the_fifth_consecutive_failure) {
    Breaker breaker;
    for (int i = 0; i < 4; ++i) breaker.record(Kind::call, Outcome::failed, start);
    EXPECT_EQ(breaker.admit(start), call);
    breaker.record(Kind::call, Outcome::failed, start);
    EXPECT_EQ(breaker.admit(start), refuse_until(start + 60s));
}

TEST(BreakerTest, a_success_resets_the_count) {
    Breaker breaker;
    for (int i = 0; i < 4; ++i) breaker.record(Kind::call, Outcome::failed, start);
    breaker.record(Kind::call, Outcome::succeeded, start);
    for (int i = 0; i < 4; ++i) breaker.record(Kind::call, Outcome::failed, start);
    EXPECT_EQ(breaker.admit(start), call);
}

TEST(BreakerTest, recovers_through_one_probe_while_traffic_goes_on) {
    Breaker breaker = opened();
    for (auto t = start; t < start + 60s; t += 1s) EXPECT_EQ(breaker.admit(t), refuse_until(start + 60s));
    EXPECT_EQ(breaker.admit(start + 60s), probe);
    EXPECT_EQ(breaker.admit(start + 61s), refuse_until(start + 120s)) << "only one probe is out";
    breaker.record(Kind::probe, Outcome::succeeded, start + 62s);
    EXPECT_EQ(breaker.admit(start + 62s), call);
}

TEST(BreakerTest, a_failed_probe_opens_it_again_for_the_whole_time) {
    Breaker breaker = opened();
    ASSERT_EQ(breaker.admit(start + 60s), probe);
    breaker.record(Kind::probe, Outcome::failed, start + 63s);
    EXPECT_EQ(breaker.admit(start + 64s), refuse_until(start + 123s));
}

TEST(BreakerTest, a_probe_whose_worker_died_is_replaced) {
    Breaker breaker = opened();
    ASSERT_EQ(breaker.admit(start + 60s), probe);
    EXPECT_EQ(breaker.admit(start + 119s), refuse_until(start + 120s));
    EXPECT_EQ(breaker.admit(start + 120s), probe);
}

TEST(BreakerTest, late_outcomes_of_ordinary_calls_move_neither_open_nor_half_open) {
    Breaker breaker = opened();
    breaker.record(Kind::call, Outcome::succeeded, start + 31s);
    EXPECT_EQ(breaker.admit(start + 32s), refuse_until(start + 60s));
    ASSERT_EQ(breaker.admit(start + 60s), probe);
    breaker.record(Kind::call, Outcome::failed, start + 61s);
    breaker.record(Kind::call, Outcome::succeeded, start + 61s);
    EXPECT_EQ(breaker.admit(start + 62s), refuse_until(start + 120s)) << "the probe is still out";
}

TEST(BreakerTest, a_clock_that_jumps_back_does_not_open_the_way) {
    Breaker breaker = opened();
    EXPECT_EQ(breaker.admit(start - 3600s), refuse_until(start + 60s));
}

}  // namespace
}  // namespace tenon::execution
