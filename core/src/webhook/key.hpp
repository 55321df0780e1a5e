#pragma once
// From what an operator pastes to a key that is ready to use.

#include <optional>

#include "plan.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/secret.hpp"

namespace tenon::webhook {

struct Key {
    Secret bytes;
    std::optional<crypto::Hmac> mac;  // set for HMAC schemes, keyed once
};

/// Errors: secret_missing (empty), secret_malformed.
[[nodiscard]] Result<Key> prepare_key(const Scheme::Plan& plan, std::string_view pasted,
                                      const json::Object& config);

}  // namespace tenon::webhook
