#pragma once
// Public keys as they are handed over: SubjectPublicKeyInfo, certificates, PEM. Strict DER: one encoding for
// one value. A certificate is only the place of a key here; chains are in certificate.hpp.

#include <optional>
#include <string>
#include <string_view>

#include "tenon/crypto/public_key.hpp"

namespace tenon::crypto {

/// Nothing unless the whole input is one key that is_acceptable().
[[nodiscard]] std::optional<PublicKey> read_spki(std::string_view der);
/// The key of an X.509 certificate.
[[nodiscard]] std::optional<PublicKey> read_certificate_key(std::string_view der);

/// One armoured block. `rest` of the text is not looked at: a file of certificates starts with its own.
struct PemBlock {
    std::string label;  ///< `PUBLIC KEY`
    std::string bytes;
};
/// Nothing for text that does not start with a block (after white space), for a malformed body, or if the
/// labels differ.
[[nodiscard]] std::optional<PemBlock> read_pem(std::string_view text);

/// `PUBLIC KEY` or `CERTIFICATE`.
[[nodiscard]] std::optional<PublicKey> read_public_pem(std::string_view pem);

/// RSA key from the numbers of a JWK; leading zeros are dropped.
[[nodiscard]] std::optional<PublicKey> rsa_key(std::string_view modulus, std::string_view exponent);
/// Elliptic key from the coordinates of a JWK; Ed25519 has only `x`.
[[nodiscard]] std::optional<PublicKey> curve_key(KeyKind kind, std::string_view x, std::string_view y);

}  // namespace tenon::crypto
