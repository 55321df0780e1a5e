#pragma once
// The stored form of a sealed value: version(1), root key id(8), organisation key id(8), nonce(12),
// ciphertext, tag(16). The head is not part of the authenticated data; every field of it is compared with
// what the vault knows, so no bit of it can change unnoticed.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "vault/aead.hpp"

namespace tenon::vault {

inline constexpr char envelope_version = 1;
inline constexpr std::size_t key_id_bytes = 8;
inline constexpr std::size_t envelope_head_bytes = 1 + 2 * key_id_bytes + nonce_bytes;
inline constexpr std::size_t envelope_bytes = envelope_head_bytes + tag_bytes;  ///< More than the plaintext.

/// Views into the bytes that were split.
struct Envelope {
    std::string_view root_key_id, organisation_key_id, nonce, sealed;
};

/// Nothing for another version or fewer bytes than an empty value has.
[[nodiscard]] std::optional<Envelope> split(std::string_view bytes);
/// The head; ciphertext and tag are appended to it.
[[nodiscard]] std::string head_of(std::string_view root_key_id, std::string_view organisation_key_id,
                                  std::string_view nonce, std::size_t plaintext_bytes);

}  // namespace tenon::vault
