#include "tenon/mapping/number_text.hpp"

#include <gtest/gtest.h>

namespace tenon::mapping {
namespace {

std::string read(std::string_view text, NumberReading reading = {}) {
    const auto number = read_number(text, reading);
    return number ? number->plain() : std::string(id_of(number.error()));
}

TEST(NumberTextTest, reads_what_people_write) {
    EXPECT_EQ(read("$50.00"), "50.00");
    EXPECT_EQ(read("  -7.25 "), "-7.25");
    EXPECT_EQ(read("(1,234.56)"), "-1234.56");
    EXPECT_EQ(read("1'234"), "1234");
    EXPECT_EQ(read("1\u2019234\u2019567.5"), "1234567.5");
    EXPECT_EQ(read("1\u00a0234"), "1234");
    EXPECT_EQ(read("12,34,567"), "1234567");
    EXPECT_EQ(read("1,00,000.5"), "100000.5");
    EXPECT_EQ(read("US$ 5"), "5");
    EXPECT_EQ(read("$ -5"), "-5");
    EXPECT_EQ(read("\u22125"), "-5");
    EXPECT_EQ(read("\uff08\uff17\uff09"), "-7");
    EXPECT_EQ(read("\uffe5\uff15"), "5");
    EXPECT_EQ(read("5 eur"), "5");
    EXPECT_EQ(read("5EUR"), "5");
    EXPECT_EQ(read(".5e3"), "500");
    EXPECT_EQ(read("5."), "5");
    EXPECT_EQ(read("-0"), "0");
}

TEST(NumberTextTest, refuses_everything_else) {
    for (const char* text :
         {"",   " ",     "-",    "+-5",  "5-",     "--5",   "(5",        "5)",    "(-5)", "1e",
          "e5", "1_000", "0x10", "5 kr", "1 2",    "1.2.3", "1234,567,", "12,34", "NaN",  "EURO 5",
          "$",  "%",     "$5%",  "$1e2", "\u0663", "1,2,3", ".",         "()"})
        EXPECT_TRUE(read(text) == "invalid_number" || read(text) == "ambiguous_number") << text << read(text);
    EXPECT_EQ(read("0,123"), "ambiguous_number");
    EXPECT_EQ(read("1,23"), "ambiguous_number");
    EXPECT_EQ(read("1,234,56"), "invalid_number");
    EXPECT_EQ(read("1,23,456,78"), "invalid_number");
    EXPECT_EQ(read("1,234,56,789"), "invalid_number") << "western and Indian groups mixed";
}

TEST(NumberTextTest, the_decimal_mark_decides) {
    const NumberReading comma{DecimalMark::comma, PercentSign::refuse, {}};
    EXPECT_EQ(read("1.234,5", comma), "1234.5");
    EXPECT_EQ(read("1.234", comma), "1234");
    EXPECT_EQ(read("12.34", comma), "ambiguous_number");
    EXPECT_EQ(read("1.00.000", comma), "invalid_number");
    const NumberReading automatic{DecimalMark::automatic, PercentSign::refuse, {}};
    EXPECT_EQ(read("1,234", automatic), "ambiguous_number");
    EXPECT_EQ(read("1,23", automatic), "1.23");
    EXPECT_EQ(read("1.234.567", automatic), "1234567");
    EXPECT_EQ(read("1234", automatic), "1234");
    EXPECT_EQ(read("x", automatic), "invalid_number");
    EXPECT_EQ(read("5%", automatic), "ambiguous_percent");
}

TEST(NumberTextTest, a_percent_sign_needs_a_setting) {
    EXPECT_EQ(read("50%"), "ambiguous_percent");
    EXPECT_EQ(read("12.50%", {DecimalMark::dot, PercentSign::fraction, {}}), "0.1250");
    EXPECT_EQ(read("1e2%", {DecimalMark::dot, PercentSign::fraction, {}}), "1");
    EXPECT_EQ(read("(5 %)", {DecimalMark::dot, PercentSign::number, {}}), "-5");
}

TEST(NumberTextTest, only_currency_codes_are_compared) {
    const NumberReading euro{DecimalMark::dot, PercentSign::refuse, "EUR"};
    EXPECT_EQ(read("5 eur", euro), "5");
    EXPECT_EQ(read("$5", euro), "5");
    EXPECT_EQ(read("5 USD", euro), "currency_mismatch");
    EXPECT_EQ(read("EUR 5 USD", euro), "currency_mismatch");
}

TEST(NumberTextTest, numbers_beyond_the_limits_are_out_of_range) {
    EXPECT_EQ(read(std::string(100, '9')).size(), 100U);
    EXPECT_EQ(read(std::string(101, '9')), "number_out_of_range");
    EXPECT_EQ(read("1e308").size(), 309U);
    EXPECT_EQ(read("1e309"), "number_out_of_range");
    EXPECT_EQ(read("1e-325"), "number_out_of_range");
    EXPECT_EQ(read("1e99999999999999999999"), "number_out_of_range");
}

TEST(NumberTextTest, folds_width_minus_and_white_space) {
    EXPECT_EQ(fold("\u3000\uff21\u00a0\u2003b\u2212\uffe1\ufeff"), "A b-\u00a3");
    EXPECT_EQ(fold(""), "");
}

}  // namespace
}  // namespace tenon::mapping
