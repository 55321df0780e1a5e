// Answers one line of standard output for each line of standard input: a primitive of the crypto port and its
// inputs in hex (`-` is empty). A primitive that the port does not have is `unknown`, inputs that are none of
// it `malformed`.
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/bytes.hpp"
#include "tenon/crypto/hash.hpp"
#include "tenon/crypto/key_file.hpp"
#include "tenon/crypto/public_key.hpp"

namespace tenon {
namespace {

using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
    Words words;
    while (!line.empty()) {
        const std::size_t end = line.find(' ');
        words.push_back(line.substr(0, end));
        line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    }
    return words;
}

std::optional<crypto::Hash> hash_named(std::string_view name) {
    if (name == "sha1") return crypto::Hash::sha1;
    if (name == "sha256") return crypto::Hash::sha256;
    if (name == "sha384") return crypto::Hash::sha384;
    if (name == "sha512") return crypto::Hash::sha512;
    return std::nullopt;
}

std::optional<std::string> bytes_of(std::string_view hex) {
    return hex == "-" ? std::string() : bytes::from_hex(hex);
}

/// `hmac HASH KEY MESSAGE`: the MAC, in one piece, in pieces and with a key used before, which must agree.
std::string hmac(const Words& words) {
    if (words.size() != 4) return "malformed";
    const auto hash = hash_named(words[1]);
    const auto key = bytes_of(words[2]);
    const auto message = bytes_of(words[3]);
    if (!hash || !key || !message) return "malformed";
    const std::string mac = crypto::hmac(*hash, *key, *message);
    crypto::Hmac reused(*hash, *key);
    reused.begin();
    reused.update("another message");
    (void)reused.finish();
    reused.begin();
    for (const char& c : *message) reused.update({&c, 1});
    if (reused.finish() != mac) return "differs";
    return bytes::to_hex(mac);
}

bool verified(std::string_view kind, crypto::Hash hash, const crypto::PublicKey& key,
              std::string_view message, std::string_view signature) {
    if (kind == "rsa") return crypto::verify_rsa(key, hash, message, signature);
    if (kind == "ecdsa") return crypto::verify_ecdsa(key, hash, message, signature);
    if (kind == "ed25519") return crypto::verify_ed25519(key, message, signature);
    const auto halves = crypto::ecdsa_from_der(signature, crypto::coordinate_size(key.kind));
    return halves && crypto::verify_ecdsa(key, hash, message, *halves);
}

/// `rsa|ecdsa|ecdsa_der|ed25519 HASH SPKI MESSAGE SIGNATURE`: `true`, `false`, or `key refused`.
std::string signature(const Words& words) {
    if (words.size() != 5) return "malformed";
    const auto hash = hash_named(words[1]);
    const auto der = bytes_of(words[2]);
    const auto message = bytes_of(words[3]);
    const auto signed_bytes = bytes_of(words[4]);
    if (!hash || !der || !message || !signed_bytes) return "malformed";
    const auto key = crypto::read_spki(*der);
    if (!key) return "key refused";
    return verified(words[0], *hash, *key, *message, *signed_bytes) ? "true" : "false";
}

std::string answer(std::string_view line) {
    const Words words = words_of(line);
    if (words.empty()) return "malformed";
    if (words[0] == "hmac") return hmac(words);
    if (words[0] == "rsa" || words[0] == "ecdsa" || words[0] == "ecdsa_der" || words[0] == "ed25519")
        return signature(words);
    return "unknown";
}

std::string read_input() {
    std::string input;
    char block[4096];
    for (std::size_t size = 0; (size = std::fread(block, 1, sizeof block, stdin)) > 0;)
        input.append(block, size);
    return input;
}

}  // namespace
}  // namespace tenon

int main() {
    const std::string input = tenon::read_input();
    std::string_view rest = input;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string line = tenon::answer(rest.substr(0, end)) + "\n";
        std::fwrite(line.data(), 1, line.size(), stdout);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return std::fflush(stdout) == 0 ? 0 : 3;
}
