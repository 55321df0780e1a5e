#include "multiple_of.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tenon::form {
namespace {

bool divides(std::string_view divisor, std::string_view value) {
    return is_multiple_of(*Decimal::parse(value), *Decimal::parse(divisor));
}

TEST(MultipleOfTest, is_exact_at_any_size) {
    EXPECT_TRUE(divides("0.01", "19.99"));
    EXPECT_FALSE(divides("0.02", "19.99"));
    EXPECT_TRUE(divides("0.1", "-0.3"));
    EXPECT_TRUE(divides("7", "0"));
    EXPECT_TRUE(divides("1e-320", "1e308"));
    EXPECT_FALSE(divides("3e-320", "1e308"));
    EXPECT_TRUE(divides("12345678901234567890.5", "24691357802469135781"));
    EXPECT_FALSE(divides("12345678901234567890.5", "24691357802469135782"));
    EXPECT_FALSE(divides("1e308", "1"));
}

TEST(MultipleOfTest, products_are_multiples_and_their_neighbours_are_not) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 20'000; ++i) {
        const unsigned __int128 a = (static_cast<unsigned __int128>(random()) << 20) + random();
        const std::uint64_t b = 2 + random() % 1'000'000'000'000;
        const auto text = [](unsigned __int128 n) {
            std::string out;
            for (; n > 0; n /= 10) out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(n % 10)));
            return out;
        };
        const unsigned __int128 product = a * b;
        if (product / b != a) continue;
        const std::string shift = "e" + std::to_string(static_cast<int>(random() % 40) - 20);
        EXPECT_TRUE(divides(text(b) + shift, text(product) + shift));
        EXPECT_FALSE(divides(text(b) + shift, text(product + 1) + shift));
    }
}

}  // namespace
}  // namespace tenon::form
