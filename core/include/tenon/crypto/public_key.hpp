#pragma once
// Signatures that are checked with a public key. Everything that decides what is well formed is in
// core/crypto, once for all builds; a backend (backend.hpp) only computes. So both backends give the same
// answer to odd input.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tenon/crypto/hash.hpp"

namespace tenon::crypto {

enum class KeyKind : std::uint8_t { rsa, p256, p384, ed25519 };

/// As the readers of key_file.hpp make it: numbers big-endian without leading zeros, except where the length
/// is fixed.
struct PublicKey {
    KeyKind kind = KeyKind::rsa;
    std::string number;    ///< RSA: modulus. P-256, P-384: X and Y. Ed25519: its 32 bytes.
    std::string exponent;  ///< RSA only.
};

/// RSA: 1024 to 4096 bits, odd modulus, odd exponent from 3 up to 8 bytes. Elliptic: a point on the curve
/// other than the neutral one. Ed25519: canonical and not of small order.
[[nodiscard]] bool is_acceptable(const PublicKey& key);

inline constexpr std::size_t ed25519_signature_size = 64;

/// Bytes of one coordinate or of half a signature; 0 for RSA.
[[nodiscard]] std::size_t coordinate_size(KeyKind kind);

/// PKCS#1 v1.5 with exactly the one encoding of the digest that the standard names. False for a key of
/// another kind, for a signature that is not as long as the modulus or not below it.
[[nodiscard]] bool verify_rsa(const PublicKey& key, Hash hash, std::string_view message,
                              std::string_view signature);
/// `signature` is r and s, each as long as a coordinate; both have to be from 1 to the order - 1.
[[nodiscard]] bool verify_ecdsa(const PublicKey& key, Hash hash, std::string_view message,
                                std::string_view signature);
/// RFC 8032 without cofactor: s below the order, R compared byte by byte.
[[nodiscard]] bool verify_ed25519(const PublicKey& key, std::string_view message, std::string_view signature);

/// r and s of a DER signature, each padded to `size` bytes. Nothing for anything but the one minimal encoding
/// of two integers that are not negative. An integer that is too large comes back as all ones, which no order
/// reaches.
[[nodiscard]] std::optional<std::string> ecdsa_from_der(std::string_view der, std::size_t size);

}  // namespace tenon::crypto
