// RE2 as oracle: our syntax is a part of its, and what both accept must mean the same.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>

#include "exact_copy.hpp"
#include "tenon/base/pattern.hpp"

namespace tenon {
namespace {

using testing::ExactCopy;

class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    template <std::size_t N>
    std::string one_of(const char* const (&choices)[N]) {
        return choices[below(N)];
    }

    std::string pattern(int depth) {
        std::string out;
        const std::size_t branches = 1 + below(6) / 4;
        for (std::size_t i = 0; i < branches; ++i) {
            if (i > 0) out += "|";
            for (std::size_t j = below(4); j > 0; --j) out += item(depth);
        }
        return out;
    }

    std::string text() {
        std::string out;
        for (std::size_t i = below(9); i > 0; --i)
            out += one_of({"a", "b", "c", "A", "1", " ", "-", "\n", "_"});
        return out;
    }

    std::string garbage() {
        std::string out;
        for (std::size_t i = below(10); i > 0; --i)
            out += one_of({"a",   "b",    "(",   ")",   "[", "]",  "{",   "}",     "*", "+",
                           "?",   "|",    "\\",  "^",   "$", ".",  "-",   "1",     "2", ",",
                           "(?:", "(?i)", "\\d", "\\b", "x", "[^", "a-c", "{1,2}", ":"});
        return out;
    }

private:
    std::string item(int depth) {
        if (below(8) == 0) return one_of({"^", "$", "\\b", "\\B", "\\A", "\\z"});
        std::string out;
        if (depth < 3 && below(3) == 0)
            out = (below(2) != 0 ? "(" : "(?:") + pattern(depth + 1) + ")";
        else
            out = one_of({"a", "b", "c", ".", "[ab]", "[^a]", "\\d", "\\w", "\\s", "\\W", "[\\d_-]", "[a-c]",
                          "\\x41", "\\-", "[^\\w]"});
        if (below(3) == 0)
            out += one_of({"*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "{0}", "{0,}"});
        return out;
    }

    std::mt19937 random_;
};

RE2::Options quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    return options;
}

/// Where a group that can be empty is repeated without end, RE2 rewrites the pattern first and its choice of
/// captures depends on the spelling (`b(|aa)*` stops after b, `b(|a{2,})*` does not): there it is no oracle.
bool repeats_a_group(std::string_view pattern) {
    for (const char* end : {")*", ")+", "){2,}", "){0,}"})
        if (pattern.find(end) != std::string_view::npos) return true;
    return false;
}

TEST(PatternDifferentialTest, random_patterns_mean_what_re2_says) {
    Generator generate(1);
    for (int i = 0; i < 5'000; ++i) {
        const std::string source = (generate.below(5) == 0 ? "(?i)" : "") + generate.pattern(0);
        const ExactCopy copy(source);
        const Result<Pattern> ours = Pattern::compile(copy.view());
        const RE2 theirs(source, quiet());
        ASSERT_TRUE(theirs.ok()) << source;
        ASSERT_TRUE(ours) << source;
        const bool has_group = theirs.NumberOfCapturingGroups() > 0;
        for (int j = 0; j < 6; ++j) {
            const ExactCopy text(generate.text());
            EXPECT_EQ(ours->is_found_in(text.view()), RE2::PartialMatch(text.view(), theirs))
                << source << "\n"
                << text.view();
            EXPECT_EQ(ours->matches_all(text.view()), RE2::FullMatch(text.view(), theirs)) << source << "\n"
                                                                                           << text.view();
            if (repeats_a_group(source)) continue;
            std::string replaced(text.view());
            RE2::GlobalReplace(&replaced, theirs, has_group ? "<\\1>" : "<>");
            EXPECT_EQ(ours->replace_all(text.view(), has_group ? "<$1>" : "<>"), replaced) << source << "\n"
                                                                                           << text.view();
        }
    }
}

TEST(PatternDifferentialTest, whatever_we_accept_re2_accepts) {
    Generator generate(2);
    int accepted = 0;
    for (int i = 0; i < 40'000; ++i) {
        const ExactCopy source(generate.garbage());
        if (!Pattern::compile(source.view())) continue;
        ++accepted;
        EXPECT_TRUE(RE2(std::string(source.view()), quiet()).ok()) << source.view();
    }
    EXPECT_GT(accepted, 2'000);
}

}  // namespace
}  // namespace tenon
