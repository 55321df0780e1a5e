#include "tenon/base/pattern.hpp"

#include "pattern_program.hpp"

namespace tenon {

Result<Pattern> Pattern::compile(std::string_view pattern, const PatternDialect& dialect) {
    const std::optional<pattern::Tree> tree = pattern::parse(pattern, dialect);
    if (!tree) return fail(Errc::pattern_invalid);
    std::optional<Program> program = pattern::compile(*tree);
    if (!program) return fail(Errc::pattern_invalid);
    return Pattern(std::make_shared<const Program>(std::move(*program)));
}

bool Pattern::is_found_in(std::string_view text) const {
    return pattern::is_match(*program_, text, pattern::Span::somewhere);
}

bool Pattern::matches_all(std::string_view text) const {
    return pattern::is_match(*program_, text, pattern::Span::whole);
}

std::string Pattern::replace_all(std::string_view text, std::string_view with) const {
    return pattern::replace_all(*program_, text, with);
}

}  // namespace tenon
