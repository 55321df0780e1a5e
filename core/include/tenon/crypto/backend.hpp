#pragma once
// What a backend computes for public_key.hpp. Inputs have been checked for form there; a backend answers
// false or nothing for what it can't compute with, and never crashes. Threads: any.

#include <optional>
#include <string>
#include <string_view>

#include "tenon/crypto/private_key.hpp"
#include "tenon/crypto/public_key.hpp"

namespace tenon::crypto::backend {

/// `block` to the exponent, modulo the modulus; nothing unless the block is as long as the modulus and below
/// it.
[[nodiscard]] std::optional<std::string> rsa_public(const PublicKey& key, std::string_view block);
[[nodiscard]] bool is_on_curve(const PublicKey& key);
/// r and s are in range.
[[nodiscard]] bool ecdsa_matches(const PublicKey& key, std::string_view digest, std::string_view signature);
/// The key is canonical and not of small order, s is in range.
[[nodiscard]] bool ed25519_matches(std::string_view key, std::string_view message,
                                   std::string_view signature);
/// Time does not depend on what is inside the padding.
[[nodiscard]] std::optional<std::string> rsa_oaep_sha1(const RsaPrivateKey& key, std::string_view wrapped);

}  // namespace tenon::crypto::backend
