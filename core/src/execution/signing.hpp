#pragma once
// Standard Webhooks v1 signatures of what we send (https://www.standardwebhooks.com). Only the symmetric
// form.

#include <optional>
#include <string>
#include <string_view>

#include "tenon/base/secret.hpp"

namespace tenon::execution {

/// The key bytes of a secret in base64, with or without `whsec_`; nothing if it is not base64 or shorter than
/// 16 bytes.
[[nodiscard]] std::optional<Secret> signing_key(std::string_view secret);

/// `v1,<base64>` over `id.timestamp.body`.
[[nodiscard]] std::string standard_webhooks_signature(const Secret& key, std::string_view id,
                                                      std::string_view timestamp, std::string_view body);

}  // namespace tenon::execution
