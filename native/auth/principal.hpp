#pragma once
// Who is calling, once it is proven.

#include <string>
#include <string_view>
#include <vector>

#include "store/organisation.hpp"
#include "store/rows.hpp"

namespace tenon::auth {

enum class Means : unsigned char { api_key, session };

/// A proven caller. Made by Authenticator only; everything it may touch follows from `organisation`.
struct Principal {
    store::Organisation organisation;
    ApiKeyId api_key_id;
    SessionId session_id;  ///< Nil unless means is session.
    Means means = Means::api_key;
    std::vector<std::string> scopes;  ///< `*`, `forms:*`, `forms:read`, …
    std::string csrf_token;           ///< What X-Tenon-CSRF must say; empty unless means is session.

    /// True if a scope of the list covers `needed` (`resource:read` or `resource:write`; write does not imply
    /// read).
    [[nodiscard]] bool may(std::string_view needed) const;
    /// Stable text for idempotency keys and audit: `key:<id>`.
    [[nodiscard]] std::string name() const { return "key:" + api_key_id.text(); }
};

/// True if holding `held` is enough for `needed`: `*`, `forms:*` or the same text.
[[nodiscard]] bool scope_covers(std::string_view held, std::string_view needed);

}  // namespace tenon::auth
