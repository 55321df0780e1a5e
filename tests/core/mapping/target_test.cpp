// Conflicts between targets: the walk over all of them at once says what comparing every pair would say.
#include "tenon/mapping/target.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tenon/mapping/config.hpp"

namespace tenon::mapping {
namespace {

using Path = std::vector<std::string>;

bool is_index(const std::string& token) { return token == "0" || token == "1"; }

/// What spec/MAPPING.md 1.3 says of one pair.
std::optional<Errc> conflict_of(const Path& a, const Path& b) {
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() && y == b.end()) return Errc::duplicate_target;
    if (x == a.end() || y == b.end()) return Errc::target_conflict;
    if (x != a.begin() && is_index(*x) != is_index(*y)) return Errc::target_conflict;
    return std::nullopt;
}

Findings pair_by_pair(const std::vector<Mapping>& mappings) {
    Findings findings;
    for (std::size_t i = 0; i < mappings.size(); ++i)
        for (std::size_t earlier = 0; earlier < i; ++earlier)
            if (const auto code = conflict_of(mappings[earlier].path, mappings[i].path)) {
                findings.push_back(finding("/field_mappings/" + std::string(mappings[i].key) + "/target",
                                           *code, {{"other", mappings[earlier].key}}));
                break;
            }
    return findings;
}

TEST(TargetTest, finds_the_conflicts_that_comparing_every_pair_finds) {
    const Path tokens{"a", "b", "0", "1"};
    const Path keys{"k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"};
    std::mt19937 random(20260101);
    std::size_t found = 0;
    for (int round = 0; round < 5000; ++round) {
        std::vector<Mapping> mappings(2 + random() % 8);
        for (std::size_t i = 0; i < mappings.size(); ++i) {
            mappings[i].key = keys[i];
            for (std::size_t depth = 1 + random() % 4; depth > 0; --depth)
                mappings[i].path.push_back(tokens[random() % tokens.size()]);
        }
        Findings findings;
        check_targets(mappings, findings);
        found += findings.size();
        ASSERT_EQ(findings, pair_by_pair(mappings));
    }
    EXPECT_GT(found, 5000U);
}

}  // namespace
}  // namespace tenon::mapping
