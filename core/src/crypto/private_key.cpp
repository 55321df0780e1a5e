#include "tenon/crypto/private_key.hpp"

#include "der.hpp"
#include "tenon/crypto/backend.hpp"
#include "tenon/crypto/key_file.hpp"

namespace tenon::crypto {
namespace {

using namespace std::string_view_literals;

/// RFC 8017 A.1.2, two primes.
std::optional<RsaPrivateKey> read_numbers(std::string_view der) {
    Der outer(der);
    Der list(outer.take(tag::sequence));
    const std::string_view version = list.take_unsigned();
    const std::string_view modulus = list.take_unsigned();
    const std::string_view exponent = list.take_unsigned();
    RsaPrivateKey key;
    Secret* const secrets[] = {&key.exponent,  &key.prime1,    &key.prime2,
                               &key.exponent1, &key.exponent2, &key.coefficient};
    const std::size_t size = modulus.size();
    for (Secret* secret : secrets) {
        const std::string_view number = list.take_unsigned();
        if (number.empty() || number.size() > size) return std::nullopt;
        *secret = Secret(std::string(number));
    }
    if (!version.empty() || !outer.at_end() || !list.at_end()) return std::nullopt;
    // Both backends compute with the primes: they must be odd and about half as long as the modulus each.
    for (const Secret* prime : {&key.prime1, &key.prime2})
        if ((prime->expose().back() & 1) == 0 || prime->expose().size() > size / 2 + 1) return std::nullopt;
    auto open = rsa_key(modulus, exponent);
    if (!open) return std::nullopt;
    key.open = std::move(*open);
    return key;
}

}  // namespace

std::optional<RsaPrivateKey> read_private_pem(std::string_view pem) {
    constexpr std::string_view rsa_algorithm = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00"sv;
    auto block = read_pem(pem);
    if (!block) return std::nullopt;
    std::optional<RsaPrivateKey> key;
    if (block->label == "RSA PRIVATE KEY") {
        key = read_numbers(block->bytes);
    } else if (block->label == "PRIVATE KEY") {  // RFC 5208
        Der outer(block->bytes);
        Der info(outer.take(tag::sequence));
        const std::string_view version = info.take_unsigned();
        const std::string_view algorithm = info.take(tag::sequence);
        const std::string_view numbers = info.take(tag::octet_string);
        // Attributes may follow.
        if (outer.at_end() && !info.failed() && version.empty() && algorithm == rsa_algorithm)
            key = read_numbers(numbers);
    }
    wipe(block->bytes);
    return key;
}

std::optional<std::string> unwrap_oaep_sha1(const RsaPrivateKey& key, std::string_view wrapped) {
    if (wrapped.size() != key.open.number.size()) return std::nullopt;
    return backend::rsa_oaep_sha1(key, wrapped);
}

}  // namespace tenon::crypto
