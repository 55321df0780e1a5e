#pragma once
// The program of a pattern and its virtual machine's view of it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pattern_tree.hpp"
#include "tenon/base/pattern.hpp"

namespace tenon {

/// One step. Which of the members count is said by `op`.
struct PatternStep {
    enum class Op : std::uint8_t { character, set, split, jump, save, assertion, match };
    Op op = Op::match;
    pattern::Assertion assertion = pattern::Assertion::text_begin;
    std::uint32_t x = 0;  // character; set: index; split: preferred branch; jump: target; save: slot
    std::uint32_t y = 0;  // split: the other branch
};

/// Characters as a bitmap for ASCII and ranges above.
struct CharacterSet {
    std::uint64_t ascii[2] = {};
    pattern::Ranges ranges;  // ascending, disjoint

    [[nodiscard]] bool contains(char32_t c) const;
};

struct Pattern::Program {
    std::vector<PatternStep> steps;
    std::vector<CharacterSet> sets;

    [[nodiscard]] bool accepts(const PatternStep& step, char32_t c) const {
        if (step.op == PatternStep::Op::character) return step.x == c;
        return step.op == PatternStep::Op::set && sets[step.x].contains(c);
    }
    /// True if a match can start nowhere but at the begin of the text.
    [[nodiscard]] bool is_anchored() const {
        return steps[0].op == PatternStep::Op::assertion &&
               steps[0].assertion == pattern::Assertion::text_begin;
    }
};

namespace pattern {

/// Nothing if repeats multiply over the limit or the program gets too long.
[[nodiscard]] std::optional<Pattern::Program> compile(const Tree& tree);

[[nodiscard]] bool holds(Assertion assertion, std::string_view text, std::size_t at);

/// Step numbers in order of arrival, each once.
class StepList {
public:
    explicit StepList(std::size_t steps) : place_(steps) {}

    /// False if it is there already.
    bool add(std::uint32_t step) {
        const std::uint32_t place = place_[step];
        if (place < order_.size() && order_[place] == step) return false;
        place_[step] = static_cast<std::uint32_t>(order_.size());
        order_.push_back(step);
        return true;
    }
    void clear() { order_.clear(); }
    [[nodiscard]] bool empty() const { return order_.empty(); }
    [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }

private:
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> place_;  // of a step in order_; anything for a step that is not there
};

enum class Span : std::uint8_t { somewhere, whole };
/// Whether the pattern matches, without finding out where.
[[nodiscard]] bool is_match(const Pattern::Program& program, std::string_view text, Span span);
/// Pattern::replace_all.
[[nodiscard]] std::string replace_all(const Pattern::Program& program, std::string_view text,
                                      std::string_view with);

}  // namespace pattern
}  // namespace tenon
