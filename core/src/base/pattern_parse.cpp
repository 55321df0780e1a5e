#include <algorithm>

#include "pattern_tree.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::pattern {
namespace {

constexpr char32_t end_of_pattern = 0xFFFFFFFF;
constexpr int most_repeats = 1000;  // in one {n,m}

bool is_punctuation(char32_t c) {
    return (c >= 0x21 && c <= 0x2F) || (c >= 0x3A && c <= 0x40) || (c >= 0x5B && c <= 0x60) ||
           (c >= 0x7B && c <= 0x7E);
}

/// Recursive over groups, which nest at most 50 deep.
class Parser {
public:
    Parser(std::string_view pattern, const PatternDialect& dialect) : pattern_(pattern), dialect_(dialect) {}

    std::optional<Tree> parse() {
        if (!text::is_utf8(pattern_) || text::length(pattern_) > dialect_.characters) return std::nullopt;
        fold_ = take("(?i)");
        tree_.root = choice();
        if (failed_ || at_ != pattern_.size()) return std::nullopt;
        return std::move(tree_);
    }

private:
    using Kind = Node::Kind;

    [[nodiscard]] char32_t peek() const {
        std::size_t at = at_;
        return at < pattern_.size() ? text::next(pattern_, at) : end_of_pattern;
    }

    char32_t next() { return at_ < pattern_.size() ? text::next(pattern_, at_) : end_of_pattern; }

    bool take(std::string_view wanted) {
        if (pattern_.substr(at_, wanted.size()) != wanted) return false;
        at_ += wanted.size();
        return true;
    }

    NodeId fail() {
        failed_ = true;
        at_ = pattern_.size();
        return add({});
    }

    NodeId add(const Node& node) {
        tree_.nodes.push_back(node);
        return static_cast<NodeId>(tree_.nodes.size() - 1);
    }

    NodeId add_parent(Kind kind, const std::vector<NodeId>& children) {
        if (children.size() == 1) return children[0];
        Node node;
        node.kind = children.empty() ? Kind::empty : kind;
        for (std::size_t i = 0; i + 1 < children.size(); ++i) tree_.nodes[children[i]].next = children[i + 1];
        if (!children.empty()) node.first_child = children[0];
        return add(node);
    }

    NodeId choice() {
        std::vector<NodeId> branches;
        do branches.push_back(sequence());
        while (take("|"));
        return add_parent(Kind::choice, branches);
    }

    NodeId sequence() {
        std::vector<NodeId> items;
        while (at_ < pattern_.size() && peek() != U'|' && peek() != U')') items.push_back(repetition());
        return add_parent(Kind::sequence, items);
    }

    NodeId repetition() {
        const NodeId child = atom();
        Node node;
        node.kind = Kind::repeat;
        if (failed_ || !take_quantifier(node)) return child;
        if (tree_.nodes[child].kind == Kind::assertion) return fail();
        node.lazy = take("?");
        node.first_child = child;
        Node another;
        if (take_quantifier(another)) return fail();  // a** means nothing here
        return add(node);
    }

    bool take_quantifier(Node& node) {
        node.most = unbounded;
        if (take("*")) return true;
        if (take("+")) {
            node.least = 1;
            return true;
        }
        if (take("?")) {
            node.most = 1;
            return true;
        }
        if (!take("{")) return false;
        node.least = take_count();
        node.most = node.least;
        if (take(",")) node.most = peek() == U'}' ? unbounded : take_count();
        if (!take("}") || (node.most != unbounded && node.most < node.least)) fail();
        return true;
    }

    /// One to four digits without a leading zero, at most 1000.
    int take_count() {
        int value = 0;
        const std::size_t from = at_;
        while (peek() >= U'0' && peek() <= U'9' && value <= most_repeats)
            value = value * 10 + static_cast<int>(next() - U'0');
        const bool padded = at_ - from > 1 && pattern_[from] == '0';
        if (at_ == from || padded || value > most_repeats) fail();
        return value;
    }

    NodeId atom() {
        const char32_t c = next();
        switch (c) {
            case U'(':
                return group();
            case U'[':
                return bracket_class();
            case U'.':
                return add_set(complement({{U'\n', U'\n'}}));
            case U'^':
                return add_assertion(Assertion::text_begin);
            case U'$':
                return add_assertion(Assertion::text_end);
            case U'\\':
                return escape();
            case U'*':
            case U'+':
            case U'?':
            case U'{':
                return fail();
            default:
                return add_character(c);
        }
    }

    NodeId group() {
        Node node;
        node.kind = Kind::group;
        if (!take("?:")) {
            if (peek() == U'?') return fail();
            node.number = ++tree_.groups;
        }
        if (++depth_ > limits::pattern_groups) return fail();
        const NodeId child = choice();
        --depth_;
        if (!take(")")) return fail();
        node.first_child = child;
        return add(node);
    }

    NodeId add_assertion(Assertion assertion) {
        Node node;
        node.kind = Kind::assertion;
        node.assertion = assertion;
        return add(node);
    }

    NodeId add_character(char32_t c) {
        const char32_t lower = c | 0x20U;
        if (fold_ && lower >= U'a' && lower <= U'z' && c < 0x80)
            return add_set({{c, c}, {c ^ 0x20U, c ^ 0x20U}});
        Node node;
        node.kind = Kind::character;
        node.character = c;
        return add(node);
    }

    NodeId add_set(Ranges ranges) {
        normalise(ranges);
        Node node;
        node.kind = Kind::set;
        node.number = static_cast<std::uint32_t>(tree_.sets.size());
        tree_.sets.push_back(std::move(ranges));
        return add(node);
    }

    NodeId escape() {
        if (take("A")) return add_assertion(Assertion::text_begin);
        if (take("z")) return add_assertion(Assertion::text_end);
        if (take("b")) return add_assertion(Assertion::word_boundary);
        if (take("B")) return add_assertion(Assertion::no_word_boundary);
        if (std::optional<Ranges> ranges = class_escape()) return add_set(std::move(*ranges));
        const std::optional<char32_t> c = character_escape();
        return c ? add_character(*c) : fail();
    }

    /// `\d` and its like, behind the backslash.
    std::optional<Ranges> class_escape() {
        const char32_t letter = peek();
        const char32_t lower = letter | 0x20U;
        Ranges ranges;
        if (lower == U'd')
            ranges = {{U'0', U'9'}};
        else if (lower == U'w')
            ranges = {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
        else if (lower == U's')
            ranges = {{U'\t', U'\n'}, {U'\f', U'\r'}, {U' ', U' '}};
        else if (lower == U'p' && dialect_.named_class != nullptr)
            return named_class();
        else
            return std::nullopt;
        next();
        return letter == lower ? ranges : complement(ranges);
    }

    std::optional<Ranges> named_class() {
        const bool negated = next() == U'P';
        const std::size_t end = pattern_.find('}', at_);
        Ranges ranges;
        if (take("{") && end != std::string_view::npos)
            ranges = dialect_.named_class(pattern_.substr(at_, end - at_));
        if (ranges.empty()) {
            fail();
            return ranges;
        }
        at_ = end + 1;
        return negated ? complement(ranges) : ranges;
    }

    std::optional<char32_t> character_escape() {
        const char32_t c = next();
        switch (c) {
            case U't':
                return U'\t';
            case U'n':
                return U'\n';
            case U'r':
                return U'\r';
            case U'f':
                return U'\f';
            case U'v':
                return U'\v';
            case U'x':
                return take("{") ? braced_hex() : two_hex();
            default:
                break;
        }
        if (is_punctuation(c)) return c;
        return std::nullopt;
    }

    std::optional<char32_t> hex_digit() {
        const char32_t c = next();
        const char32_t lower = c | 0x20U;
        if (c >= U'0' && c <= U'9') return c - U'0';
        if (lower >= U'a' && lower <= U'f') return lower - U'a' + 10;
        return std::nullopt;
    }

    std::optional<char32_t> two_hex() {
        const std::optional<char32_t> high = hex_digit();
        const std::optional<char32_t> low = hex_digit();
        if (!high || !low) return std::nullopt;
        return *high << 4 | *low;
    }

    std::optional<char32_t> braced_hex() {
        char32_t value = 0;
        do {
            const std::optional<char32_t> digit = hex_digit();
            if (!digit) return std::nullopt;
            value = value << 4 | *digit;
            if (value > 0x10FFFF) return std::nullopt;
        } while (!take("}"));
        return value;
    }

    NodeId bracket_class() {
        const bool negated = take("^");
        Ranges ranges;
        // A `]` in the first place stands for itself.
        for (bool is_first = true; is_first || peek() != U']'; is_first = false)
            if (!class_item(ranges)) return fail();
        next();
        if (fold_) fold_ascii(ranges);
        normalise(ranges);
        return add_set(negated ? complement(ranges) : ranges);
    }

    bool class_item(Ranges& ranges) {
        if (pattern_.substr(at_, 2) == "[:") return false;  // POSIX classes
        if (take("\\")) {
            if (std::optional<Ranges> escaped = class_escape()) {
                ranges.insert(ranges.end(), escaped->begin(), escaped->end());
                return !failed_;
            }
            --at_;
        }
        const std::optional<char32_t> first = class_character();
        if (!first) return false;
        std::optional<char32_t> last = first;
        const std::string_view behind = pattern_.substr(at_, 2);
        if (behind.size() == 2 && behind[0] == '-' && behind[1] != ']') {
            ++at_;
            last = class_character();
            if (!last || *last < *first) return false;
        }
        ranges.push_back({*first, *last});
        return true;
    }

    std::optional<char32_t> class_character() {
        if (at_ >= pattern_.size()) return std::nullopt;
        if (take("\\")) return character_escape();
        return next();
    }

    std::string_view pattern_;
    const PatternDialect& dialect_;
    Tree tree_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    bool fold_ = false;
    bool failed_ = false;
};

}  // namespace

std::optional<Tree> parse(std::string_view pattern, const PatternDialect& dialect) {
    return Parser(pattern, dialect).parse();
}

}  // namespace tenon::pattern
