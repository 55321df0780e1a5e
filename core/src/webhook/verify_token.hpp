#pragma once
// What is checked of a token besides its shape, in the order of spec/WEBHOOKS.md: signature, times, claims.

#include <optional>

#include "key.hpp"
#include "plan.hpp"
#include "request.hpp"
#include "tenon/base/error.hpp"
#include "tenon/base/time.hpp"
#include "token.hpp"

namespace tenon::webhook {

/// By the algorithm that the token names; false for a key of another kind.
[[nodiscard]] bool is_signed_by(const Token& token, const Key& key);
/// exp, nbf and iat: timestamp_missing, timestamp_malformed, timestamp_outside_window.
[[nodiscard]] std::optional<Errc> check_times(const Token& token, const JwtRule& rule, UnixTime now);
/// Claims and digests of body and URL: check_failed.
[[nodiscard]] std::optional<Errc> check_claims(Request& request, const Token& token, const JwtRule& rule);

}  // namespace tenon::webhook
