#include <algorithm>
#include <memory>

#include "tenon/base/limits.hpp"
#include "tenon/mapping/template.hpp"
#include "tenon/mapping/value_text.hpp"

namespace tenon::mapping {
namespace {

using Node = Template::Node;
using Kind = Node::Kind;

/// A partial as compiled for one indentation; sections over partials would compile it again and again.
struct CompiledPartial {
    std::string_view name;
    std::string indent;
    std::string source;
    Template compiled;
};

std::string indented(std::string_view source, std::string_view indent) {
    std::string out;
    while (!source.empty()) {
        const std::size_t end = std::min(source.find('\n'), source.size() - 1) + 1;
        (out += indent) += source.substr(0, end);
        source.remove_prefix(end);
    }
    return out;
}

bool is_falsy(const Ref& ref) {
    if (ref.scope != nullptr) return false;
    if (ref.value == nullptr) return true;
    const json::Value& value = *ref.value;
    return value.is_null() || (value.is_boolean() && !value.as_boolean()) ||
           (value.is_text() && value.as_text().empty()) || (value.is_array() && value.as_array().empty());
}

class Renderer {
public:
    explicit Renderer(const Rendering& rendering)
        : rendering_(rendering), stack_(rendering.stack.begin(), rendering.stack.end()) {}

    /// Renders nodes [from, to).
    bool run(const Template& compiled, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to;) {
            if (++visited_ > limits::template_nodes) return stop(Errc::template_limit);
            const Node& node = compiled.nodes()[i];
            const bool is_section = node.kind == Kind::section || node.kind == Kind::inverted;
            if (!(is_section ? section(compiled, i) : leaf(node))) return false;
            i = is_section ? node.end : i + 1;
        }
        return true;
    }

    Result<std::string> finish(bool done) {
        if (rendering_.visited != nullptr) *rendering_.visited += visited_;
        if (!done) return fail(error_);
        return std::move(out_);
    }

private:
    bool leaf(const Node& node) {
        if (node.kind == Kind::partial) return partial(node);
        if (node.kind == Kind::text) {
            out_ += node.text;
        } else {
            const Ref found = look_up(node.text);
            if (is_absent(found)) report_missing(node.text);
            insert(found, node.kind == Kind::raw ? Escape::none : rendering_.escape);
        }
        return out_.size() <= limits::template_output_bytes || stop(Errc::template_limit);
    }

    void insert(const Ref& ref, Escape escape) {
        if (ref.value != nullptr && ref.value->is_text())
            return append_escaped(out_, ref.value->as_text(), escape);
        std::string text;
        if (ref.value != nullptr)
            append_text_form(text, *ref.value);
        else if (ref.scope != nullptr)
            text = json::write(to_value(ref));
        append_escaped(out_, text, escape);
    }

    bool section(const Template& compiled, std::size_t at) {
        const Node& node = compiled.nodes()[at];
        const Ref found = look_up(node.text);
        if (is_falsy(found) != (node.kind == Kind::inverted)) return true;
        if (node.kind == Kind::inverted) return run(compiled, at + 1, node.end);
        if (found.value == nullptr || !found.value->is_array()) return within(found, compiled, at);
        for (const json::Value& item : found.value->as_array())
            if (!within(Ref{&item, nullptr}, compiled, at)) return false;
        return true;
    }

    bool within(const Ref& frame, const Template& compiled, std::size_t at) {
        // An empty body visits no node, and still the iteration is work.
        if (++visited_ > limits::template_nodes) return stop(Errc::template_limit);
        stack_.push_back(frame);
        const bool done = run(compiled, at + 1, compiled.nodes()[at].end);
        stack_.pop_back();
        return done;
    }

    bool partial(const Node& node) {
        const json::Value* source =
            rendering_.partials != nullptr ? rendering_.partials->find(node.text) : nullptr;
        if (source == nullptr || !source->is_text()) return true;
        if (depth_ >= limits::partial_depth) return stop(Errc::template_limit);
        const Template* compiled = compiled_partial(node, source->as_text());
        if (compiled == nullptr) return stop(Errc::template_syntax);
        ++depth_;
        const bool done = run(*compiled, 0, compiled->nodes().size());
        --depth_;
        return done;
    }

    const Template* compiled_partial(const Node& node, std::string_view source) {
        for (const auto& known : partials_)
            if (known->name == node.text && known->indent == node.indent) return &known->compiled;
        auto added = std::make_unique<CompiledPartial>(
            CompiledPartial{node.text, std::string(node.indent), indented(source, node.indent), {}});
        auto compiled = Template::compile(added->source);
        if (!compiled) return nullptr;
        added->compiled = std::move(*compiled);
        partials_.push_back(std::move(added));
        return &partials_.back()->compiled;
    }

    /// The first part is searched from the innermost frame out, the others only in what was found.
    Ref look_up(std::string_view name) const {
        if (name == ".") return stack_.empty() ? Ref{} : stack_.back();
        std::size_t dot = name.find('.');
        Ref found;
        for (std::size_t i = stack_.size(); i-- > 0 && is_absent(found);)
            found = member_of(stack_[i], name.substr(0, dot));
        while (dot != name.npos && !is_absent(found)) {
            name.remove_prefix(dot + 1);
            dot = name.find('.');
            found = member_of(found, name.substr(0, dot));
        }
        return found;
    }

    void report_missing(std::string_view name) {
        if (rendering_.missing == nullptr) return;
        auto& known = *rendering_.missing;
        if (std::find(known.begin(), known.end(), name) == known.end()) known.emplace_back(name);
    }

    bool stop(Errc code) {
        error_ = code;
        return false;
    }

    const Rendering& rendering_;
    std::vector<Ref> stack_;
    std::string out_;
    std::size_t visited_ = 0;
    std::size_t depth_ = 0;
    std::vector<std::unique_ptr<CompiledPartial>> partials_;  // pointers: compiled templates must not move
    Errc error_ = Errc::internal;
};

}  // namespace

Result<std::string> render_template(const Template& compiled, const Rendering& rendering) {
    Renderer renderer(rendering);
    return renderer.finish(renderer.run(compiled, 0, compiled.nodes().size()));
}

std::optional<Escape> escape_from(std::string_view name) {
    constexpr std::string_view names[] = {"none", "html", "slack", "json"};
    for (std::size_t i = 0; i < std::size(names); ++i)
        if (names[i] == name) return static_cast<Escape>(i);
    return std::nullopt;
}

void append_escaped(std::string& out, std::string_view text, Escape escape) {
    if (escape == Escape::none) {
        out += text;
        return;
    }
    if (escape == Escape::json) {
        const std::size_t start = out.size();
        json::write_text_to(out, text);
        out.pop_back();
        out.erase(start, 1);
        return;
    }
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"' && escape == Escape::html)
            out += "&quot;";
        else if (c == '\'' && escape == Escape::html)
            out += "&#39;";
        else
            out += c;
    }
}

}  // namespace tenon::mapping
