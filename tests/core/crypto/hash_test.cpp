// The contract of the crypto port; the WebAssembly backend is held to the same answers by tests/edge.
#include "tenon/crypto/hash.hpp"

#include <gtest/gtest.h>

#include "tenon/base/bytes.hpp"

namespace tenon::crypto {
namespace {

struct Case {
    const char* name;
    Hash hash;
    const char* digest_of_abc;
    const char* hmac;  // RFC 2202 and RFC 4231, test case 2: key "Jefe"
};

class HashPort : public testing::TestWithParam<Case> {};

TEST_P(HashPort, digests_the_known_message) {
    EXPECT_EQ(bytes::to_hex(digest(GetParam().hash, "abc")), GetParam().digest_of_abc);
    EXPECT_EQ(digest(GetParam().hash, "").size(), size_of(GetParam().hash));
}

TEST_P(HashPort, authenticates_the_known_message) {
    EXPECT_EQ(bytes::to_hex(hmac(GetParam().hash, "Jefe", "what do ya want for nothing?")), GetParam().hmac);
}

TEST_P(HashPort, gives_one_answer_however_the_message_is_cut) {
    const std::string message(1000, 'm');
    const std::string whole = hmac(GetParam().hash, "key", message);
    Hmac mac(GetParam().hash, "key");
    for (const std::size_t cut : {0U, 1U, 63U, 64U, 65U, 127U, 128U, 129U, 999U, 1000U}) {
        mac.begin();
        mac.update(std::string_view(message).substr(0, cut));
        mac.update({});
        mac.update(std::string_view(message).substr(cut));
        EXPECT_EQ(mac.finish(), whole) << cut;
    }
}

TEST_P(HashPort, a_kept_key_does_not_remember_messages) {
    Hmac mac(GetParam().hash, "key");
    mac.begin();
    mac.update("abandoned");
    mac.begin();
    mac.update("message");
    EXPECT_EQ(mac.finish(), hmac(GetParam().hash, "key", "message"));
    Hmac moved = std::move(mac);
    moved.begin();
    EXPECT_EQ(moved.finish(), hmac(GetParam().hash, "key", ""));
}

TEST_P(HashPort, a_key_longer_than_a_block_is_hashed_first) {
    for (const std::size_t length : {64U, 65U, 128U, 129U, 300U}) {
        const std::string key(length, 'k');
        const bool is_long = length > (GetParam().hash <= Hash::sha256 ? 64U : 128U);
        const std::string same_key = is_long ? digest(GetParam().hash, key) : key;
        EXPECT_EQ(hmac(GetParam().hash, key, "m"), hmac(GetParam().hash, same_key, "m")) << length;
        EXPECT_NE(hmac(GetParam().hash, key, "m"), hmac(GetParam().hash, key + "k", "m")) << length;
    }
}

INSTANTIATE_TEST_SUITE_P(
    AllHashes, HashPort,
    testing::Values(Case{"sha1", Hash::sha1, "a9993e364706816aba3e25717850c26c9cd0d89d",
                         "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
                    Case{"sha256", Hash::sha256,
                         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
                    Case{"sha384", Hash::sha384,
                         "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                         "8086072ba1e7cc2358baeca134c825a7",
                         "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
                         "8e2240ca5e69e2c78b3239ecfab21649"},
                    Case{"sha512", Hash::sha512,
                         "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                         "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                         "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                         "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"}),
    [](const testing::TestParamInfo<Case>& test) { return std::string(test.param.name); });

TEST(ConstantTime, compares_contents_and_lengths) {
    EXPECT_TRUE(equal_constant_time("", ""));
    EXPECT_TRUE(equal_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_constant_time("abc", "Abc"));
    EXPECT_FALSE(equal_constant_time("abc", "ab"));
    EXPECT_FALSE(equal_constant_time("ab", "abc"));
    EXPECT_FALSE(equal_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

}  // namespace
}  // namespace tenon::crypto
