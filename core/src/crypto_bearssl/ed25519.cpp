// Ed25519 on libsodium's arithmetic of Edwards25519 and BearSSL's SHA-512.
#include <bearssl_hash.h>

#include <array>

#include "tenon/crypto/backend.hpp"

extern "C" {
#include <sodium/private/ed25519_ref10.h>
}

// The one function of libsodium's utilities that its arithmetic calls.
extern "C" int sodium_is_zero(const unsigned char* bytes, std::size_t size) {
    unsigned char any = 0;
    for (std::size_t i = 0; i < size; ++i) any = static_cast<unsigned char>(any | bytes[i]);
    return any == 0 ? 1 : 0;
}

namespace tenon::crypto::backend {
namespace {

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

bool ed25519_matches(std::string_view key, std::string_view message, std::string_view signature) {
    ge25519_p3 negated_key;
    if (ge25519_frombytes_negate_vartime(&negated_key, bytes(key)) != 0) return false;
    br_sha512_context context;
    br_sha512_init(&context);
    br_sha512_update(&context, signature.data(), 32);
    br_sha512_update(&context, key.data(), key.size());
    br_sha512_update(&context, message.data(), message.size());
    std::array<unsigned char, 64> scalar{};
    br_sha512_out(&context, scalar.data());
    sc25519_reduce(scalar.data());
    // R = s B - h A (RFC 8032 5.1.7 without the cofactor)
    ge25519_p2 expected;
    ge25519_double_scalarmult_vartime(&expected, scalar.data(), &negated_key, bytes(signature) + 32);
    std::array<unsigned char, 32> encoded{};
    ge25519_tobytes(encoded.data(), &expected);
    return std::string_view(reinterpret_cast<const char*>(encoded.data()), encoded.size()) ==
           signature.substr(0, 32);
}

}  // namespace tenon::crypto::backend
