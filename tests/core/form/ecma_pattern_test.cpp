#include "ecma_pattern.hpp"

#include <gtest/gtest.h>

namespace tenon::form {
namespace {

bool found(std::string_view pattern, std::string_view text) {
    const Result<Pattern> compiled = compile_ecma_pattern(pattern);
    EXPECT_TRUE(compiled) << pattern;
    return compiled && compiled->is_found_in(text);
}

TEST(EcmaPatternTest, translates_what_ecma_spells_otherwise) {
    EXPECT_TRUE(found("^\\u0041\\x42\\cJ\\0$", std::string_view("AB\n\0", 4)));
    EXPECT_TRUE(found("^\\ud83d\\ude00\\u{1F600}$", "😀😀"));
    EXPECT_TRUE(found("^a\\/b\\-c$", "a/b-c"));
    EXPECT_TRUE(found("^\\s+$", "\t\v\u00A0\u2003\uFEFF\u2028"));
    EXPECT_FALSE(found("\\S", "\t\v\u00A0\u2003\uFEFF\u2028"));
    EXPECT_TRUE(found("^[\\s\\S]+$", "a\n\u2028"));
    EXPECT_TRUE(found("^[^\\s]$", "a"));
    EXPECT_FALSE(found(".", "\n\r\u2028\u2029"));
    EXPECT_TRUE(found("^.$", "\v"));
    EXPECT_TRUE(found("^[^]$", "\n"));
    EXPECT_FALSE(found("[]", "a"));
    EXPECT_TRUE(found("^[[:a]+$", "[:a"));
    EXPECT_TRUE(found("^[\\b]$", "\b"));
    EXPECT_TRUE(found("^{a}{2}{b$", "{a}}{b"));
    EXPECT_TRUE(found("^a{2}b{1,}c{0,2}$", "aabc"));
    EXPECT_TRUE(found("^(?<year>\\d{4})(?:-)\\d$", "2026-1"));
    EXPECT_FALSE(found("^\\d$", "২"));
    EXPECT_FALSE(found("^\\w$", "é"));
    EXPECT_FALSE(found("a$", "a\n"));
}

TEST(EcmaPatternTest, knows_letters_and_digits_of_unicode) {
    for (const char* letter : {"a", "Z", "é", "ß", "中", "한", "α", "𝒜", "ª"})
        EXPECT_TRUE(found("^\\p{L}$", letter)) << letter;
    for (const char* other : {"1", "_", " ", "😀", "\u0301"})
        EXPECT_FALSE(found("^\\p{Letter}$", other)) << other;
    EXPECT_TRUE(found("^\\P{L}$", "1"));
    EXPECT_TRUE(found("^[\\p{L}\\d]+$", "é1"));
    EXPECT_TRUE(found("^\\p{Nd}\\p{digit}$", "7২"));
    EXPECT_FALSE(found("\\p{gc=Nd}", "½a"));
}

TEST(EcmaPatternTest, refuses_the_rest) {
    for (const char* bad : {"(?=a)",
                            "(?!a)",
                            "(?<=a)",
                            "(?<!a)",
                            "(a)\\1",
                            "(?<n>a)\\k<n>",
                            "\\p{Script=Greek}",
                            "\\p{L",
                            "\\pL",
                            "\\A",
                            "\\z",
                            "\\Z",
                            "\\a",
                            "\\c1",
                            "\\u12",
                            "\\ud800\\u0041",
                            "\\x4",
                            "\\01",
                            "(?i)a",
                            "(?i:a)",
                            "(",
                            ")",
                            "[",
                            "a**",
                            "*",
                            "\\",
                            "[\\B]",
                            "(?<>a)"})
        EXPECT_EQ(compile_ecma_pattern(bad).error().code, Errc::pattern_unsupported) << bad;
    EXPECT_TRUE(compile_ecma_pattern(std::string(2000, '.')));
    EXPECT_FALSE(compile_ecma_pattern(std::string(2001, '.')));
}

TEST(EcmaPatternTest, tells_a_pattern_that_it_cannot_run_from_none) {
    for (const char* good : {"(?=a)b", "(?<!a)", "(a)\\1", "(?<n>a)\\k<n>", "\\p{Script=Greek}", "^a$"})
        EXPECT_TRUE(is_ecma_pattern(good)) << good;
    for (const char* bad : {"^(abc]", "(?=a", "[", "a**", "\\"}) EXPECT_FALSE(is_ecma_pattern(bad)) << bad;
}

}  // namespace
}  // namespace tenon::form
