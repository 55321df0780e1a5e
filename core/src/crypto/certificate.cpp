// Chains under a pinned root (RFC 5280 6.1, without policies and names beyond issuer = subject).
#include "tenon/crypto/certificate.hpp"

#include "certificate_fields.hpp"
#include "der.hpp"
#include "tenon/crypto/key_file.hpp"

namespace tenon::crypto {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_chain = 6;

// Whole AlgorithmIdentifiers (RFC 5758 3.2, RFC 4055 5).
struct SignatureAlgorithm {
    std::string_view der;
    bool is_rsa;
    Hash hash;
};
constexpr SignatureAlgorithm signature_algorithms[] = {
    {"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02"sv, false, Hash::sha256},
    {"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03"sv, false, Hash::sha384},
    {"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00"sv, true, Hash::sha256},
    {"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c\x05\x00"sv, true, Hash::sha384}};

// Extensions that are understood (id-ce 15, 19; 37 only says what else a leaf is for).
constexpr std::string_view key_usage = "\x55\x1d\x0f"sv;
constexpr std::string_view basic_constraints = "\x55\x1d\x13"sv;
constexpr std::string_view extended_key_usage = "\x55\x1d\x25"sv;

/// `1.2.840` as the contents of an object identifier; empty if it is none.
std::string encode_oid(std::string_view dotted) {
    std::vector<std::uint64_t> arcs(1, 0);
    for (const char c : dotted) {
        if (c == '.')
            arcs.push_back(0);
        else if (c >= '0' && c <= '9' && arcs.back() < 1'000'000'000)
            arcs.back() = arcs.back() * 10 + static_cast<std::uint64_t>(c - '0');
        else
            return {};
    }
    if (arcs.size() < 2) return {};
    arcs[1] += arcs[0] * 40;
    std::string out;
    for (std::size_t i = 1; i < arcs.size(); ++i) {
        std::string reversed(1, static_cast<char>(arcs[i] & 0x7f));
        for (std::uint64_t rest = arcs[i] >> 7U; rest != 0; rest >>= 7U)
            reversed.push_back(static_cast<char>((rest & 0x7f) | 0x80));
        out.append(reversed.rbegin(), reversed.rend());
    }
    return out;
}

/// UTCTime or GeneralizedTime of RFC 5280 4.1.2.5: to the second, in UTC.
std::optional<UnixTime> take_time(Der& der) {
    const bool is_short = der.next_tag() == tag::utc_time;
    std::string text(der.take(is_short ? tag::utc_time : tag::generalized_time));
    if (is_short && !text.empty()) text.insert(0, text[0] < '5' ? "20" : "19");
    if (text.size() != 15 || text[14] != 'Z') return std::nullopt;
    const std::string_view all = text;
    std::string rfc3339(all.substr(0, 4));
    constexpr std::string_view separators = "--T::";
    for (std::size_t i = 0; i < separators.size(); ++i)
        (rfc3339 += separators[i]) += all.substr(4 + 2 * i, 2);
    return from_rfc3339(rfc3339 + 'Z');
}

bool is_valid_at(const CertificateFields& fields, UnixTime now) {
    Der validity(fields.validity);
    const auto from = take_time(validity);
    const auto until = take_time(validity);
    // The start does not count: what was signed with a clock that lags is judged by the token's own times.
    return from && until && validity.at_end() && now <= *until;
}

/// What the extensions say, or that they say something unknown.
struct Allowed {
    bool is_readable = true;
    bool is_authority = false;
    bool may_sign_certificates = true;
    std::optional<std::size_t> path_length;
    bool has_wanted = false;
};

void read_basic_constraints(std::string_view value, Allowed& allowed) {
    Der outer(value);
    Der list(outer.take(tag::sequence));
    if (list.next_tag() == tag::boolean) allowed.is_authority = list.take(tag::boolean) == "\xff"sv;
    if (list.next_tag() == tag::integer) {
        const std::string_view length = list.take_unsigned();
        allowed.path_length = length.empty() ? 0 : static_cast<unsigned char>(length[0]);
        if (length.size() > 1) allowed.path_length = longest_chain;
    }
    if (!outer.at_end() || !list.at_end()) allowed.is_readable = false;
}

void read_key_usage(std::string_view value, Allowed& allowed) {
    constexpr unsigned char key_cert_sign = 0x04;  // bit 5
    Der outer(value);
    const std::string_view bits = outer.take(tag::bit_string);
    if (!outer.at_end() || bits.size() < 2)
        allowed.is_readable = false;
    else
        allowed.may_sign_certificates = (static_cast<unsigned char>(bits[1]) & key_cert_sign) != 0;
}

Allowed read_extensions(const CertificateFields& fields, std::string_view wanted) {
    Allowed allowed;
    allowed.has_wanted = wanted.empty();
    for (Der list(fields.extensions); !list.at_end() && allowed.is_readable;) {
        Der extension(list.take(tag::sequence));
        const std::string_view oid = extension.take(tag::oid);
        const bool is_critical =
            extension.next_tag() == tag::boolean && extension.take(tag::boolean) != "\0"sv;
        const std::string_view value = extension.take(tag::octet_string);
        if (list.failed() || !extension.at_end()) allowed.is_readable = false;
        if (oid == wanted)
            allowed.has_wanted = true;
        else if (oid == basic_constraints)
            read_basic_constraints(value, allowed);
        else if (oid == key_usage)
            read_key_usage(value, allowed);
        else if (is_critical && oid != extended_key_usage)
            allowed.is_readable = false;
    }
    return allowed;
}

bool is_signed_by(const CertificateFields& fields, const PublicKey& issuer) {
    if (fields.algorithm != fields.inner_algorithm) return false;
    for (const SignatureAlgorithm& algorithm : signature_algorithms) {
        if (fields.algorithm != algorithm.der) continue;
        if (algorithm.is_rsa) return verify_rsa(issuer, algorithm.hash, fields.signed_part, fields.signature);
        const auto signature = ecdsa_from_der(fields.signature, coordinate_size(issuer.kind));
        return signature && verify_ecdsa(issuer, algorithm.hash, fields.signed_part, *signature);
    }
    return false;
}

}  // namespace

std::optional<PublicKey> trusted_key(const std::vector<std::string>& chain, std::string_view root,
                                     UnixTime now, const ChainRule& rule) {
    if (chain.size() < 2 || chain.size() > longest_chain || chain.back() != root) return std::nullopt;
    const std::string leaf_oid = encode_oid(rule.leaf_oid);
    const std::string intermediate_oid = encode_oid(rule.intermediate_oid);
    std::optional<PublicKey> leaf_key;
    std::optional<CertificateFields> below;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const bool is_root = i + 1 == chain.size();
        const auto fields = read_certificate(chain[i]);
        if (!fields || !is_valid_at(*fields, now)) return std::nullopt;
        const Allowed allowed = read_extensions(*fields, i == 0    ? std::string_view(leaf_oid)
                                                         : is_root ? std::string_view()
                                                                   : std::string_view(intermediate_oid));
        if (!allowed.is_readable || !allowed.has_wanted) return std::nullopt;
        const auto key = read_spki(fields->key);
        if (!key) return std::nullopt;
        if (i == 0) leaf_key = key;
        if (below) {
            const bool may_sign = allowed.is_authority && allowed.may_sign_certificates &&
                                  allowed.path_length.value_or(longest_chain) + 1 >= i;
            if (!may_sign || below->issuer != fields->subject || !is_signed_by(*below, *key))
                return std::nullopt;
        }
        below = fields;
    }
    return leaf_key;
}

}  // namespace tenon::crypto
