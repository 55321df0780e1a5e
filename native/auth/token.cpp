#include "auth/token.hpp"

#include <algorithm>

#include "tenon/base/bytes.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::auth {
namespace {

constexpr std::string_view key_prefix = "tnk_";
constexpr std::size_t id_digits = 32;
constexpr std::size_t secret_characters = 43;

std::string hex_id(const Uuid& id) {
    return bytes::to_hex({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
}

template <typename Id>
std::optional<ReadToken<Id>> read_token(std::string_view text) {
    if (text.size() != id_digits + 1 + secret_characters || text[id_digits] != '_') return std::nullopt;
    const auto raw = bytes::from_hex(text.substr(0, id_digits));
    auto hash = hash_secret(text.substr(id_digits + 1));
    if (!raw || !hash) return std::nullopt;
    Uuid id;
    std::copy_n(raw->begin(), id.bytes.size(), reinterpret_cast<char*>(id.bytes.data()));
    return ReadToken<Id>{Id{id}, std::move(*hash)};
}

}  // namespace

FreshSecret make_secret(Random& random) {
    FreshSecret made;
    made.text = bytes::to_base64url(random.bytes(32));
    made.sha256 = crypto::digest(crypto::Hash::sha256, made.text);
    return made;
}

std::optional<std::string> hash_secret(std::string_view text) {
    if (text.size() != secret_characters || !bytes::from_base64url(text)) return std::nullopt;
    return crypto::digest(crypto::Hash::sha256, text);
}

std::string api_key_text(ApiKeyId id, std::string_view secret) {
    return std::string(key_prefix).append(session_text(SessionId{id.value}, secret));
}

std::string session_text(SessionId id, std::string_view secret) {
    return hex_id(id.value).append("_").append(secret);
}

std::optional<ReadToken<ApiKeyId>> read_api_key(std::string_view text) {
    if (!text.starts_with(key_prefix)) return std::nullopt;
    return read_token<ApiKeyId>(text.substr(key_prefix.size()));
}

std::optional<ReadToken<SessionId>> read_session(std::string_view text) {
    return read_token<SessionId>(text);
}

}  // namespace tenon::auth
