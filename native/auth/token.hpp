#pragma once
// The texts that prove who is calling: API keys, session cookies and sign-in tokens. Each carries 256 random
// bits; the store keeps their SHA-256 only, so a stolen database opens nothing.

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"

namespace tenon::auth {

/// 256 bits as 43 base64url characters, and what the store keeps of them.
struct FreshSecret {
    std::string text;
    std::string sha256;  ///< 32 bytes.
};
[[nodiscard]] FreshSecret make_secret(Random& random);

/// SHA-256 of a secret's text; nothing unless it is 43 canonical base64url characters.
[[nodiscard]] std::optional<std::string> hash_secret(std::string_view text);

/// `tnk_<32 hex digits of the id>_<secret>`.
[[nodiscard]] std::string api_key_text(ApiKeyId id, std::string_view secret);
/// `<32 hex digits of the id>_<secret>`.
[[nodiscard]] std::string session_text(SessionId id, std::string_view secret);

template <typename Id>
struct ReadToken {
    Id id;
    std::string sha256;
};
/// Nothing for any other spelling: upper case, a missing or additional character, spare bits set.
[[nodiscard]] std::optional<ReadToken<ApiKeyId>> read_api_key(std::string_view text);
[[nodiscard]] std::optional<ReadToken<SessionId>> read_session(std::string_view text);

}  // namespace tenon::auth
