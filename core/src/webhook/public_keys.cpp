#include "public_keys.hpp"

#include "tenon/base/bytes.hpp"
#include "tenon/crypto/certificate.hpp"
#include "tenon/crypto/key_file.hpp"
#include "tenon/crypto/private_key.hpp"

namespace tenon::webhook {
namespace {

struct OaepKey final : PrivateKey {
    explicit OaepKey(crypto::RsaPrivateKey given) : key(std::move(given)) {}
    std::optional<std::string> unwrap(std::string_view wrapped) const override {
        return crypto::unwrap_oaep_sha1(key, wrapped);
    }
    crypto::RsaPrivateKey key;
};

/// A member in base64url; empty if it is absent or malformed.
std::string number(const json::Value& jwk, std::string_view name) {
    return bytes::from_base64url(jwk.text_at(name)).value_or(std::string());
}

/// RFC 7517: RSA, P-256, P-384 and Ed25519.
std::optional<crypto::PublicKey> key_of(const json::Value& jwk) {
    const std::string_view type = jwk.text_at("kty");
    const std::string_view curve = jwk.text_at("crv");
    if (type == "RSA") return crypto::rsa_key(number(jwk, "n"), number(jwk, "e"));
    if (type == "OKP" && curve == "Ed25519")
        return crypto::curve_key(crypto::KeyKind::ed25519, number(jwk, "x"), {});
    if (type != "EC" || (curve != "P-256" && curve != "P-384")) return std::nullopt;
    return crypto::curve_key(curve == "P-256" ? crypto::KeyKind::p256 : crypto::KeyKind::p384,
                             number(jwk, "x"), number(jwk, "y"));
}

/// The key of a set with this `kid`; the value itself if it is no set, null if it has no such key.
const json::Value* select(const json::Value& given, std::string_view kid) {
    const json::Value* keys = given.find("keys");
    if (keys == nullptr || !keys->is_array()) return &given;
    for (const json::Value& key : keys->as_array())
        if (key.text_at("kid") == kid) return &key;
    return nullptr;
}

}  // namespace

bool has_public_keys() { return true; }

std::optional<crypto::PublicKey> read_public_key(KeyType type, std::string_view text) {
    if (type == KeyType::ed25519_raw) return crypto::curve_key(crypto::KeyKind::ed25519, text, {});
    return type == KeyType::spki_der ? crypto::read_spki(text) : crypto::read_public_pem(text);
}

Result<crypto::PublicKey> read_jwk(const json::Value& given, std::string_view kid) {
    const json::Value* selected = select(given, kid);
    if (selected == nullptr) return fail(Errc::key_unknown);
    auto key = key_of(*selected);
    if (!key) return fail(Errc::secret_malformed);
    return std::move(*key);
}

std::optional<std::string> public_signature(Algorithm algorithm, const std::string& bytes) {
    if (algorithm == Algorithm::ecdsa)
        return crypto::ecdsa_from_der(bytes, crypto::coordinate_size(crypto::KeyKind::p256));
    if (algorithm == Algorithm::ed25519 && bytes.size() != crypto::ed25519_signature_size)
        return std::nullopt;
    return bytes;
}

bool is_signed(const crypto::PublicKey& key, const Method& method, std::string_view message,
               std::string_view signature) {
    if (method.algorithm == Algorithm::rsa) return crypto::verify_rsa(key, method.hash, message, signature);
    if (method.algorithm == Algorithm::ecdsa)
        return key.kind == crypto::KeyKind::p256 &&
               crypto::verify_ecdsa(key, method.hash, message, signature);
    return crypto::verify_ed25519(key, message, signature);
}

bool is_token_signed(const crypto::PublicKey& key, std::string_view algorithm, std::string_view message,
                     std::string_view signature) {
    struct Row {
        std::string_view name;
        crypto::KeyKind kind;
        crypto::Hash hash;
    };
    constexpr Row rows[] = {{"RS256", crypto::KeyKind::rsa, crypto::Hash::sha256},
                            {"RS384", crypto::KeyKind::rsa, crypto::Hash::sha384},
                            {"RS512", crypto::KeyKind::rsa, crypto::Hash::sha512},
                            {"ES256", crypto::KeyKind::p256, crypto::Hash::sha256},
                            {"ES384", crypto::KeyKind::p384, crypto::Hash::sha384},
                            {"EdDSA", crypto::KeyKind::ed25519, crypto::Hash::sha512}};
    for (const auto& [name, kind, hash] : rows) {
        if (algorithm != name || key.kind != kind) continue;
        if (kind == crypto::KeyKind::rsa) return crypto::verify_rsa(key, hash, message, signature);
        if (kind == crypto::KeyKind::ed25519) return crypto::verify_ed25519(key, message, signature);
        return crypto::verify_ecdsa(key, hash, message, signature);
    }
    return false;
}

std::optional<std::string> read_root(std::string_view pem) {
    auto block = crypto::read_pem(pem);
    if (!block || block->label != "CERTIFICATE" || !crypto::read_certificate_key(block->bytes))
        return std::nullopt;
    return std::move(block->bytes);
}

std::optional<crypto::PublicKey> key_of_chain(const std::vector<std::string>& chain, std::string_view root,
                                              const JwtRule& rule, UnixTime now) {
    return crypto::trusted_key(chain, root, now, {rule.leaf_oid, rule.intermediate_oid});
}

std::unique_ptr<PrivateKey> read_private_key(std::string_view pem) {
    auto key = crypto::read_private_pem(pem);
    return key ? std::make_unique<OaepKey>(std::move(*key)) : nullptr;
}

}  // namespace tenon::webhook
