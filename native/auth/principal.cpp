#include "auth/principal.hpp"

#include <algorithm>

namespace tenon::auth {

bool scope_covers(std::string_view held, std::string_view needed) {
    if (held == "*" || held == needed) return true;
    if (held.size() < 3 || !held.ends_with(":*")) return false;
    return needed.starts_with(held.substr(0, held.size() - 1));
}

bool Principal::may(std::string_view needed) const {
    return std::any_of(scopes.begin(), scopes.end(),
                       [&](const std::string& held) { return scope_covers(held, needed); });
}

}  // namespace tenon::auth
