// RSA and ECDSA on BearSSL's 31-bit integers: one set of routines for both, and for both curves.
#include <bearssl_ec.h>
#include <bearssl_rsa.h>

#include "tenon/crypto/backend.hpp"

namespace tenon::crypto::backend {
namespace {

unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// BearSSL's structures take pointers to what it does not change.
unsigned char* bytes(std::string_view text) {
    return const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(text.data()));
}

int curve_of(KeyKind kind) { return kind == KeyKind::p384 ? BR_EC_secp384r1 : BR_EC_secp256r1; }

std::string uncompressed(const PublicKey& key) { return '\4' + key.number; }

}  // namespace

std::optional<std::string> rsa_public(const PublicKey& key, std::string_view block) {
    const br_rsa_public_key public_key{bytes(std::string_view(key.number)), key.number.size(),
                                       bytes(std::string_view(key.exponent)), key.exponent.size()};
    std::string result(block);
    if (br_rsa_i31_public(bytes(result), result.size(), &public_key) != 1) return std::nullopt;
    return result;
}

bool is_on_curve(const PublicKey& key) {
    constexpr unsigned char one[] = {1};
    std::string point = uncompressed(key);  // multiplying decodes it, and that checks the equation
    return br_ec_prime_i31.mul(bytes(point), point.size(), one, sizeof one, curve_of(key.kind)) == 1;
}

bool ecdsa_matches(const PublicKey& key, std::string_view digest, std::string_view signature) {
    std::string point = uncompressed(key);
    const br_ec_public_key public_key{curve_of(key.kind), bytes(point), point.size()};
    return br_ecdsa_i31_vrfy_raw(&br_ec_prime_i31, digest.data(), digest.size(), &public_key,
                                 signature.data(), signature.size()) == 1;
}

std::optional<std::string> rsa_oaep_sha1(const RsaPrivateKey& key, std::string_view wrapped) {
    const auto part = [](const Secret& secret) { return bytes(secret.expose()); };
    const br_rsa_private_key private_key{
        static_cast<std::uint32_t>(
            key.open.number.size() * 8 -
            static_cast<std::size_t>(__builtin_clz(static_cast<unsigned char>(key.open.number[0])) - 24)),
        part(key.prime1),
        key.prime1.expose().size(),
        part(key.prime2),
        key.prime2.expose().size(),
        part(key.exponent1),
        key.exponent1.expose().size(),
        part(key.exponent2),
        key.exponent2.expose().size(),
        part(key.coefficient),
        key.coefficient.expose().size()};
    std::string data(wrapped);
    std::size_t size = data.size();
    const bool is_good =
        br_rsa_i31_oaep_decrypt(&br_sha1_vtable, nullptr, 0, &private_key, data.data(), &size) == 1;
    std::optional<std::string> out;
    if (is_good) out.emplace(data, 0, size);
    wipe(data);
    return out;
}

}  // namespace tenon::crypto::backend
