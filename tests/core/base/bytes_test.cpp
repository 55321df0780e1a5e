#include "tenon/base/bytes.hpp"

#include <gtest/gtest.h>

#include "exact_copy.hpp"

namespace tenon::bytes {
namespace {

using tenon::testing::ExactCopy;
using Maybe = std::optional<std::string>;

std::string all_bytes() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    return bytes;
}

TEST(BytesTest, hex_goes_there_and_back) {
    EXPECT_EQ(to_hex(std::string_view("\x00\xFF\x1A", 3)), "00ff1a");
    EXPECT_EQ(from_hex(ExactCopy(to_hex(all_bytes())).view()), all_bytes());
    EXPECT_EQ(from_hex("", HexCase::lower), "");
    EXPECT_EQ(from_hex("0aFf", HexCase::any), "\x0A\xFF");
    for (const std::string_view bad : {"0", "0g", "g0", "0A", "A0", " 00", "0x"})
        EXPECT_EQ(from_hex(ExactCopy(bad).view()), Maybe()) << bad;
    EXPECT_EQ(from_hex("0G", HexCase::any), Maybe());
}

TEST(BytesTest, base64_has_the_vectors_of_rfc_4648) {
    const char* rows[][2] = {{"", ""},
                             {"f", "Zg=="},
                             {"fo", "Zm8="},
                             {"foo", "Zm9v"},
                             {"foob", "Zm9vYg=="},
                             {"fooba", "Zm9vYmE="},
                             {"foobar", "Zm9vYmFy"}};
    for (const auto& row : rows) {
        EXPECT_EQ(to_base64(ExactCopy(row[0]).view()), row[1]);
        EXPECT_EQ(from_base64(ExactCopy(row[1]).view()), row[0]);
        std::string unpadded = row[1];
        while (!unpadded.empty() && unpadded.back() == '=') unpadded.pop_back();
        EXPECT_EQ(to_base64url(row[0]), unpadded);
        EXPECT_EQ(from_base64url(ExactCopy(unpadded).view()), row[0]);
    }
    EXPECT_EQ(to_base64("\xFB\xFF"), "+/8=");
    EXPECT_EQ(to_base64url("\xFB\xFF"), "-_8");
    EXPECT_EQ(from_base64(to_base64(all_bytes())), all_bytes());
    EXPECT_EQ(from_base64url(to_base64url(all_bytes())), all_bytes());
}

TEST(BytesTest, base64_has_one_spelling_for_one_value) {
    for (const std::string_view bad : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Z===", "====", "=", "Z",
                                       "Zg==Zg==", "Zm9v\n", " Zm9v", "Zm9-", "Zm9_", "Zg=a", "Zm8=="})
        EXPECT_EQ(from_base64(ExactCopy(bad).view()), Maybe()) << bad;
    for (const std::string_view bad : {"Zg==", "Zh", "Zm9", "Z", "Zm9+", "Zm9/", "Zm9v ", "Zm9vY"})
        EXPECT_EQ(from_base64url(ExactCopy(bad).view()), Maybe()) << bad;
}

TEST(BytesTest, percent_encoding_leaves_only_unreserved_characters) {
    EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encode("a b/c?d%é+"), "a%20b%2Fc%3Fd%25%C3%A9%2B");
    EXPECT_EQ(percent_encode(std::string_view("\0", 1)), "%00");
}

}  // namespace
}  // namespace tenon::bytes
