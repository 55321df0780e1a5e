#pragma once
// Patterns of JSON Schema are ECMA-262's (with the flag u); ours are a subset of RE2's. What both can say is
// translated, everything else is refused when the schema is compiled.

#include <string_view>

#include "tenon/base/pattern.hpp"
#include "tenon/base/result.hpp"

namespace tenon::form {

/// Errors: pattern_unsupported (look-around, back-references, properties but `\p{L}` and `\p{Nd}`, over 2,000
/// characters, and whatever is not a pattern).
[[nodiscard]] Result<Pattern> compile_ecma_pattern(std::string_view pattern);

/// The format `regex`: also true for look-around, back-references and properties, which compile_ecma_pattern
/// refuses.
[[nodiscard]] bool is_ecma_pattern(std::string_view text);

}  // namespace tenon::form
