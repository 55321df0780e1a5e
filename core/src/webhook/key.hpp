#pragma once
// From what an operator pastes, or a provider publishes, to a key that is ready to use.

#include <memory>
#include <optional>

#include "plan.hpp"
#include "public_keys.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/secret.hpp"
#include "tenon/crypto/public_key.hpp"

namespace tenon::webhook {

struct Key {
    Secret bytes;                     // secrets; a pinned root as DER
    std::optional<crypto::Hmac> mac;  // set for HMAC schemes, keyed once
    std::optional<crypto::PublicKey> public_key;
    std::unique_ptr<PrivateKey> private_key;
};

/// Errors: secret_missing (empty), secret_malformed.
[[nodiscard]] Result<Key> prepare_key(const Scheme::Plan& plan, std::string_view pasted,
                                      const json::Object& config);

/// A key that was looked up by `name`: a text as above, a JWK, or a JWK set that has `name` as a `kid`.
/// Errors: those above, key_unknown (a set without it).
[[nodiscard]] Result<Key> prepare_named_key(const Scheme::Plan& plan, const json::Value& given,
                                            std::string_view name, const json::Object& config);

}  // namespace tenon::webhook
