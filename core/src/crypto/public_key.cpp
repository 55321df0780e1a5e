// What is well formed, in range and strong enough; the arithmetic is the backend's.
#include "tenon/crypto/public_key.hpp"

#include "der.hpp"
#include "tenon/crypto/backend.hpp"

namespace tenon::crypto {
namespace {

constexpr std::size_t least_rsa_bits = 1024;
constexpr std::size_t most_rsa_bits = 4096;

// Orders of the base points: FIPS 186-4 D.1.2.3 and D.1.2.4, and RFC 8032 5.1 (there little-endian).
constexpr unsigned char p256_order[] = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                                        0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                                        0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
constexpr unsigned char p384_order[] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
    0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73};
constexpr unsigned char ed25519_order[] = {0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                           0x00, 0x00, 0x00, 0x00, 0x00, 0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7,
                                           0x9c, 0xd6, 0x58, 0x12, 0x63, 0x1a, 0x5c, 0xf5, 0xd3, 0xed};
// 2^255 - 19, and y of the two pairs of points of order 8; with 0, 1 and p - 1 all points of small order.
constexpr unsigned char ed25519_prime[] = {0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                           0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                           0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xed};
constexpr unsigned char order_8_low[] = {0x05, 0xfc, 0x53, 0x6d, 0x88, 0x02, 0x38, 0xb1, 0x39, 0x33, 0xc6,
                                         0xd3, 0x05, 0xac, 0xdf, 0xd5, 0xf0, 0x98, 0xef, 0xf2, 0x89, 0xf4,
                                         0xc3, 0x45, 0xb0, 0x27, 0xb2, 0xc2, 0x8f, 0x95, 0xe8, 0x26};
constexpr unsigned char order_8_high[] = {0x7a, 0x03, 0xac, 0x92, 0x77, 0xfd, 0xc7, 0x4e, 0xc6, 0xcc, 0x39,
                                          0x2c, 0xfa, 0x53, 0x20, 0x2a, 0x0f, 0x67, 0x10, 0x0d, 0x76, 0x0b,
                                          0x3c, 0xba, 0x4f, 0xd8, 0x4d, 0x3d, 0x70, 0x6a, 0x17, 0xc7};

template <std::size_t N>
constexpr std::string_view view(const unsigned char (&bytes)[N]) {
    return {reinterpret_cast<const char*>(bytes), N};
}

std::string_view order_of(KeyKind kind) {
    return kind == KeyKind::p384 ? view(p384_order) : view(p256_order);
}

bool is_zero(std::string_view number) { return number.find_first_not_of('\0') == std::string_view::npos; }

/// Both of one length: std::string_view compares bytes as unsigned characters.
bool is_in_range(std::string_view number, std::string_view order) {
    return !is_zero(number) && number < order;
}

std::size_t bit_length(std::string_view number) {
    std::size_t bits = number.size() * 8;
    for (unsigned int top = static_cast<unsigned char>(number[0]); top < 0x80 && bits > 0; top <<= 1U) --bits;
    return bits;
}

bool is_acceptable_rsa(const PublicKey& key) {
    constexpr std::size_t most_exponent_bytes = 8;
    if (key.number.empty() || key.exponent.empty() || key.exponent.size() > most_exponent_bytes) return false;
    if (key.number[0] == '\0' || key.exponent[0] == '\0') return false;
    const std::size_t bits = bit_length(key.number);
    if (bits < least_rsa_bits || bits > most_rsa_bits) return false;
    const bool is_one = key.exponent.size() == 1 && key.exponent[0] == 1;
    return (key.number.back() & 1) != 0 && (key.exponent.back() & 1) != 0 && !is_one;
}

std::string reversed(std::string_view bytes) { return {bytes.rbegin(), bytes.rend()}; }

bool is_acceptable_ed25519(std::string_view key) {
    if (key.size() != 32) return false;
    std::string y = reversed(key);
    y[0] = static_cast<char>(y[0] & 0x7f);  // without the sign of x
    const std::string_view prime = view(ed25519_prime);
    if (y >= prime || y == view(order_8_low) || y == view(order_8_high)) return false;
    const bool is_head_zero = is_zero(std::string_view(y).substr(0, 31));
    if (is_head_zero && static_cast<unsigned char>(y[31]) < 2) return false;  // 0, 1
    // p - 1. What is no point at all matches no signature: the backend sees that.
    return y.compare(0, 31, prime.substr(0, 31)) != 0 || y[31] != static_cast<char>(0xec);
}

/// RFC 8017 9.2: 00 01 ff … 00, then DigestInfo.
std::string pkcs1_block(Hash hash, std::string_view message, std::size_t size) {
    // DigestInfo up to the digest (RFC 8017 9.2, note 1); the SHA-2 functions differ in three bytes.
    constexpr unsigned char sha1_info[] = {0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e,
                                           0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14};
    constexpr unsigned char sha2_info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                           0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
    std::string info(hash == Hash::sha1 ? view(sha1_info) : view(sha2_info));
    if (hash != Hash::sha1) {
        const std::size_t digest_size = size_of(hash);
        info[1] = static_cast<char>(17 + digest_size);
        info[14] = static_cast<char>(hash);  // 1, 2, 3 as in the object identifiers
        info[18] = static_cast<char>(digest_size);
    }
    info += digest(hash, message);
    std::string block("\0\1", 2);
    block.append(size - info.size() - 3, '\xff');
    block.push_back('\0');
    return block += info;
}
static_assert(static_cast<int>(Hash::sha256) == 1 && static_cast<int>(Hash::sha384) == 2 &&
              static_cast<int>(Hash::sha512) == 3);

}  // namespace

std::size_t coordinate_size(KeyKind kind) {
    switch (kind) {
        case KeyKind::p256:
        case KeyKind::ed25519:
            return 32;
        case KeyKind::p384:
            return 48;
        case KeyKind::rsa:
            break;
    }
    return 0;
}

bool is_acceptable(const PublicKey& key) {
    if (key.kind == KeyKind::rsa) return is_acceptable_rsa(key);
    if (key.kind == KeyKind::ed25519) return is_acceptable_ed25519(key.number);
    return key.number.size() == 2 * coordinate_size(key.kind) && backend::is_on_curve(key);
}

bool verify_rsa(const PublicKey& key, Hash hash, std::string_view message, std::string_view signature) {
    if (key.kind != KeyKind::rsa || signature.size() != key.number.size()) return false;
    const auto block = backend::rsa_public(key, signature);
    return block && *block == pkcs1_block(hash, message, key.number.size());
}

bool verify_ecdsa(const PublicKey& key, Hash hash, std::string_view message, std::string_view signature) {
    if (key.kind != KeyKind::p256 && key.kind != KeyKind::p384) return false;
    const std::size_t size = coordinate_size(key.kind);
    const std::string_view order = order_of(key.kind);
    if (signature.size() != 2 * size || !is_in_range(signature.substr(0, size), order) ||
        !is_in_range(signature.substr(size), order))
        return false;
    return backend::ecdsa_matches(key, digest(hash, message), signature);
}

bool verify_ed25519(const PublicKey& key, std::string_view message, std::string_view signature) {
    if (key.kind != KeyKind::ed25519 || signature.size() != ed25519_signature_size) return false;
    if (reversed(signature.substr(32)) >= view(ed25519_order)) return false;
    return backend::ed25519_matches(key.number, message, signature);
}

std::optional<std::string> ecdsa_from_der(std::string_view der, std::size_t size) {
    Der outer(der);
    Der inner(outer.take(tag::sequence));
    std::string out;
    for (int i = 0; i < 2; ++i) {
        const std::string_view number = inner.take_unsigned();
        out += number.size() > size ? std::string(size, '\xff')
                                    : std::string(size - number.size(), '\0').append(number);
    }
    if (!outer.at_end() || !inner.at_end()) return std::nullopt;
    return out;
}

}  // namespace tenon::crypto
