#include "tenon/base/text.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "exact_copy.hpp"

namespace tenon::text {
namespace {

using tenon::testing::ExactCopy;

std::string character(char32_t c) {
    std::string out;
    append(out, c);
    return out;
}

TEST(TextTest, every_character_encodes_and_decodes) {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const ExactCopy encoded(character(c));
        ASSERT_TRUE(is_utf8(encoded.view()));
        std::size_t at = 0;
        ASSERT_EQ(next(encoded.view(), at), c);
        ASSERT_EQ(at, encoded.view().size());
        ASSERT_EQ(length(encoded.view()), 1U);
    }
}

TEST(TextTest, refuses_what_is_not_utf8_at_every_distance_from_the_end) {
    for (const std::string_view bad :
         {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xC3\x28", "\xE0\x9F\xBF", "\xE2\x82", "\xE2\x28\xA1",
          "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xFE", "\xFF"})
        for (std::size_t before = 0; before < 10; ++before)
            for (std::size_t behind = 0; behind < 10; ++behind)
                EXPECT_FALSE(
                    is_utf8(ExactCopy(std::string(before, 'a') + std::string(bad) + std::string(behind, 'b'))
                                .view()));
    EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
    EXPECT_TRUE(is_utf8(""));
}

TEST(TextTest, counts_and_cuts_characters) {
    EXPECT_EQ(length("aé€😀"), 4U);
    EXPECT_EQ(first("aé€😀", 3), "aé€");
    EXPECT_EQ(first("aé€😀", 4), "aé€😀");
    EXPECT_EQ(first("aé€😀", 9), "aé€😀");
    EXPECT_EQ(first("aé", 0), "");
    EXPECT_EQ(first("", 5), "");
}

TEST(TextTest, white_space_is_that_of_unicode_and_two_more) {
    const char32_t spaces[] = {0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x20,   0x85,   0xA0,   0x1680,
                               0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
                               0x2009, 0x200A, 0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF};
    std::size_t found = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) found += is_space(c) ? 1 : 0;
    EXPECT_EQ(found, std::size(spaces));
    for (const char32_t c : spaces) EXPECT_TRUE(is_space(c)) << static_cast<std::uint32_t>(c);
}

TEST(TextTest, trims_and_collapses) {
    EXPECT_EQ(trim(ExactCopy(" \t\u00A0a b\u3000\uFEFF").view()), "a b");
    EXPECT_EQ(trim(ExactCopy("\u200B \n").view()), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("é"), "é");
    EXPECT_EQ(collapse_space(" a \t\u2003b\n\nc "), "a b c");
    EXPECT_EQ(collapse_space("  "), "");
    EXPECT_TRUE(is_blank(""));
    EXPECT_TRUE(is_blank("\u2003\uFEFF "));
    EXPECT_FALSE(is_blank(" . "));
}

TEST(TextTest, maps_case_character_by_character) {
    EXPECT_EQ(uppercase("straße ǆ ﬁ éα😀"), "STRAßE Ǆ ﬁ ÉΑ😀");
    EXPECT_EQ(lowercase("ΟΔΟΣ İ ÀZ K"), "οδοσ i àz k");
    EXPECT_EQ(lower_ascii("AZÀ[`{"), "azÀ[`{");
    EXPECT_TRUE(equal_ignoring_case("Content-Type", "content-TYPE"));
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
    EXPECT_FALSE(equal_ignoring_case("[", "{"));
    EXPECT_FALSE(equal_ignoring_case("é", "É"));
}

TEST(TextTest, the_case_table_is_the_data_file) {
    std::ifstream file(TENON_SOURCE_DIR "/core/src/base/casemap.json");
    const nlohmann::json cases = nlohmann::json::parse(file);
    for (const bool upper : {true, false}) {
        std::map<char32_t, char32_t> pairs;
        const nlohmann::json& table = cases[upper ? "uppercase" : "lowercase"];
        for (const nlohmann::json& run : table["runs"])
            for (int c = run[0]; c <= run[1].get<int>(); c += run[2].get<int>())
                pairs[static_cast<char32_t>(c)] = static_cast<char32_t>(c + run[3].get<int>());
        ASSERT_EQ(pairs.size(), table["pairs"].get<std::size_t>());
        for (char32_t c = 0; c <= 0x10FFFF; ++c) {
            if (c >= 0xD800 && c <= 0xDFFF) continue;
            const auto pair = pairs.find(c);
            const std::string expected = character(pair == pairs.end() ? c : pair->second);
            ASSERT_EQ(upper ? uppercase(character(c)) : lowercase(character(c)), expected)
                << static_cast<std::uint32_t>(c);
        }
    }
}

}  // namespace
}  // namespace tenon::text
