#pragma once
// The encodings of signatures, keys and digests.

#include <optional>
#include <string>
#include <string_view>

#include "plan.hpp"

namespace tenon::webhook {

[[nodiscard]] std::string encode(Encoding encoding, std::string bytes);
/// Strict: lower-case hex, canonical base64. `text` and `raw` are taken as they are.
[[nodiscard]] std::optional<std::string> decode(Encoding encoding, std::string_view text);

}  // namespace tenon::webhook
