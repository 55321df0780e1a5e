#pragma once
// The grammar of RFC 3986 (and, for IRIs, RFC 3987's additional letters) as yes or no.

#include <cstdint>
#include <string_view>

namespace tenon::form {

enum class UriKind : std::uint8_t { absolute, reference };
enum class UriLetters : std::uint8_t { ascii, unicode };

[[nodiscard]] bool is_uri(std::string_view text, UriKind kind, UriLetters letters);
/// RFC 6570, literals and expressions of all levels.
[[nodiscard]] bool is_uri_template(std::string_view text);
/// Four numbers up to 255 without leading zeros.
[[nodiscard]] bool is_ipv4(std::string_view text);
/// RFC 4291, without a zone.
[[nodiscard]] bool is_ipv6(std::string_view text);

}  // namespace tenon::form
