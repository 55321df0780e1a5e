#include "tenon/mapping/template.hpp"

#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::mapping {
namespace {

using Node = Template::Node;
using Kind = Node::Kind;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_space(char c) { return is_blank(c) || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// `.`, or parts between dots none of which is empty.
bool is_name(std::string_view name) {
    if (name == ".") return true;
    return !name.empty() && name.front() != '.' && name.back() != '.' && name.find("..") == name.npos;
}

/// One pass over the source. Invariant: `open_` holds the sections that are not closed yet.
class Compiler {
public:
    Compiler(std::string_view source, std::vector<Node>& nodes) : source_(source), nodes_(nodes) {}

    bool run() {
        while (at_ < source_.size()) {
            const std::size_t start = source_.find(opening_, at_);
            if (start == source_.npos) break;
            if (!take_tag(start)) return false;
        }
        add_text(at_, source_.size());
        return open_.empty();
    }

private:
    void add_text(std::size_t from, std::size_t to) {
        if (from < to) nodes_.push_back({Kind::text, 0, source_.substr(from, to - from), {}});
    }

    /// Reads the tag that opens at `start`, with the text before it.
    bool take_tag(std::size_t start) {
        std::size_t inside = start + opening_.size();
        const char sigil = inside < source_.size() ? source_[inside] : '\0';
        std::string closing(closing_);
        if (sigil == '{') closing.insert(0, "}");
        if (sigil == '=') closing.insert(0, "=");
        const bool marked =
            sigil != '\0' && std::string_view("{=#^/!&>").find(sigil) != std::string_view::npos;
        if (marked) ++inside;
        const std::size_t close = source_.find(closing, inside);
        if (close == source_.npos) return false;
        const std::string_view content = trim(source_.substr(inside, close - inside));
        const std::size_t after = close + closing.size();
        const bool may_stand_alone = marked && sigil != '{' && sigil != '&';
        Span span{start, after};
        const bool alone = may_stand_alone && widen_to_line(span);
        add_text(at_, span.from);
        at_ = span.to;
        const std::string_view indent = alone ? source_.substr(span.from, start - span.from) : "";
        return take_content(marked ? sigil : ' ', content, indent);
    }

    bool take_content(char sigil, std::string_view content, std::string_view indent) {
        if (sigil == '!') return true;
        if (sigil == '=') return set_delimiters(content);
        if (sigil == '>') {
            nodes_.push_back({Kind::partial, 0, content, indent});
            return !content.empty();
        }
        if (!is_name(content)) return false;
        if (sigil == '/') return close_section(content);
        if (sigil == '#' || sigil == '^') {
            open_.push_back(nodes_.size());
            nodes_.push_back({sigil == '#' ? Kind::section : Kind::inverted, 0, content, {}});
            return open_.size() <= limits::template_depth;
        }
        nodes_.push_back({sigil == ' ' ? Kind::value : Kind::raw, 0, content, {}});
        return true;
    }

    bool close_section(std::string_view name) {
        if (open_.empty() || nodes_[open_.back()].text != name) return false;
        nodes_[open_.back()].end = static_cast<std::uint32_t>(nodes_.size());
        open_.pop_back();
        return true;
    }

    /// `<% %>`: two texts without white space or `=`.
    bool set_delimiters(std::string_view content) {
        std::size_t first = 0;
        while (first < content.size() && !is_space(content[first])) ++first;
        const std::string_view opening = content.substr(0, first);
        const std::string_view closing = trim(content.substr(first));
        for (const char c : closing)
            if (is_space(c)) return false;
        if (opening.empty() || closing.empty() || opening.find('=') != opening.npos ||
            closing.find('=') != closing.npos)
            return false;
        opening_ = opening;
        closing_ = closing;
        return true;
    }

    struct Span {
        std::size_t from;
        std::size_t to;
    };

    /// A tag with nothing but blanks on its lines takes the blanks and the line end with it.
    bool widen_to_line(Span& span) const {
        std::size_t from = span.from;
        while (from > at_ && is_blank(source_[from - 1])) --from;
        if (from > 0 && source_[from - 1] != '\n') return false;
        std::size_t to = span.to;
        while (to < source_.size() && is_blank(source_[to])) ++to;
        if (to < source_.size()) {
            if (source_.substr(to, 2) == "\r\n")
                ++to;
            else if (source_[to] != '\n')
                return false;
            ++to;
        }
        span = {from, to};
        return true;
    }

    std::string_view source_;
    std::vector<Node>& nodes_;
    std::size_t at_ = 0;
    std::string_view opening_ = "{{";
    std::string_view closing_ = "}}";
    std::vector<std::size_t> open_;
};

}  // namespace

Result<Template> Template::compile(std::string_view source) {
    Template compiled;
    if (source.size() > limits::template_characters && text::length(source) > limits::template_characters)
        return fail(Errc::template_syntax);
    if (!Compiler(source, compiled.nodes_).run()) return fail(Errc::template_syntax);
    return compiled;
}

}  // namespace tenon::mapping
