#pragma once
// The URLs that may be called: absolute, http or https, nothing a second reader could take otherwise.

#include <optional>
#include <string>
#include <string_view>

namespace tenon::net {

struct Url {
    bool is_https = false;
    std::string host;  ///< Lower case; an IPv6 address without its brackets.
    unsigned short port = 0;
    std::string target;  ///< Path and query, at least `/`.

    /// Value of the Host header: brackets and a port other than the scheme's are written.
    [[nodiscard]] std::string authority() const;
};

/// Nothing for another scheme, userinfo, a fragment, port 0, an empty host, a host with other characters than
/// letters, digits, `.`, `-`, `_` (or an IPv6 address in brackets), or anything outside visible ASCII.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

}  // namespace tenon::net
