#pragma once
// Port: hashing and message authentication. Each build links exactly one backend: OpenSSL 3 natively
// (native/crypto_openssl), BearSSL in both WebAssembly builds (core/crypto_bearssl). Both pass the same
// vectors.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tenon::crypto {

enum class Hash : std::uint8_t { sha1, sha256, sha384, sha512 };

[[nodiscard]] std::size_t size_of(Hash hash);

/// Digest of the concatenation of what was passed to update(). One use: after finish() start a new object.
[[nodiscard]] std::string digest(Hash hash, std::string_view bytes);

/// A keyed MAC whose key schedule is computed once and reused: several times cheaper than one-shot HMAC for
/// short messages. Not for two threads at once.
class Hmac {
public:
    /// `key`: any length, may be empty here (callers refuse empty secrets).
    Hmac(Hash hash, std::string_view key);
    Hmac(Hmac&&) noexcept;
    Hmac& operator=(Hmac&&) noexcept;
    ~Hmac();

    /// Starts a new message.
    void begin();
    void update(std::string_view bytes);
    /// The MAC, full length.
    [[nodiscard]] std::string finish();

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// One-shot convenience.
[[nodiscard]] std::string hmac(Hash hash, std::string_view key, std::string_view message);

/// Time does not depend on where the inputs differ. Unequal lengths are unequal.
[[nodiscard]] bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace tenon::crypto
