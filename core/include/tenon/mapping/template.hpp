#pragma once
// Mustache, the six required modules (https://github.com/mustache/spec): interpolation, sections, inverted
// sections, comments, delimiters, partials. No lambdas, no inheritance, no dynamic names (spec/MAPPING.md 7).
// A template is compiled to a flat list of nodes that point into its source.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/result.hpp"
#include "tenon/mapping/scope.hpp"

namespace tenon::mapping {

enum class Escape : std::uint8_t { none, html, slack, json };
/// Nothing for a name that is none of `none html slack json`.
[[nodiscard]] std::optional<Escape> escape_from(std::string_view name);
void append_escaped(std::string& out, std::string_view text, Escape escape);

/// A compiled template. Views point into the source, which must outlive it.
class Template {
public:
    struct Node {
        enum class Kind : std::uint8_t { text, value, raw, section, inverted, partial };
        Kind kind = Kind::text;
        std::uint32_t end = 0;    ///< Of a section: the node behind its body.
        std::string_view text;    ///< Literal text, or the name.
        std::string_view indent;  ///< Of a partial alone on its line: the white space before it.
    };

    /// Errors: template_syntax (also for more than limits::template_characters or sections nested deeper than
    /// limits::template_depth).
    [[nodiscard]] static Result<Template> compile(std::string_view source);

    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }

private:
    std::vector<Node> nodes_;
};

/// What one rendering needs beside the template.
struct Rendering {
    std::span<const Ref> stack;              ///< Innermost last.
    Escape escape = Escape::none;            ///< Of `{{name}}`; `{{{name}}}` is never escaped.
    const json::Object* partials = nullptr;  ///< Null where partials do not exist.
    std::vector<std::string>* missing =
        nullptr;                     ///< Gets each name found nowhere, once, in order of first use.
    std::size_t* visited = nullptr;  ///< Grows by the nodes visited, also when rendering fails.
};

/// Errors: template_limit over limits::template_output_bytes or limits::template_nodes, or partials nested
/// deeper than limits::partial_depth; template_syntax in a partial.
[[nodiscard]] Result<std::string> render_template(const Template& compiled, const Rendering& rendering);

/// Calls `use` with the first part of every name in the template, and with what follows `submission.`.
/// `part_of_submission` is true for the latter.
template <typename Use>
void for_each_name(const Template& compiled, Use&& use) {
    using Kind = Template::Node::Kind;
    constexpr std::string_view prefix = "submission.";
    for (const Template::Node& node : compiled.nodes()) {
        if (node.kind == Kind::text || node.kind == Kind::partial || node.text == ".") continue;
        use(node.text.substr(0, node.text.find('.')), false);
        if (!node.text.starts_with(prefix)) continue;
        const std::string_view rest = node.text.substr(prefix.size());
        use(rest.substr(0, rest.find('.')), true);
    }
}

}  // namespace tenon::mapping
