#include "tenon/base/pattern.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "exact_copy.hpp"

namespace tenon {
namespace {

using testing::ExactCopy;

bool compiles(std::string_view pattern) { return Pattern::compile(ExactCopy(pattern).view()).has_value(); }

bool found(std::string_view pattern, std::string_view text) {
    const Result<Pattern> compiled = Pattern::compile(pattern);
    EXPECT_TRUE(compiled) << pattern;
    return compiled && compiled->is_found_in(ExactCopy(text).view());
}

std::string replaced(std::string_view pattern, std::string_view text, std::string_view with) {
    const Result<Pattern> compiled = Pattern::compile(pattern);
    EXPECT_TRUE(compiled) << pattern;
    return compiled ? compiled->replace_all(ExactCopy(text).view(), ExactCopy(with).view()) : "";
}

std::string nested(std::size_t depth, std::string_view open) {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) out += open;
    return out + "a" + std::string(depth, ')');
}

TEST(PatternTest, refuses_everything_outside_the_syntax) {
    for (const std::string_view bad :
         {"(",       ")",           "a)",     "[a",      "[",         "[]",       "[^]",     "[^]a",
          "(?<n>a)", "(?P<n>a)",    "(?=a)",  "(?!a)",   "(?<=a)",    "(?>a)",    "(?i:a)",  "(?m)a",
          "a(?i)b",  "(?i)(?i)a",   "(?-i)a", "\\p{L}",  "\\pL",      "\\",       "\\q",     "\\1",
          "\\0",     "\\a",         "\\Q",    "\\C",     "\\Z",       "\\u0041",  "\\x4",    "\\xg0",
          "\\x{}",   "\\x{110000}", "\\x{41", "\\ ",     "\\é",       "[b-a]",    "[a-\\d]", "[\\b]",
          "[\\A]",   "[[:alpha:]]", "[\\q]",  "[a\\",    "*",         "+a",       "?",       "|*",
          "(*a)",    "^*",          "$+",     "\\b?",    "\\A{2}",    "a**",      "a+*",     "a*??",
          "a{2}{3}", "a{2}*",       "a{2,1}", "a{1001}", "a{0,1001}", "a{1001,}", "a{",      "a{2",
          "a{,2}",   "a{x}",        "a{-1}",  "a{01}",   "{",         "a{}",      "\xFF",    "a\xC3"})
        EXPECT_FALSE(compiles(bad)) << bad;
}

TEST(PatternTest, accepts_everything_inside_it) {
    for (const std::string_view good : {"",
                                        "|",
                                        "()",
                                        "(?:)",
                                        "a||b",
                                        "]",
                                        "}",
                                        "a}",
                                        "[]a]",
                                        "[^]a]",
                                        "[a-]",
                                        "[-a]",
                                        "[a-b-c]",
                                        "[\\]\\-\\\\]",
                                        "[\\d-z]",
                                        "[.*+?(){}|^$]",
                                        "\\!\\/\\_\\~\\-",
                                        "a{0}",
                                        "a{1000}",
                                        "a{0,1000}?",
                                        "a*?b+?c??d{2}?",
                                        "\\x{10FFFF}",
                                        "\\x00",
                                        "(?i)",
                                        "(?i)^a",
                                        "(^)*",
                                        "(?:\\b)+",
                                        "\\t\\n\\r\\f\\v",
                                        "[\\t\\x41-\\x{5A}]",
                                        "[[a]",
                                        "é😀[é-😀]"})
        EXPECT_TRUE(compiles(good)) << good;
}

TEST(PatternTest, holds_its_limits) {
    EXPECT_TRUE(compiles(std::string(500, 'a')));
    EXPECT_FALSE(compiles(std::string(501, 'a')));
    std::string characters;
    for (int i = 0; i < 500; ++i) characters += "é";
    EXPECT_TRUE(compiles(characters)) << "characters, not bytes";
    EXPECT_TRUE(compiles("(a{100}){100}"));
    EXPECT_FALSE(compiles("(a{100}){101}"));
    EXPECT_TRUE(compiles("((a{10}){10,}b){0,100}"));
    EXPECT_FALSE(compiles("((a{10}){11,}b){0,100}"));
    EXPECT_FALSE(compiles("((){1000}){11}"));
    EXPECT_TRUE(compiles(nested(50, "(")));
    EXPECT_FALSE(compiles(nested(51, "(")));
    EXPECT_TRUE(compiles(nested(50, "(?:")));
    EXPECT_FALSE(compiles(nested(51, "(?:")));
    EXPECT_FALSE(compiles("(" + std::string(400, 'a') + "){1000}")) << "a program too long to be run";
    EXPECT_FALSE(compiles("((((((((a{1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000}"));
}

TEST(PatternTest, searches_anywhere_unless_anchored) {
    EXPECT_TRUE(found("b", "abc"));
    EXPECT_TRUE(found("", ""));
    EXPECT_TRUE(found("", "x"));
    EXPECT_TRUE(found("a||b", "zzz"));
    EXPECT_FALSE(found("^b", "ab"));
    EXPECT_FALSE(found("b$", "ba"));
    EXPECT_FALSE(found("^[A-Z]{3}-[0-9]+$", "ABC-12\n")) << "$ is the end of the text only";
    EXPECT_FALSE(found("^b", "a\nb"));
    EXPECT_TRUE(found("\\Aab\\z", "ab"));
    EXPECT_TRUE(found("^a|b", "xb"));
    EXPECT_TRUE(found("$", "abc"));
    EXPECT_TRUE(found("$^", ""));
    EXPECT_FALSE(found("$^", "a"));
}

TEST(PatternTest, matches_code_points) {
    EXPECT_TRUE(found("^.$", "😀"));
    EXPECT_FALSE(found("^.$", "\n"));
    EXPECT_TRUE(found("^[^a]$", "😀"));
    EXPECT_TRUE(found("^\\x{1F600}$", "😀"));
    EXPECT_TRUE(found("^[é-ü]+$", "éü"));
    EXPECT_FALSE(found("^[é-ü]+$", "è"));
    EXPECT_TRUE(found("^\\x41$", "A"));
    EXPECT_TRUE(found("^\\x00$", std::string_view("\0", 1)));
}

TEST(PatternTest, has_ascii_classes) {
    EXPECT_TRUE(found("^\\d+$", "0123456789"));
    EXPECT_FALSE(found("^\\d+$", "١٢"));
    EXPECT_FALSE(found("^\\w+$", "é"));
    EXPECT_TRUE(found("^\\w+$", "azAZ09_"));
    EXPECT_TRUE(found("^\\W\\D\\S$", "é😀-"));
    EXPECT_TRUE(found("^\\s+$", "\t\n\f\r "));
    EXPECT_FALSE(found("\\s", "\v"));
    EXPECT_FALSE(found("\\s", "a\u00A0b"));
    EXPECT_TRUE(found("^[\\d\\s]+$", "1 2"));
    EXPECT_TRUE(found("^[\\D]$", "a"));
    EXPECT_FALSE(found("[^\\D]", "a"));
    EXPECT_TRUE(found("^[a\\-z]+$", "a-z"));
    EXPECT_TRUE(found("^[]a]+$", "a]"));
}

TEST(PatternTest, has_ascii_word_boundaries) {
    EXPECT_TRUE(found("\\bcat\\b", "a cat!"));
    EXPECT_FALSE(found("\\bcat\\b", "concat"));
    EXPECT_FALSE(found("\\B", "a😀b"));
    EXPECT_TRUE(found("é\\Bé", "éé"));
    EXPECT_TRUE(found("^\\B$", ""));
}

TEST(PatternTest, folds_ascii_letters_only) {
    EXPECT_TRUE(found("(?i)^abc$", "ABC"));
    EXPECT_TRUE(found("(?i)^[a-c]+$", "AbC"));
    EXPECT_FALSE(found("(?i)[^a]", "A"));
    EXPECT_TRUE(found("(?i)^\\x41$", "a"));
    EXPECT_FALSE(found("(?i)é", "É"));
    EXPECT_FALSE(found("(?i)k", "\u212A"));
    EXPECT_FALSE(found("(?i)[@`]", "{"));
}

TEST(PatternTest, repeats) {
    EXPECT_FALSE(found("^(?:a|b){2,3}$", "abba"));
    EXPECT_TRUE(found("^(?:a|b){2,3}$", "abb"));
    EXPECT_TRUE(found("^a{2,}$", "aaaa"));
    EXPECT_FALSE(found("^a{2,}$", "a"));
    EXPECT_TRUE(found("^a{0}$", ""));
    EXPECT_FALSE(found("^a{0}$", "a"));
    EXPECT_TRUE(found("^(a?){1000}a{1000}$", std::string(1000, 'a')));
    EXPECT_FALSE(found("^(a?){1000}a{1000}$", std::string(999, 'a')));
}

TEST(PatternTest, matches_the_whole_text) {
    const Result<Pattern> pattern = Pattern::compile("a|ab");
    EXPECT_TRUE(pattern->matches_all("ab")) << "by any branch, not only the preferred one";
    EXPECT_FALSE(pattern->matches_all("abc"));
    EXPECT_FALSE(pattern->matches_all("xab"));
    EXPECT_FALSE(pattern->matches_all(""));
    EXPECT_TRUE(Pattern::compile("")->matches_all(""));
}

TEST(PatternTest, replaces_with_groups) {
    EXPECT_EQ(replaced(R"(("weight":\s*)(\d+)\s*([,}]))", R"({"weight": 12 , "x":{"weight":3}})", "$1$2.0$3"),
              R"({"weight": 12.0, "x":{"weight":3.0}})");
    EXPECT_EQ(replaced("a", "banana", "o"), "bonono");
    EXPECT_EQ(replaced("(a)(b)?", "abac", "[$1$2$3]"), "[ab][a]c");
    EXPECT_EQ(replaced("(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)", "abcdefghij", "$9$10$$$x$"), "ia0$$$x$")
        << "only $1 to $9 are groups";
    EXPECT_EQ(replaced("x", "abc", "y"), "abc");
    EXPECT_EQ(replaced("^a", "aaa", "b"), "baa");
    EXPECT_EQ(replaced("", "é😀", "-"), "-é-😀-");
    EXPECT_EQ(replaced("a*", "baac", "-"), "-b-c-");
    EXPECT_EQ(replaced("a*?", "ba", "-"), "-b-a-");
    EXPECT_EQ(replaced("a+?", "aa", "-"), "--");
    EXPECT_EQ(replaced("a|ab", "abab", "-"), "-b-b") << "the first branch that matches wins";
    EXPECT_EQ(replaced("\\bx", "x xx", "y"), "y yx");
    EXPECT_EQ(replaced("b$", "bb", "-"), "b-");
}

TEST(PatternTest, takes_linear_time_where_backtracking_would_not) {
    const auto before = std::chrono::steady_clock::now();
    const std::string text = std::string(10'000, 'a') + "!";
    EXPECT_FALSE(found("^(a+)+$", text));
    EXPECT_FALSE(found("(x*)*y", std::string(10'000, 'x')));
    EXPECT_FALSE(found("^(a|a|a)*(a*)*b$", text));
    EXPECT_FALSE(found("^((((((a*)*)*)*)*)*)*b$", text));
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

TEST(PatternTest, has_named_classes_only_where_a_dialect_brings_them) {
    PatternDialect dialect;
    dialect.characters = 12;
    dialect.named_class = [](std::string_view name) {
        return name == "vowel" ? std::vector<CharacterRange>{{U'a', U'a'}, {U'e', U'e'}}
                               : std::vector<CharacterRange>();
    };
    const auto with = [&](std::string_view pattern) { return Pattern::compile(pattern, dialect); };
    EXPECT_TRUE(with("^\\p{vowel}+")->is_found_in("ae"));
    EXPECT_FALSE(with("\\P{vowel}")->is_found_in("ae"));
    EXPECT_TRUE(with("[x\\p{vowel}]")->matches_all("e"));
    for (const char* bad :
         {"\\p{other}", "\\p{", "\\p{vowel", "\\pv", "\\p", "[\\p{other}]", "\\p{vowel}aaaa"})
        EXPECT_FALSE(with(bad)) << bad;
}

}  // namespace
}  // namespace tenon
