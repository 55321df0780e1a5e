#pragma once
// Email addresses, web addresses and phone numbers (spec/MAPPING.md 5.5). Shape only: nothing is looked up.

#include <optional>
#include <string>
#include <string_view>

namespace tenon::mapping {

/// `text` is trimmed by the caller. ASCII only, at most 254 characters, a domain of two labels or more.
[[nodiscard]] bool is_email(std::string_view text);
/// The address with its scheme in lower case; nothing if `text` (trimmed by the caller) is no http or https
/// URL of at most 2000 characters without userinfo.
[[nodiscard]] std::optional<std::string> read_url(std::string_view text);
/// `+`? and 5 to 15 digits; nothing for anything else.
[[nodiscard]] std::optional<std::string> read_phone(std::string_view text);
/// A host name of letters, digits and inner hyphens, at most 253 characters, with an optional port.
[[nodiscard]] bool is_host(std::string_view text);

}  // namespace tenon::mapping
