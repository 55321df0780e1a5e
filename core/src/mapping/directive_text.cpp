// The directives that make text.
#include <array>

#include "directive_parts.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::mapping {

using json::Value;

namespace {

// All templates of one request together: a loop over a loop must stay bounded.
constexpr std::size_t most_visited = 10 * limits::template_nodes;

}  // namespace

tl::expected<std::optional<std::size_t>, Finding> Evaluator::limit_of(const Parts& parts,
                                                                      std::string_view name) {
    const Value* limit = parts.find(name);
    if (limit == nullptr) return std::optional<std::size_t>();
    const auto whole = limit->is_number() ? limit->as_number().to_int64() : std::nullopt;
    if (!whole || *whole < 0) return parts.invalid();
    return std::optional(static_cast<std::size_t>(*whole));
}

void Evaluator::warn(Errc code, std::size_t from, std::size_t to) {
    warnings_.push_back(finding("/request", code, {{"from", count_text(from)}, {"to", count_text(to)}}));
}

Evaluated Evaluator::cut(const Parts& parts, std::string text) {
    const auto most = limit_of(parts, "$max");
    if (!most) return tl::make_unexpected(most.error());
    if (*most && text.size() > **most) {
        const std::size_t length = text::length(text);
        if (length > **most) {
            warn(Errc::truncated, length, **most);
            text.resize(text::first(text, **most).size());
        }
    }
    return produced(std::move(text), parts.place);
}

const Template* Evaluator::compiled_text(const Value& source) {
    for (const auto& known : texts_)
        if (known->source == &source) return &known->compiled;
    auto compiled = Template::compile(source.as_text());
    if (!compiled) return nullptr;
    texts_.push_back(std::make_unique<CompiledText>(CompiledText{&source, std::move(*compiled)}));
    return &texts_.back()->compiled;
}

Evaluated Evaluator::text(const Parts& parts) {
    const Value& source = *parts.find("$text");
    const Value* wanted = parts.find("$escape");
    std::optional<Escape> escape = Escape::none;
    if (wanted != nullptr) escape = wanted->is_text() ? escape_from(wanted->as_text()) : std::nullopt;
    if (!source.is_text() || !escape) return parts.invalid();
    const Template* compiled = compiled_text(source);
    if (compiled == nullptr) return parts.invalid();
    const Scope whole = context_.whole(item_);
    const std::array<Ref, 1> stack = {{{nullptr, &whole}}};
    auto rendered = render_template(*compiled, {stack, *escape, nullptr, nullptr, &visited_});
    if (!rendered || visited_ > most_visited) return parts.refuse(Errc::request_too_large);
    return cut(parts, std::move(*rendered));
}

Evaluated Evaluator::string(const Parts& parts) {
    auto value = evaluate(*parts.find("$string"), parts.place.member("$string"));
    if (!value || !*value) return value;
    return cut(parts, text_form(**value));
}

Evaluated Evaluator::json_text(const Parts& parts) {
    auto value = evaluate(*parts.find("$json"), parts.place.member("$json"));
    if (!value || !*value) return value;
    return produced(json::write(**value), parts.place);
}

}  // namespace tenon::mapping
