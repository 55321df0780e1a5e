#pragma once
// Host names (RFC 1123) and mailboxes (RFC 5321) as yes or no.

#include <string_view>

#include "uri_format.hpp"

namespace tenon::form {

/// With UriLetters::unicode any character above U+007F counts as a letter. What a label beginning with
/// `xn--` encodes is not looked at: that would want the tables of IDNA 2008.
[[nodiscard]] bool is_hostname(std::string_view text, UriLetters letters);
/// `local@host`, the local part plain or quoted, or an address in brackets for the host.
[[nodiscard]] bool is_email(std::string_view text, UriLetters letters);

}  // namespace tenon::form
