#include "base/ids.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "base/clock.hpp"

namespace tenon {
namespace {

using namespace std::chrono_literals;

class FixedRandom final : public Random {
public:
    std::string bytes(std::size_t count) override { return std::string(count, '\xff'); }
    double fraction() override { return 0.5; }
};

TEST(IdsTest, carries_version_variant_and_time) {
    FixedRandom random;
    const UnixTime now{std::chrono::milliseconds(0x0190'1234'5678)};
    const std::string text = new_uuid(now, random).text();
    EXPECT_EQ(text.substr(0, 15), "01901234-5678-7");
    EXPECT_EQ(text.substr(19), "bfff-ffffffffffff");
    EXPECT_EQ(Uuid::parse(text)->text(), text);
}

TEST(IdsTest, reads_only_the_lower_case_form_with_hyphens) {
    EXPECT_TRUE(Uuid::parse("01901234-5678-7000-8000-000000000000"));
    for (const char* bad : {"", "01901234-5678-7000-8000-00000000000",
                            "01901234-5678-7000-8000-0000000000000", "01901234-5678-7000-8000-00000000000G",
                            "01901234-5678-7000-8000-00000000000A", "0190123405678-7000-8000-000000000000",
                            "{1901234-5678-7000-8000-000000000000", "01901234-5678-7000-8000 000000000000"})
        EXPECT_FALSE(Uuid::parse(bad)) << bad;
    EXPECT_TRUE(Uuid{}.is_nil());
}

TEST(IdsTest, increases_strictly_even_when_the_clock_stands_or_jumps_back) {
    const auto random = make_system_random();
    UnixTime now{std::chrono::milliseconds(1'900'000'000'000)};
    Uuid last = new_uuid(now, *random);
    for (int i = 0; i < 10'000; ++i) {
        if (i == 5000) now -= 1h;
        const Uuid next = new_uuid(now, *random);
        ASSERT_LT(last, next);
        last = next;
    }
}

TEST(IdsTest, never_repeats_across_threads) {
    const auto random = make_system_random();
    std::vector<std::vector<Uuid>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made)
        threads.emplace_back([&] {
            for (int i = 0; i < 5000; ++i) mine.push_back(new_uuid(UnixTime{1h}, *random));
        });
    for (auto& thread : threads) thread.join();
    std::set<Uuid> all;
    for (const auto& mine : made) all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), 20'000U);
}

TEST(RandomTest, draws_any_number_of_different_bytes) {
    const auto random = make_system_random();
    for (const std::size_t count : {0U, 1U, 16U, 64U, 65U, 5000U})
        EXPECT_EQ(random->bytes(count).size(), count);
    std::set<std::string> seen;
    for (int i = 0; i < 2000; ++i) seen.insert(random->bytes(16));
    EXPECT_EQ(seen.size(), 2000U);
}

TEST(RandomTest, fractions_fill_the_unit_interval) {
    const auto random = make_system_random();
    double low = 1, high = 0, sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double value = random->fraction();
        low = std::min(low, value);
        high = std::max(high, value);
        sum += value;
    }
    EXPECT_GE(low, 0.0);
    EXPECT_LT(high, 1.0);
    EXPECT_LT(low, 0.01);
    EXPECT_GT(high, 0.99);
    EXPECT_NEAR(sum / 10'000, 0.5, 0.05);
}

TEST(ClockTest, is_after_this_was_written) {
    EXPECT_GT(make_system_clock()->now(), UnixTime{std::chrono::milliseconds(1'700'000'000'000)});
}

}  // namespace
}  // namespace tenon
