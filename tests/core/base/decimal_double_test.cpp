// The conversion to the nearest double and back, against the standard library's.
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>

#include "tenon/base/decimal.hpp"

namespace tenon {
namespace {

double from_bits(std::uint64_t bits) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

std::string shortest(double value) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    return {buffer, end.ptr};
}

/// Values of every size, with plenty of ordinary ones, powers of two and subnormal ones.
double random_double(std::mt19937_64& random) {
    std::uint64_t bits = random();
    switch (random() % 6) {
        case 0:
            bits = (bits & 0x800FFFFFFFFFFFFFULL) | (1023 - 60 + random() % 120) << 52;
            break;
        case 1:
            bits &= 0x800FFFFFFFFFFFFFULL;
            break;
        case 2:
            bits &= 0xFFF0000000000000ULL;
            break;
        default:
            break;
    }
    return from_bits(bits);
}

TEST(DecimalDoubleTest, every_double_reads_and_writes_as_its_shortest_text) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 25'000; ++i) {
        const double value = random_double(random);
        if (!std::isfinite(value)) continue;
        const std::string text = shortest(value);
        const Result<Decimal> number = Decimal::parse(text);
        ASSERT_TRUE(number) << text;
        EXPECT_FALSE(number->is_inexact()) << text;
        EXPECT_EQ(Decimal::parse(number->canonical()), number) << text;
    }
}

TEST(DecimalDoubleTest, longer_decimals_go_to_the_double_that_strtod_finds) {
    std::mt19937_64 random(2);
    for (int i = 0; i < 25'000; ++i) {
        double value = random_double(random);
        if (!std::isfinite(value)) continue;
        char text[128];
        // 16 to 90 digits; a third of them from half-way points between two doubles.
        const int digits = 15 + static_cast<int>(random() % 75);
        if (i % 3 == 0) {
            const long double half = (static_cast<long double>(value) + std::nextafter(value, 0.0)) / 2;
            std::snprintf(text, sizeof text, "%.*Le", digits, half);
        } else {
            std::snprintf(text, sizeof text, "%.*e", digits, value);
        }
        const Result<Decimal> number = Decimal::parse_json(text);
        if (!number) continue;  // more than 400 fraction digits
        const double expected = std::strtod(text, nullptr);
        const Result<Decimal> canonical = Decimal::parse(shortest(expected));
        ASSERT_TRUE(canonical);
        EXPECT_EQ(number->nearest_double(), *canonical) << text;
    }
}

TEST(DecimalDoubleTest, all_short_decimals_are_exact) {
    std::mt19937_64 random(3);
    for (int i = 0; i < 25'000; ++i) {
        const std::string text = std::to_string(random() % 1'000'000'000'000'000) + "e" +
                                 std::to_string(static_cast<int>(random() % 600) - 310);
        const Result<Decimal> number = Decimal::parse_json(text);
        if (!number) continue;
        const Result<Decimal> canonical = Decimal::parse(shortest(std::strtod(text.c_str(), nullptr)));
        EXPECT_EQ(number->is_inexact(), !(*number == *canonical)) << text;
        EXPECT_EQ(number->nearest_double(), *canonical) << text;
    }
}

}  // namespace
}  // namespace tenon
