// What both backends have to answer: known signatures, and odd input that is refused before any library sees
// it.
#include "tenon/crypto/public_key.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "key_samples.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/crypto/key_file.hpp"

namespace tenon::crypto {
namespace {

std::string hex(std::string_view text) { return *bytes::from_hex(text, bytes::HexCase::any); }

// RFC 6979 A.2.5, A.2.6 (message "sample") and RFC 8032 7.1 test 2.
const std::string p256_x = hex("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
const std::string p256_y = hex("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
const std::string p256_r = hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716");
const std::string p256_s = hex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
const std::string p256_order = hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
const std::string p384_x =
    hex("EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC13");
const std::string p384_y =
    hex("8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1288B231C3AE0D4FE7344FD2533264720");
const std::string p384_signature =
    hex("94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
        "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8");
const std::string ed25519_key = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const std::string ed25519_signature =
    hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
constexpr std::string_view ed25519_message = "\x72";

PublicKey p256() { return *curve_key(KeyKind::p256, p256_x, p256_y); }
PublicKey ed25519() { return *curve_key(KeyKind::ed25519, ed25519_key, {}); }

TEST(Ecdsa, accepts_the_published_signatures_only) {
    EXPECT_TRUE(verify_ecdsa(p256(), Hash::sha256, "sample", p256_r + p256_s));
    EXPECT_FALSE(verify_ecdsa(p256(), Hash::sha256, "samples", p256_r + p256_s));
    EXPECT_FALSE(verify_ecdsa(p256(), Hash::sha1, "sample", p256_r + p256_s));
    EXPECT_FALSE(verify_ecdsa(p256(), Hash::sha256, "sample", p256_s + p256_r));
    const PublicKey p384 = *curve_key(KeyKind::p384, p384_x, p384_y);
    EXPECT_TRUE(verify_ecdsa(p384, Hash::sha384, "sample", p384_signature));
    EXPECT_FALSE(verify_ecdsa(p384, Hash::sha256, "sample", p384_signature));
    EXPECT_FALSE(verify_ecdsa(ed25519(), Hash::sha256, "sample", p256_r + p256_s));
}

TEST(Ecdsa, refuses_numbers_out_of_range_and_other_lengths) {
    const std::string zero(32, '\0');
    for (const std::string& signature :
         {zero + p256_s, p256_r + zero, p256_order + p256_s, p256_r + p256_order, zero + zero,
          p256_r + p256_s + '\0', p256_r, std::string()})
        EXPECT_FALSE(verify_ecdsa(p256(), Hash::sha256, "sample", signature)) << bytes::to_hex(signature);
}

TEST(Ecdsa, takes_only_minimal_der) {
    const auto der = [](std::string_view text) { return ecdsa_from_der(hex(text), 2); };
    EXPECT_EQ(der("3006020101020102"), hex("00010002"));
    EXPECT_EQ(der("3008020200ff02020102"), hex("00ff0102"));
    EXPECT_EQ(der("3006020100020100"), hex("00000000"));
    for (const std::string_view bad :
         {"", "30", "3000", "3003020101", "300702020001020102", "30060201810201 02", "31060201010201 02",
          "30810602010102 0102", "30800201010201020000", "300902010102010202 0103", "300702010102010200"}) {
        std::string text(bad);
        text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
        EXPECT_EQ(der(text), std::nullopt) << bad;
    }
    EXPECT_EQ(ecdsa_from_der(hex("300802030100000201") + '\1', 2),
              hex("ffff0001"));  // too large for any order
}

TEST(Ed25519, accepts_the_published_signature_only) {
    EXPECT_TRUE(verify_ed25519(ed25519(), ed25519_message, ed25519_signature));
    EXPECT_FALSE(verify_ed25519(ed25519(), "", ed25519_signature));
    for (std::size_t i = 0; i < ed25519_signature.size(); ++i) {
        std::string changed = ed25519_signature;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(verify_ed25519(ed25519(), ed25519_message, changed)) << i;
    }
    EXPECT_FALSE(verify_ed25519(ed25519(), ed25519_message, ed25519_signature + '\0'));
    EXPECT_FALSE(verify_ed25519(p256(), ed25519_message, ed25519_signature));
}

TEST(Ed25519, refuses_an_s_that_is_not_below_the_order) {
    // s + order: the equation still holds, so only the range check can refuse it
    const std::string order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    std::string malleated = ed25519_signature;
    unsigned int carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += static_cast<unsigned char>(malleated[32 + i]) + static_cast<unsigned char>(order[i]);
        malleated[32 + i] = static_cast<char>(carry & 0xff);
        carry >>= 8U;
    }
    EXPECT_FALSE(verify_ed25519(ed25519(), ed25519_message, malleated));
}

TEST(Ed25519, refuses_keys_of_small_order_and_other_spellings) {
    for (const std::string_view bad : {"0000000000000000000000000000000000000000000000000000000000000000",
                                       "0000000000000000000000000000000000000000000000000000000000000080",
                                       "0100000000000000000000000000000000000000000000000000000000000000",
                                       "0100000000000000000000000000000000000000000000000000000000000080",
                                       "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                       "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                       "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                       "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                       "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                       "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                                       "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                                       "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                                       "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"})
        EXPECT_FALSE(curve_key(KeyKind::ed25519, hex(bad), {})) << bad;
    EXPECT_FALSE(curve_key(KeyKind::ed25519, ed25519_key.substr(1), {}));
    // y = 2 is no point: a key by its form, but nothing is signed by it
    const auto no_point = curve_key(KeyKind::ed25519, "\2" + std::string(31, '\0'), {});
    ASSERT_TRUE(no_point);
    EXPECT_FALSE(verify_ed25519(*no_point, ed25519_message, ed25519_signature));
}

TEST(Rsa, accepts_both_hashes_of_the_key) {
    const auto key = read_public_pem(samples::rsa_public_pem);
    ASSERT_TRUE(key);
    const std::string sha1 = *bytes::from_base64(samples::rsa_sha1_signature);
    const std::string sha256 = *bytes::from_base64(samples::rsa_sha256_signature);
    EXPECT_TRUE(verify_rsa(*key, Hash::sha1, "sample", sha1));
    EXPECT_TRUE(verify_rsa(*key, Hash::sha256, "sample", sha256));
    EXPECT_FALSE(verify_rsa(*key, Hash::sha256, "sample", sha1));
    EXPECT_FALSE(verify_rsa(*key, Hash::sha256, "Sample", sha256));
    EXPECT_FALSE(verify_rsa(*key, Hash::sha256, "sample", '\0' + sha256));
    EXPECT_FALSE(verify_rsa(*key, Hash::sha256, "sample", sha256.substr(1)));
    EXPECT_FALSE(
        verify_rsa(*key, Hash::sha256, "sample", std::string(256, '\xff')));  // not below the modulus
    EXPECT_FALSE(verify_rsa(*key, Hash::sha256, "sample", std::string(256, '\0')));
    EXPECT_FALSE(verify_rsa(p256(), Hash::sha256, "sample", sha256));
}

TEST(PublicKeys, that_are_too_weak_or_no_keys_are_refused) {
    EXPECT_FALSE(read_public_pem(samples::rsa_1000_bits_pem));
    const std::string modulus = '\x80' + std::string(126, '\1') + '\1';  // 1024 bits
    EXPECT_TRUE(rsa_key(modulus, "\3"));
    EXPECT_TRUE(rsa_key('\0' + modulus, "\3"));
    EXPECT_FALSE(rsa_key(modulus, "\1"));
    EXPECT_FALSE(rsa_key(modulus, "\4"));
    EXPECT_FALSE(rsa_key(modulus, ""));
    EXPECT_FALSE(rsa_key("", "\3"));
    EXPECT_FALSE(rsa_key(modulus.substr(0, 127) + '\2', "\3"));
    EXPECT_FALSE(rsa_key('\x7f' + modulus.substr(1), "\3"));
    EXPECT_TRUE(rsa_key('\x80' + std::string(511, '\1'), "\3"));
    EXPECT_FALSE(rsa_key('\1' + std::string(512, '\1'), "\3"));
    EXPECT_FALSE(rsa_key(modulus, std::string(9, '\1')));
    std::string off_curve = p256_y;
    off_curve[31] = static_cast<char>(off_curve[31] ^ 1);
    EXPECT_FALSE(curve_key(KeyKind::p256, p256_x, off_curve));
    EXPECT_FALSE(curve_key(KeyKind::p256, std::string(32, '\0'), std::string(32, '\0')));
    EXPECT_FALSE(curve_key(KeyKind::p256, std::string(32, '\xff'), p256_y));
    EXPECT_FALSE(curve_key(KeyKind::p256, p256_x, {}));
    EXPECT_FALSE(curve_key(KeyKind::p384, p256_x, p256_y));
}

}  // namespace
}  // namespace tenon::crypto
