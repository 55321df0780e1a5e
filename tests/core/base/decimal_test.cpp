#include "tenon/base/decimal.hpp"

#include <gtest/gtest.h>

#include "exact_copy.hpp"

namespace tenon {
namespace {

using testing::ExactCopy;

Decimal number(std::string_view text) {
    const ExactCopy copy(text);
    const Result<Decimal> value = Decimal::parse(copy.view());
    EXPECT_TRUE(value) << text;
    return value ? *value : Decimal();
}

std::string plain(const Result<Decimal>& value) {
    return value ? value->plain() : std::string(id_of(value.error().code));
}

std::string parsed(std::string_view text) { return plain(Decimal::parse(ExactCopy(text).view())); }
std::string token(std::string_view text) { return plain(Decimal::parse_json(ExactCopy(text).view())); }

TEST(DecimalTest, keeps_the_scale_of_a_text_and_not_that_of_a_token) {
    EXPECT_EQ(parsed("50.00"), "50.00");
    EXPECT_EQ(token("50.00"), "50");
    EXPECT_EQ(parsed("-0.050"), "-0.050");
    EXPECT_EQ(token("-0.050"), "-0.05");
    EXPECT_EQ(parsed("1.50e1"), "15.0");
    EXPECT_EQ(parsed("150e-2"), "1.50");
    EXPECT_EQ(token("1500e-4"), "0.15");
    EXPECT_EQ(parsed("1e5"), "100000");
    EXPECT_EQ(parsed("0.00"), "0.00");
    EXPECT_EQ(parsed("-0.00"), "0.00");
    EXPECT_EQ(parsed("007.5"), "7.5");
    EXPECT_EQ(parsed(".5"), "0.5");
    EXPECT_EQ(parsed("123456789012345678901234567890.120"), "123456789012345678901234567890.120");
    EXPECT_EQ(token("123456789012345678901234567890.120"), "123456789012345678901234567890.12");
}

TEST(DecimalTest, refuses_another_grammar) {
    for (const std::string_view bad : {"", "-", "+1", "1.", ".", "1e", "1e+", "e5", "1,5", " 1", "1 ", "0x1",
                                       "1..2", "--1", "1e5.5", "Infinity", "NaN", "1_000", "१"})
        EXPECT_EQ(parsed(bad), "invalid_number") << bad;
}

TEST(DecimalTest, has_a_hundred_significant_digits_and_not_one_more) {
    const std::string hundred(100, '7');
    EXPECT_EQ(parsed(hundred), hundred);
    EXPECT_EQ(parsed(hundred + "7"), "number_out_of_range");
    EXPECT_EQ(parsed("000" + hundred + "000"), hundred + "000") << "zeros at the ends do not count";
    EXPECT_EQ(parsed("0." + hundred + "00"), "0." + hundred + "00");
    EXPECT_EQ(parsed("0." + hundred + "7"), "number_out_of_range");
}

TEST(DecimalTest, has_a_leading_digit_between_e_minus_324_and_e_308) {
    EXPECT_EQ(parsed("1e308"), "1" + std::string(308, '0'));
    EXPECT_EQ(parsed("1e309"), "number_out_of_range");
    EXPECT_EQ(parsed("0.001e311"), "1" + std::string(308, '0'));
    EXPECT_EQ(parsed("1e-324"), "0." + std::string(323, '0') + "1");
    EXPECT_EQ(parsed("1e-325"), "number_out_of_range");
    EXPECT_EQ(parsed("-1e-325"), "number_out_of_range");
    EXPECT_EQ(parsed("1e99999999999999999999999"), "number_out_of_range");
    EXPECT_EQ(parsed("1e-99999999999999999999999"), "number_out_of_range");
}

TEST(DecimalTest, has_a_finite_nearest_double) {
    EXPECT_EQ(number("1.7976931348623157e308").canonical(), "1.7976931348623157e+308");
    EXPECT_EQ(number("1.7976931348623158e308").canonical(), "1.7976931348623157e+308");
    EXPECT_EQ(parsed("1.7976931348623159e308"), "number_out_of_range");
    EXPECT_EQ(parsed("-1.7976931348623159e308"), "number_out_of_range");
    // The first 100 digits of the half-way point lie below it, one more in the last place above it.
    const std::string edge =
        "1.797693134862315807937289714053034150799341327100378269361737789804449682927647509466"
        "490179775872070";
    EXPECT_EQ(number(edge + "e308").canonical(), "1.7976931348623157e+308");
    EXPECT_EQ(parsed(edge.substr(0, edge.size() - 1) + "1e308"), "number_out_of_range");
}

TEST(DecimalTest, has_four_hundred_fraction_digits_and_not_one_more) {
    EXPECT_EQ(parsed("1." + std::string(400, '0')), "1." + std::string(400, '0'));
    EXPECT_EQ(parsed("1." + std::string(401, '0')), "number_out_of_range");
    EXPECT_EQ(token("1." + std::string(401, '0')), "1") << "a token's zeros go before anything is counted";
    EXPECT_EQ(parsed("0." + std::string(401, '0')), "number_out_of_range");
    EXPECT_EQ(parsed("0e-401"), "number_out_of_range");
    EXPECT_EQ(parsed("0e400"), "0");
    EXPECT_EQ(token("0e-401"), "0");
    EXPECT_EQ(parsed("1" + std::string(80, '2') + "e-400"),
              "0." + std::string(319, '0') + "1" + std::string(80, '2'));
    EXPECT_EQ(parsed("1" + std::string(80, '2') + "e-401"), "number_out_of_range");
}

TEST(DecimalTest, writes_the_canonical_text_of_ecmascript) {
    const char* pairs[][2] = {{"0", "0"},
                              {"-0", "0"},
                              {"0.000", "0"},
                              {"1.50", "1.5"},
                              {"-1.50", "-1.5"},
                              {"100", "100"},
                              {"1e20", "100000000000000000000"},
                              {"123456789012345678901", "123456789012345680000"},
                              {"1e21", "1e+21"},
                              {"1.5e21", "1.5e+21"},
                              {"0.000001", "0.000001"},
                              {"0.0000001", "1e-7"},
                              {"0.00000015", "1.5e-7"},
                              {"5e-324", "5e-324"},
                              {"4.9e-324", "5e-324"},
                              {"3e-324", "5e-324"},
                              {"2.4703282292062327e-324", "0"},
                              {"2.4703282292062328e-324", "5e-324"},
                              {"-1e-324", "0"},
                              {"1e-323", "1e-323"},
                              {"2.2250738585072014e-308", "2.2250738585072014e-308"},
                              {"2.225073858507201e-308", "2.225073858507201e-308"},
                              {"9007199254740991", "9007199254740991"},
                              {"9007199254740992", "9007199254740992"},
                              {"9007199254740993", "9007199254740992"},
                              {"9007199254740994", "9007199254740994"},
                              {"9007199254740995", "9007199254740996"},
                              {"9007199254740993.00000000001", "9007199254740994"},
                              {"0.30000000000000004", "0.30000000000000004"},
                              {"0.1000000000000000055511151231257827", "0.1"},
                              {"333333333.33333329", "333333333.3333333"},
                              {"1e23", "1e+23"},
                              {"9.999999999999999e22", "1e+23"},
                              {"9.999999999999997e22", "9.999999999999997e+22"},
                              {"295147905179352830000", "295147905179352830000"},
                              {"999999999999999900000", "999999999999999900000"},
                              {"18446744073709551616", "18446744073709552000"},
                              {"9223372036854775807", "9223372036854776000"}};
    for (const auto& pair : pairs) EXPECT_EQ(number(pair[0]).canonical(), pair[1]) << pair[0];
}

TEST(DecimalTest, knows_what_a_double_cannot_hold_and_never_writes_it_as_one) {
    for (const char* exact : {"0", "0.1", "19.99", "9007199254740992", "9007199254740994", "123456789012345",
                              "1e300", "0.30000000000000004", "5e-324", "1e23"})
        EXPECT_FALSE(number(exact).is_inexact()) << exact;
    for (const char* inexact : {"9007199254740993", "12345678901234567890", "0.1234567890123456789", "1e-324",
                                "4e-324", "0.300000000000000041"})
        EXPECT_TRUE(number(inexact).is_inexact()) << inexact;
    std::string text;
    number("12345678901234567890").append_text(text);
    number("-0.12345678901234567890").append_text(text);
    number("1e21").append_text(text);
    EXPECT_EQ(text, "12345678901234567890-0.12345678901234567891e+21");
    EXPECT_EQ(number("12345678901234567890.50").plain_shortest(), "12345678901234567890.5");
    EXPECT_EQ(number("0.00").plain_shortest(), "0");
    EXPECT_EQ(number("100").plain_shortest(), "100");
    EXPECT_EQ(number("12345678901234567890").nearest_double().plain(), "12345678901234567000");
    EXPECT_EQ(number("1e-324").nearest_double().plain(), "0");
    EXPECT_EQ(number("-9007199254740993").nearest_double().plain(), "-9007199254740992");
    EXPECT_EQ(number("1.50").nearest_double().plain(), "1.50");
}

TEST(DecimalTest, rounds_in_every_mode) {
    struct Row {
        const char* text;
        int digits;
        const char* expected[6];  // half_up half_even up down floor ceiling
    };
    const Row rows[] = {
        {"2.5", 0, {"3", "2", "3", "2", "2", "3"}},
        {"-2.5", 0, {"-3", "-2", "-3", "-2", "-3", "-2"}},
        {"3.5", 0, {"4", "4", "4", "3", "3", "4"}},
        {"2.51", 0, {"3", "3", "3", "2", "2", "3"}},
        {"2.49", 0, {"2", "2", "3", "2", "2", "3"}},
        {"0.05", 1, {"0.1", "0.0", "0.1", "0.0", "0.0", "0.1"}},
        {"0.04", 0, {"0", "0", "1", "0", "0", "1"}},
        {"-0.04", 0, {"0", "0", "-1", "0", "-1", "0"}},
        {"0.5", 0, {"1", "0", "1", "0", "0", "1"}},
        {"9.995", 2, {"10.00", "10.00", "10.00", "9.99", "9.99", "10.00"}},
        {"1.0", 0, {"1", "1", "1", "1", "1", "1"}},
        {"7", 2, {"7.00", "7.00", "7.00", "7.00", "7.00", "7.00"}},
        {"0", 2, {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00"}},
        {"99999999999999999999.5",
         0,
         {"100000000000000000000", "100000000000000000000", "100000000000000000000", "99999999999999999999",
          "99999999999999999999", "100000000000000000000"}},
    };
    for (const Row& row : rows)
        for (int mode = 0; mode < 6; ++mode)
            EXPECT_EQ(plain(number(row.text).rounded(row.digits, static_cast<Rounding>(mode))),
                      row.expected[mode])
                << row.text << " " << mode;
    EXPECT_EQ(plain(number("1").rounded(401, Rounding::half_up)), "number_out_of_range");
}

TEST(DecimalTest, scales_exactly) {
    EXPECT_EQ(plain(number("19.99").scaled(2)), "1999");
    EXPECT_EQ(plain(number("19.99").scaled(3)), "19990");
    EXPECT_EQ(plain(number("1999").scaled(-2)), "19.99");
    EXPECT_EQ(plain(number("5").scaled(-20)), "0.00000000000000000005");
    EXPECT_EQ(plain(number("0").scaled(5)), "0");
    EXPECT_EQ(plain(number("9e300").scaled(20)), "number_out_of_range");
    EXPECT_EQ(plain(number("1e-310").scaled(-20)), "number_out_of_range");
}

TEST(DecimalTest, compares_by_value) {
    const char* ascending[] = {"-1e300",
                               "-12345678901234567890",
                               "-2",
                               "-1.5",
                               "-0.001",
                               "0",
                               "1e-320",
                               "0.001",
                               "0.1",
                               "0.10000000000000000001",
                               "1",
                               "1.5",
                               "2",
                               "10",
                               "12345678901234567890",
                               "12345678901234567890.1",
                               "1e300"};
    for (std::size_t i = 0; i < std::size(ascending); ++i)
        for (std::size_t j = 0; j < std::size(ascending); ++j)
            EXPECT_EQ(number(ascending[i]).compare(number(ascending[j])), i <=> j)
                << ascending[i] << " " << ascending[j];
    EXPECT_EQ(number("1.0"), number("1"));
    EXPECT_EQ(number("-0.0"), number("0"));
    EXPECT_EQ(number("100"), number("1e2"));
    EXPECT_EQ(number("12345678901234567890.00"), number("1234567890123456789e1"));
}

TEST(DecimalTest, converts_whole_numbers) {
    EXPECT_EQ(Decimal(INT64_MIN).plain(), "-9223372036854775808");
    EXPECT_EQ(Decimal(INT64_MAX).plain(), "9223372036854775807");
    EXPECT_EQ(Decimal(999999999999999999).plain(), "999999999999999999");
    EXPECT_EQ(Decimal(1000000000000000000).plain(), "1000000000000000000");
    for (const std::int64_t value : {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-1}})
        EXPECT_EQ(Decimal(value).to_int64(), value);
    EXPECT_EQ(number("12.00").to_int64(), 12);
    EXPECT_EQ(number("1.2e1").to_int64(), 12);
    EXPECT_EQ(number("0.00").to_int64(), 0);
    for (const char* none : {"1.5", "9223372036854775808", "-9223372036854775809", "1e300", "0.1"})
        EXPECT_EQ(number(none).to_int64(), std::nullopt) << none;
    EXPECT_TRUE(number("12345678901234567890.000").is_whole());
    EXPECT_TRUE(number("0.000").is_whole());
    EXPECT_FALSE(number("0.001").is_whole());
    EXPECT_EQ(number("1.5").negated().plain(), "-1.5");
    EXPECT_FALSE(number("0").negated().is_negative());
}

}  // namespace
}  // namespace tenon
