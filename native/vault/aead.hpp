#pragma once
// AES-256-GCM with the cipher looked up once and contexts used again: making both anew costs more than
// sealing a kilobyte.

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::vault {

inline constexpr std::size_t key_bytes = 32;
inline constexpr std::size_t nonce_bytes = 12;
inline constexpr std::size_t tag_bytes = 16;

/// Threads: any.
class Aead {
public:
    Aead();
    Aead(const Aead&) = delete;
    Aead& operator=(const Aead&) = delete;
    ~Aead();

    /// Appends ciphertext and tag to `out`. A nonce is used once per key. False: the library failed.
    [[nodiscard]] bool seal(std::string_view key, std::string_view nonce, std::string_view associated,
                            std::string_view plaintext, std::string& out) const;
    /// `sealed`: ciphertext and tag. Nothing unless every bit is as it was sealed.
    [[nodiscard]] std::optional<std::string> open(std::string_view key, std::string_view nonce,
                                                  std::string_view associated, std::string_view sealed) const;

    struct Parts;

private:
    std::unique_ptr<Parts> parts_;
};

/// HMAC-SHA-256; 32 bytes, empty if the library failed.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);
/// SHA-256; 32 bytes, empty if the library failed.
[[nodiscard]] std::string sha256(std::string_view message);

}  // namespace tenon::vault
