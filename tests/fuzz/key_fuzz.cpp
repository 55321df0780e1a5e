// Key files: PEM, DER (SPKI, X.509) and the DER of a signature. Whatever is taken for a key is acceptable and
// judges a signature; no key says yes to one that the fuzzer made up. First byte: how the rest is read.
#include "fuzz.hpp"
#include "tenon/crypto/key_file.hpp"
#include "tenon/crypto/public_key.hpp"

namespace tenon::fuzz {
namespace {

constexpr std::size_t p256_coordinate = 32;

std::optional<crypto::PublicKey> key_of(char kind, std::string_view bytes) {
    switch (kind) {
        case 'p':
            return crypto::read_public_pem(bytes);
        case 'c':
            return crypto::read_certificate_key(bytes);
        default:
            return crypto::read_spki(bytes);
    }
}

void check_signature(std::string_view der) {
    const auto halves = crypto::ecdsa_from_der(der, p256_coordinate);
    if (halves) require(halves->size() == 2 * p256_coordinate, "both halves are padded");
}

}  // namespace

void run(std::string_view input) {
    if (input.empty()) return;
    const std::string_view bytes = input.substr(1);
    if (input[0] == 's') return check_signature(bytes);
    std::optional<crypto::PublicKey> key;
    {
        const MemoryBound bound(input.size(), 256 * kilobytes, 16);
        key = key_of(input[0], bytes);
    }
    if (input[0] == 'p') {
        const auto block = crypto::read_pem(bytes);
        require(!key || block, "a key in PEM is a PEM block");
        if (block) require(!block->label.empty(), "a block has a label");
    }
    if (!key) return;
    require(crypto::is_acceptable(*key), "a key that was read is acceptable");
    const std::string signature(crypto::coordinate_size(key->kind) * 2, '\x01');
    require(!crypto::verify_ecdsa(*key, crypto::Hash::sha256, "message", signature),
            "no key signs by chance");
    require(!crypto::verify_rsa(*key, crypto::Hash::sha256, "message", key->number),
            "a signature is below n");
}

}  // namespace tenon::fuzz
