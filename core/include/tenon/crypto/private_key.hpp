#pragma once
// The one private-key operation: unwrapping a key that a sender encrypted to us.

#include <optional>
#include <string>
#include <string_view>

#include "tenon/base/secret.hpp"
#include "tenon/crypto/public_key.hpp"

namespace tenon::crypto {

/// Numbers big-endian without leading zeros, as in RFC 8017 A.1.2.
struct RsaPrivateKey {
    PublicKey open;  ///< Modulus and public exponent.
    Secret exponent, prime1, prime2, exponent1, exponent2, coefficient;
};

/// PKCS#8 (`PRIVATE KEY`) or PKCS#1 (`RSA PRIVATE KEY`) in PEM; nothing for another kind of key, for an RSA
/// key that is not acceptable, or for numbers that can't belong together.
[[nodiscard]] std::optional<RsaPrivateKey> read_private_pem(std::string_view pem);

/// RSA-OAEP with SHA-1 and an empty label. Nothing for whatever does not decrypt: why is nobody's business.
[[nodiscard]] std::optional<std::string> unwrap_oaep_sha1(const RsaPrivateKey& key, std::string_view wrapped);

}  // namespace tenon::crypto
