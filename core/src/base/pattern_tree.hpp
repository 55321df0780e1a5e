#pragma once
// A pattern between its text and its program: a tree in one vector, children linked by index.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tenon/base/pattern.hpp"

namespace tenon::pattern {

using Ranges = std::vector<CharacterRange>;
using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFF;
inline constexpr int unbounded = -1;

enum class Assertion : std::uint8_t { text_begin, text_end, word_boundary, no_word_boundary };

struct Node {
    enum class Kind : std::uint8_t { empty, character, set, assertion, group, sequence, choice, repeat };
    Kind kind = Kind::empty;
    Assertion assertion = Assertion::text_begin;
    bool lazy = false;             // repeat
    char32_t character = 0;        // character
    std::uint32_t number = 0;      // set: its index; group: 0 for (?:…), else its number
    int least = 0;                 // repeat
    int most = 0;                  // repeat; may be `unbounded`
    NodeId first_child = no_node;  // group, sequence, choice, repeat
    NodeId next = no_node;         // the next child of the same parent
};

struct Tree {
    std::vector<Node> nodes;
    std::vector<Ranges> sets;  // ascending, disjoint
    std::uint32_t groups = 0;
    NodeId root = no_node;
};

/// Nothing for what is outside the syntax of spec/MAPPING.md 6.3 or its limits.
[[nodiscard]] std::optional<Tree> parse(std::string_view pattern, const PatternDialect& dialect);

/// Sorted, overlaps joined.
void normalise(Ranges& ranges);
/// All other characters; `ranges` must be normalised.
[[nodiscard]] Ranges complement(const Ranges& ranges);
/// Adds the other case of ASCII letters.
void fold_ascii(Ranges& ranges);

}  // namespace tenon::pattern
