#pragma once
// Whether a pattern keeps a host name inside a provider's own domains (DESIGN rule 4): a credential must
// never go to a host that somebody could register.

#include <string_view>

namespace tenon::catalogue {

/// `pattern`: anchored with `^` and `$`, matching a whole host name (or, for a URL, its part between `//` and
/// the next
/// `/`). Bounded: it allows a finite set of names, or it ends in literals with two dots or more
/// (`\.my\.example\.com`). An alternative outside parentheses is never bounded: it would escape the anchors.
[[nodiscard]] bool is_bounded_host(std::string_view pattern);
/// The same for a pattern of a whole https URL.
[[nodiscard]] bool is_bounded_url(std::string_view pattern);

}  // namespace tenon::catalogue
