#include "tenon/crypto/key_file.hpp"

#include "certificate_fields.hpp"
#include "der.hpp"
#include "tenon/base/bytes.hpp"

namespace tenon::crypto {
namespace {

using namespace std::string_view_literals;

// Contents of object identifiers (RFC 8017, 5480, 8410).
constexpr std::string_view oid_rsa = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv;
constexpr std::string_view oid_curve = "\x2a\x86\x48\xce\x3d\x02\x01"sv;
constexpr std::string_view oid_p256 = "\x2a\x86\x48\xce\x3d\x03\x01\x07"sv;
constexpr std::string_view oid_p384 = "\x2b\x81\x04\x00\x22"sv;
constexpr std::string_view oid_ed25519 = "\x2b\x65\x70"sv;

std::optional<PublicKey> checked(PublicKey key) {
    if (!is_acceptable(key)) return std::nullopt;
    return key;
}

std::string_view without_leading_zeros(std::string_view number) {
    const std::size_t first = number.find_first_not_of('\0');
    return first == std::string_view::npos ? std::string_view() : number.substr(first);
}

/// RFC 5480 2.2: uncompressed only.
std::optional<PublicKey> point_key(KeyKind kind, std::string_view bits) {
    if (bits.empty() || bits[0] != 4) return std::nullopt;
    return checked({kind, std::string(bits.substr(1)), {}});
}

/// White space between the lines of an armoured block.
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view take_until(std::string_view& text, std::string_view end) {
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) return {};
    const std::string_view head = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return head;
}

}  // namespace

std::optional<PublicKey> rsa_key(std::string_view modulus, std::string_view exponent) {
    return checked({KeyKind::rsa, std::string(without_leading_zeros(modulus)),
                    std::string(without_leading_zeros(exponent))});
}

std::optional<PublicKey> curve_key(KeyKind kind, std::string_view x, std::string_view y) {
    const std::size_t size = coordinate_size(kind);
    if (x.size() != size || y.size() != (kind == KeyKind::ed25519 ? 0 : size)) return std::nullopt;
    return checked({kind, std::string(x).append(y), {}});
}

std::optional<PublicKey> read_spki(std::string_view der) {
    Der outer(der);
    Der info(outer.take(tag::sequence));
    Der algorithm(info.take(tag::sequence));
    const std::string_view bits = info.take_bits();
    const std::string_view oid = algorithm.take(tag::oid);
    if (!outer.at_end() || !info.at_end() || algorithm.failed()) return std::nullopt;
    if (oid == oid_ed25519 && algorithm.at_end()) return curve_key(KeyKind::ed25519, bits, {});
    if (oid == oid_curve) {
        const std::string_view curve = algorithm.take(tag::oid);
        if (!algorithm.at_end() || (curve != oid_p256 && curve != oid_p384)) return std::nullopt;
        return point_key(curve == oid_p256 ? KeyKind::p256 : KeyKind::p384, bits);
    }
    if (oid != oid_rsa) return std::nullopt;
    (void)algorithm.take(tag::null);
    Der numbers(bits);
    Der pair(numbers.take(tag::sequence));
    const std::string_view modulus = pair.take_unsigned();
    const std::string_view exponent = pair.take_unsigned();
    if (!algorithm.at_end() || !numbers.at_end() || !pair.at_end()) return std::nullopt;
    return rsa_key(modulus, exponent);
}

std::optional<PublicKey> read_certificate_key(std::string_view der) {
    const auto fields = read_certificate(der);
    return fields ? read_spki(fields->key) : std::nullopt;
}

std::optional<PemBlock> read_pem(std::string_view text) {
    constexpr std::string_view begin = "-----BEGIN ";
    constexpr std::string_view end = "-----END ";
    constexpr std::string_view dashes = "-----";
    while (!text.empty() && is_blank(text[0])) text.remove_prefix(1);
    if (text.substr(0, begin.size()) != begin) return std::nullopt;
    text.remove_prefix(begin.size());
    PemBlock block;
    block.label = take_until(text, dashes);
    std::string encoded;
    for (const char c : take_until(text, end))
        if (!is_blank(c)) encoded.push_back(c);
    if (block.label.empty() || take_until(text, dashes) != block.label) return std::nullopt;
    auto bytes = bytes::from_base64(encoded);
    if (!bytes || bytes->empty()) return std::nullopt;
    block.bytes = std::move(*bytes);
    return block;
}

std::optional<PublicKey> read_public_pem(std::string_view pem) {
    const auto block = read_pem(pem);
    if (!block) return std::nullopt;
    if (block->label == "PUBLIC KEY") return read_spki(block->bytes);
    if (block->label == "CERTIFICATE") return read_certificate_key(block->bytes);
    return std::nullopt;
}

}  // namespace tenon::crypto
