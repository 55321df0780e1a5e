// Reading keys: PEM, SubjectPublicKeyInfo, certificates, private keys, chains.
#include "tenon/crypto/key_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "key_samples.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/base/json.hpp"
#include "tenon/crypto/certificate.hpp"
#include "tenon/crypto/private_key.hpp"

namespace tenon::crypto {
namespace {

const UnixTime in_2030{std::chrono::seconds(1'900'000'000)};
const UnixTime in_2200{std::chrono::seconds(7'258'118'400)};
const ChainRule apple{"1.2.840.113635.100.6.11.1", "1.2.840.113635.100.6.2.1"};

TEST(Pem, is_read_strictly) {
    EXPECT_TRUE(read_public_pem(samples::rsa_public_pem));
    std::string crlf;
    for (const char c : samples::rsa_public_pem) crlf += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_TRUE(read_public_pem("\n  " + crlf + "\n"));
    const std::string text(samples::rsa_public_pem);
    EXPECT_FALSE(read_public_pem("x" + text));
    EXPECT_FALSE(read_public_pem(samples::rsa_private_pem));
    EXPECT_FALSE(read_public_pem(""));
    EXPECT_FALSE(read_public_pem("-----BEGIN PUBLIC KEY-----"));
    EXPECT_FALSE(read_pem("-----BEGIN A-----\nAA==\n-----END B-----"));
    EXPECT_FALSE(read_pem("-----BEGIN A-----\nAA=\n-----END A-----"));
    EXPECT_FALSE(read_pem("-----BEGIN A-----\n-----END A-----"));
    EXPECT_EQ(read_pem("-----BEGIN A-----\nAA==\n-----END A-----")->bytes, std::string(1, '\0'));
}

TEST(Spki, refuses_every_cut_and_every_extension) {
    const std::string der = read_pem(samples::rsa_public_pem)->bytes;
    ASSERT_TRUE(read_spki(der));
    for (std::size_t size = 0; size < der.size(); ++size)
        EXPECT_FALSE(read_spki(der.substr(0, size))) << size;
    EXPECT_FALSE(read_spki(der + '\0'));
    for (std::size_t at = 0; at < 32;
         ++at) {  // everything up to the modulus: tags, lengths, object identifier
        std::string changed = der;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(read_spki(changed)) << at;
    }
}

TEST(PrivateKey, unwraps_what_was_wrapped_for_it) {
    const auto key = read_private_pem(samples::rsa_private_pem);
    ASSERT_TRUE(key);
    std::string wrapped = *bytes::from_base64(samples::rsa_wrapped);
    EXPECT_EQ(unwrap_oaep_sha1(*key, wrapped), "mac key of the sender");
    EXPECT_EQ(unwrap_oaep_sha1(*key, wrapped.substr(1)), std::nullopt);
    wrapped[200] = static_cast<char>(wrapped[200] ^ 1);
    EXPECT_EQ(unwrap_oaep_sha1(*key, wrapped), std::nullopt);
    EXPECT_EQ(unwrap_oaep_sha1(*key, std::string(256, '\xff')), std::nullopt);
    EXPECT_FALSE(read_private_pem(samples::rsa_public_pem));
    std::string text(samples::rsa_private_pem);
    text[100] = text[100] == 'A' ? 'B' : 'A';
    (void)read_private_pem(text);  // another number or malformed: never a crash
}

/// The chain that the vectors of a shipped scheme carry, and its root.
struct Chain {
    std::vector<std::string> certificates;
    std::string root;
};
Chain sample_chain() {
    std::ifstream file(TENON_SOURCE_DIR "/tests/vectors/webhooks/apple_asn2.jsonl");
    std::string line;
    std::getline(file, line);
    const auto vector = *json::read(line);
    const auto body = *json::read(*bytes::from_base64(vector.text_at("body_base64")));
    const std::string_view token = body.text_at("signedPayload");
    const auto header = *json::read(*bytes::from_base64url(token.substr(0, token.find('.'))));
    Chain chain;
    for (const json::Value& one : header.find("x5c")->as_array())
        chain.certificates.push_back(*bytes::from_base64(one.as_text()));
    chain.root = read_pem(vector.text_at("secret"))->bytes;
    return chain;
}

TEST(Certificates, a_chain_under_the_pinned_root_gives_the_leafs_key) {
    const Chain chain = sample_chain();
    ASSERT_EQ(chain.certificates.size(), 3U);
    const auto key = trusted_key(chain.certificates, chain.root, in_2030, apple);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->number, read_certificate_key(chain.certificates[0])->number);
    EXPECT_TRUE(trusted_key(chain.certificates, chain.root, in_2030, {}));
}

TEST(Certificates, every_broken_chain_is_refused) {
    const Chain chain = sample_chain();
    const auto& [leaf, middle, root] =
        std::tie(chain.certificates[0], chain.certificates[1], chain.certificates[2]);
    const auto is_trusted = [&](const std::vector<std::string>& list) {
        return trusted_key(list, chain.root, in_2030, apple).has_value();
    };
    EXPECT_FALSE(is_trusted({}));
    EXPECT_FALSE(is_trusted({root}));
    EXPECT_FALSE(is_trusted({leaf, root}));
    EXPECT_FALSE(is_trusted({leaf, middle}));
    EXPECT_FALSE(is_trusted({middle, leaf, root}));
    EXPECT_FALSE(is_trusted({leaf, middle, middle, root}));
    EXPECT_FALSE(is_trusted({leaf, middle, root + '\0'}));
    EXPECT_FALSE(trusted_key(chain.certificates, leaf, in_2030, apple));
    EXPECT_FALSE(trusted_key(chain.certificates, chain.root, in_2200, apple)) << "expired";
    EXPECT_FALSE(trusted_key(chain.certificates, chain.root, in_2030, {"1.2.3", {}}));
    EXPECT_FALSE(trusted_key(chain.certificates, chain.root, in_2030, {{}, apple.leaf_oid}));
    for (std::size_t at = 0; at < leaf.size(); ++at) {
        std::string changed = leaf;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(is_trusted({changed, middle, root})) << at;
    }
}

}  // namespace
}  // namespace tenon::crypto
