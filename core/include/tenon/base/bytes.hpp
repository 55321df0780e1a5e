#pragma once
// Bytes to text and back. Decoders are strict: one text for one value, so a signature has one spelling.

#include <optional>
#include <string>
#include <string_view>

namespace tenon::bytes {

enum class HexCase : unsigned char { lower, any };

[[nodiscard]] std::string to_hex(std::string_view bytes);
/// Even length; with HexCase::lower an upper-case digit is refused.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text, HexCase accepted = HexCase::lower);
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// RFC 4648 section 4: padding required, spare bits zero, no white space.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64url(std::string_view bytes);  ///< Without padding.
/// RFC 4648 section 5 without padding, spare bits zero.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);
/// Percent-encodes all but `A-Z a-z 0-9 - . _ ~` (RFC 3986 unreserved).
[[nodiscard]] std::string percent_encode(std::string_view bytes);

}  // namespace tenon::bytes
