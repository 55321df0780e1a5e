// Mustache: first line data, rest a template.
#include "fuzz.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/text.hpp"
#include "tenon/mapping/preview.hpp"
#include "tenon/mapping/template.hpp"

namespace tenon::fuzz {
namespace {

constexpr const char* escapes[] = {"none", "html", "slack", "json"};

void check_compiled(std::string_view source) {
    const MemoryBound bound(source.size(), 8 * kilobytes, 64);
    const auto compiled = mapping::Template::compile(source);
    if (!compiled) return;
    const auto& nodes = compiled->nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const bool is_section = nodes[i].kind == mapping::Template::Node::Kind::section ||
                                nodes[i].kind == mapping::Template::Node::Kind::inverted;
        if (is_section)
            require(nodes[i].end > i && nodes[i].end <= nodes.size(), "a section ends behind itself");
    }
}

}  // namespace

void run(std::string_view input) {
    Parts parts(input);
    const auto data = json::read(parts.line());
    const std::string_view source = parts.rest();
    if (!text::is_utf8(source)) return;
    check_compiled(source);
    const json::Value& given = data ? *data : json::Value();
    const json::Object partials{{"p", std::string(source)}, {"q", "[{{.}}]"}};
    for (const char* escape : escapes) {
        Result<std::string> rendered = fail(Errc::template_syntax);
        {
            // Output and nodes have limits of their own, which do not depend on the input.
            const MemoryBound bound(input.size(), 512 * kilobytes, 256);
            rendered = mapping::render(source, given, partials, escape);
        }
        if (!rendered) continue;
        require(rendered->size() <= limits::template_output_bytes, "output is bounded");
        require(text::is_utf8(*rendered), "output is UTF-8");
        if (source.find("{{") == std::string_view::npos)
            require_equal(*rendered, source, "a template without tags renders as itself");
    }
}

}  // namespace tenon::fuzz
