#pragma once
// References between schemas (RFC 3986, section 5.2): texts only, nothing is normalised but dot segments.

#include <optional>
#include <string>
#include <string_view>

namespace tenon::form {

struct Uri {
    std::optional<std::string> scheme;
    std::optional<std::string> authority;
    std::string path;
    std::optional<std::string> query;
    std::optional<std::string> fragment;

    /// Everything but the fragment.
    [[nodiscard]] std::string without_fragment() const;
};

/// Any text is a reference in this reading; nothing is checked.
[[nodiscard]] Uri split_uri(std::string_view text);
[[nodiscard]] Uri resolve_uri(const Uri& base, const Uri& reference);
/// `%41` -> `A`; nothing for a broken escape or bytes that are not UTF-8.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

}  // namespace tenon::form
