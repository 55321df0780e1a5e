#include "signing.hpp"

#include "tenon/base/bytes.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::execution {

namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::size_t shortest_key = 16;

}  // namespace

std::optional<Secret> signing_key(std::string_view secret) {
    if (secret.rfind(secret_prefix, 0) == 0) secret.remove_prefix(secret_prefix.size());
    auto bytes = bytes::from_base64(secret);
    if (!bytes) return std::nullopt;
    if (bytes->size() < shortest_key) {
        wipe(*bytes);
        return std::nullopt;
    }
    return Secret(std::move(*bytes));
}

std::string standard_webhooks_signature(const Secret& key, std::string_view id, std::string_view timestamp,
                                        std::string_view body) {
    crypto::Hmac mac(crypto::Hash::sha256, key.expose());
    mac.begin();
    for (const std::string_view part : {id, std::string_view("."), timestamp, std::string_view("."), body})
        mac.update(part);
    return "v1," + bytes::to_base64(mac.finish());
}

}  // namespace tenon::execution
