#pragma once
// `format` as an assertion.

#include <cstdint>
#include <string_view>

namespace tenon::form {

/// `not_checked`: a format of the standard that this project can't check. `unknown`: none of the standard.
enum class FormatSupport : std::uint8_t { checked, not_checked, unknown };

[[nodiscard]] FormatSupport format_support(std::string_view format);
/// Only for a format that is checked.
[[nodiscard]] bool has_format(std::string_view format, std::string_view text);

}  // namespace tenon::form
