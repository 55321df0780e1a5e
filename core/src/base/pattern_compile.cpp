#include <algorithm>

#include "pattern_program.hpp"
#include "tenon/base/limits.hpp"

namespace tenon {

bool CharacterSet::contains(char32_t c) const {
    if (c < 128) return (ascii[c / 64] >> (c % 64) & 1U) != 0;
    const auto behind =
        std::upper_bound(ranges.begin(), ranges.end(), c,
                         [](char32_t value, const CharacterRange& range) { return value < range.first; });
    return behind != ranges.begin() && c <= (behind - 1)->last;
}

namespace pattern {
namespace {

using Op = PatternStep::Op;
using Kind = Node::Kind;

constexpr std::uint64_t longest_program = 40'000;

CharacterSet make_set(const Ranges& ranges) {
    CharacterSet set;
    set.ranges = ranges;
    for (const CharacterRange& range : ranges)
        for (char32_t c = range.first; c <= range.last && c < 128; ++c) set.ascii[c / 64] |= 1ULL << (c % 64);
    return set;
}

/// Recursive like the parser; the tree is at most three levels for each of 50 nested groups deep.
class Compiler {
public:
    explicit Compiler(const Tree& tree) : tree_(tree) {}

    std::optional<Pattern::Program> compile() {
        if (size_of(tree_.root, 1) > longest_program || too_many_repeats_) return std::nullopt;
        emit(tree_.root);
        push(Op::match);
        for (const Ranges& ranges : tree_.sets) program_.sets.push_back(make_set(ranges));
        return std::move(program_);
    }

private:
    template <typename F>
    void for_each_child(const Node& node, F&& f) const {
        for (NodeId id = node.first_child; id != no_node; id = tree_.nodes[id].next) f(id);
    }

    /// The number of steps that emit() makes; stops growing above the limit. `outer`: the repeats around this
    /// node, multiplied.
    std::uint64_t size_of(NodeId id, std::uint64_t outer) {
        const Node& node = tree_.nodes[id];
        if (node.kind == Kind::repeat)
            outer *= static_cast<std::uint64_t>(std::max({node.least, node.most, 1}));
        if (outer > limits::pattern_repeats) {
            too_many_repeats_ = true;
            return 0;
        }
        std::uint64_t size = 0;
        std::uint64_t children = 0;
        for_each_child(node, [&](NodeId child) {
            size += size_of(child, outer);
            ++children;
        });
        if (node.kind == Kind::group && node.number != 0) size += 2;
        if (node.kind == Kind::choice) size += 2 * (children - 1);
        if (node.kind == Kind::character || node.kind == Kind::set || node.kind == Kind::assertion) size = 1;
        if (node.kind == Kind::repeat) size = repeated_size(node, size);
        return std::min(size, longest_program + 1);
    }

    static std::uint64_t repeated_size(const Node& node, std::uint64_t once) {
        const auto least = static_cast<std::uint64_t>(node.least);
        if (node.most == unbounded) return once * std::max<std::uint64_t>(least, 1) + 2;
        const auto most = static_cast<std::uint64_t>(node.most);
        return once * most + (most - least);
    }

    [[nodiscard]] bool can_be_empty(NodeId id) const {
        const Node& node = tree_.nodes[id];
        bool all = true;
        bool any = false;
        for_each_child(node, [&](NodeId child) {
            const bool empty = can_be_empty(child);
            all = all && empty;
            any = any || empty;
        });
        switch (node.kind) {
            case Kind::character:
            case Kind::set:
                return false;
            case Kind::choice:
                return any;
            case Kind::repeat:
                return node.least == 0 || all;
            default:
                return all;
        }
    }

    std::uint32_t here() const { return static_cast<std::uint32_t>(program_.steps.size()); }

    std::uint32_t push(Op op, std::uint32_t x = 0) {
        PatternStep step;
        step.op = op;
        step.x = x;
        program_.steps.push_back(step);
        return here() - 1;
    }

    void emit(NodeId id) {
        const Node& node = tree_.nodes[id];
        switch (node.kind) {
            case Kind::empty:
                return;
            case Kind::character:
                push(Op::character, node.character);
                return;
            case Kind::set:
                push(Op::set, node.number);
                return;
            case Kind::assertion:
                program_.steps[push(Op::assertion)].assertion = node.assertion;
                return;
            case Kind::group:
                if (node.number != 0) push(Op::save, 2 * node.number);
                emit(node.first_child);
                if (node.number != 0) push(Op::save, 2 * node.number + 1);
                return;
            case Kind::sequence:
                for_each_child(node, [&](NodeId child) { emit(child); });
                return;
            case Kind::choice:
                emit_choice(node);
                return;
            case Kind::repeat:
                emit_repeat(node);
                return;
        }
    }

    void emit_choice(const Node& node) {
        std::vector<std::uint32_t> jumps;
        for_each_child(node, [&](NodeId child) {
            if (tree_.nodes[child].next == no_node) {
                emit(child);
                return;
            }
            const std::uint32_t split = push(Op::split, here() + 1);
            emit(child);
            jumps.push_back(push(Op::jump));
            program_.steps[split].y = here();
        });
        for (const std::uint32_t jump : jumps) program_.steps[jump].x = here();
    }

    /// Lets a split go into the repeated part at `inside`, or past it to `behind`.
    void direct(std::uint32_t split, std::uint32_t inside, std::uint32_t behind, bool lazy) {
        program_.steps[split].x = lazy ? behind : inside;
        program_.steps[split].y = lazy ? inside : behind;
    }

    void emit_repeat(const Node& node) {
        const NodeId child = node.first_child;
        if (node.most != unbounded) {
            for (int i = 0; i < node.least; ++i) emit(child);
            std::vector<std::uint32_t> splits;
            for (int i = node.least; i < node.most; ++i) {
                splits.push_back(push(Op::split));
                emit(child);
            }
            for (const std::uint32_t split : splits) direct(split, split + 1, here(), node.lazy);
            return;
        }
        for (int i = 1; i < node.least; ++i) emit(child);
        // x* as (x+)?: in a loop that starts with its test an x that prefers the empty text, such as (|a),
        // would never be left by way of that preference.
        const std::uint32_t skip = node.least == 0 ? push(Op::split) : 0;
        const std::uint32_t again = here();
        emit(child);
        const std::uint32_t loop = push(Op::split);
        direct(loop, again, here(), node.lazy);
        if (node.least == 0) direct(skip, again, here(), node.lazy);
    }

    const Tree& tree_;
    Pattern::Program program_;
    bool too_many_repeats_ = false;
};

}  // namespace

std::optional<Pattern::Program> compile(const Tree& tree) { return Compiler(tree).compile(); }

}  // namespace pattern
}  // namespace tenon
