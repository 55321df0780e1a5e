// The C ABI as JavaScript uses it, under AddressSanitizer: frames are exact-size blocks of tenon_alloc.
#include <gtest/gtest.h>

#include <string>

#include "frames.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/base/json.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon {
namespace {

std::string verify_frame(std::string_view header, std::string_view body) {
    std::string frame;
    for (std::size_t i = 0; i < 4; ++i) frame.push_back(static_cast<char>((header.size() >> (8 * i)) & 0xff));
    return frame.append(header).append(body);
}

std::string headers_for(std::string_view body) {
    const std::string mac = bytes::to_hex(crypto::hmac(crypto::Hash::sha256, "s", body));
    return R"("headers":[["X-Hub-Signature-256","sha256=)" + mac +
           R"("],["X-GitHub-Delivery","d-1"]],"now_ms":1)";
}

TEST(Abi, tells_its_version_and_refuses_unknown_operations) {
    EXPECT_EQ(tenon_abi_version(), 1U);
    EXPECT_EQ(call(0, "", 1), "");
    EXPECT_EQ(call(999, "{}", 1), "");
}

TEST(Abi, verifies_with_a_prepared_verifier) {
    const std::string opened =
        call(TENON_OPEN_VERIFIER, R"({"scheme":)" + scheme_text("github") + R"(,"secrets":["s"]})");
    const auto document = json::read(opened);
    ASSERT_TRUE(document && document->find("verifier") != nullptr) << opened;
    const std::string handle = R"({"verifier":)" + json::write(*document->find("verifier"));
    const std::string body("raw \0 bytes \xff", 13);
    const std::string header = handle + "," + headers_for(body) + "}";
    EXPECT_EQ(call(TENON_VERIFY, verify_frame(header, body)), R"({"id":"d-1","valid":true})");
    EXPECT_EQ(call(TENON_VERIFY, verify_frame(header, body + "x")),
              R"({"reason":"signature_mismatch","valid":false})");
    EXPECT_EQ(call(TENON_CLOSE_VERIFIER, handle + "}"), "{}");
    EXPECT_EQ(call(TENON_VERIFY, verify_frame(header, body)),
              R"({"error":{"code":"malformed_request","pointer":"/verifier"}})");
    EXPECT_EQ(call(TENON_CLOSE_VERIFIER, handle + "}"),
              R"({"error":{"code":"malformed_request","pointer":"/verifier"}})");
}

TEST(Abi, verifies_once_without_a_prepared_verifier) {
    const std::string header =
        R"({"scheme":)" + scheme_text("github") + R"(,"secrets":["s"],)" + headers_for("b") + "}";
    EXPECT_EQ(call(TENON_VERIFY, verify_frame(header, "b")), R"({"id":"d-1","valid":true})");
    EXPECT_EQ(
        call(TENON_VERIFY, verify_frame(R"({"scheme":{"kind":"none"},"secrets":["s"],"now_ms":1})", "b")),
        R"({"reason":"scheme_unknown","valid":false})");
}

TEST(Abi, refuses_a_configuration_when_it_is_opened) {
    const auto open = [](std::string_view rest) {
        return call(TENON_OPEN_VERIFIER, R"({"scheme":)" + scheme_text("airtable") + std::string(rest) + "}");
    };
    EXPECT_EQ(open(""), R"({"error":{"code":"secret_missing"}})");
    EXPECT_EQ(open(R"(,"secrets":[""])"), R"({"error":{"code":"secret_missing"}})");
    EXPECT_EQ(open(R"(,"secrets":["not base64"])"), R"({"error":{"code":"secret_malformed"}})");
    EXPECT_EQ(open(R"(,"secrets":[7])"), R"({"error":{"code":"malformed_request","pointer":"/secrets"}})");
    EXPECT_EQ(call(TENON_OPEN_VERIFIER, R"({"scheme":{"algorithm":"hmac-md5"},"secrets":["s"]})"),
              R"({"error":{"code":"not_supported","pointer":"/algorithm"}})");
    EXPECT_EQ(call(TENON_OPEN_VERIFIER, "{}"),
              R"({"error":{"code":"malformed_request","pointer":"/scheme"}})");
}

TEST(Abi, asks_for_a_key_and_takes_it_for_one_call) {
    // RFC 8032 7.1 test 2; the key is named by a header, and the scheme says where it is published
    const std::string key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const std::string scheme =
        R"({"id":"x","algorithm":"ed25519","encoding":"hex","signature":{"from":"header","name":"S"},)"
        R"("message":["body"],"key":{"type":"ed25519-raw","encoding":"hex","lookup":"hdr:K",)"
        R"("matches":"^[a-z ]+$","fetch":"https://keys.example/{name}.txt"}})";
    const std::string signature =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    EXPECT_EQ(call(TENON_OPEN_VERIFIER, R"({"scheme":)" + scheme + "}"),
              R"({"error":{"code":"secret_missing"}})");
    const auto opened =
        json::read(call(TENON_OPEN_VERIFIER, R"({"scheme":)" + scheme + R"(,"fetch_keys":true})"));
    ASSERT_TRUE(opened && opened->find("verifier") != nullptr);
    const std::string handle = R"({"verifier":)" + json::write(*opened->find("verifier"));
    const auto frame = [&](std::string_view name, std::string_view keys) {
        return verify_frame(handle + R"(,"now_ms":1,"headers":[["S",")" + signature + R"("],["K",")" +
                                std::string(name) + R"("]])" + std::string(keys) + "}",
                            "\x72");
    };
    constexpr std::string_view asks =
        R"({"need_key":{"kid":"a b","url":"https://keys.example/a%20b.txt"},"reason":"key_unknown","valid":false})";
    EXPECT_EQ(call(TENON_VERIFY, frame("a b", "")), asks);
    EXPECT_EQ(call(TENON_VERIFY, frame("a b", R"(,"keys":{"a b":")" + key + R"("})")), R"({"valid":true})");
    EXPECT_EQ(call(TENON_VERIFY, frame("a b", R"(,"keys":{"a b":"zz"})")),
              R"({"reason":"secret_malformed","valid":false})");
    EXPECT_EQ(call(TENON_VERIFY, frame("a b", R"(,"keys":{"other":")" + key + R"("})")), asks);
    EXPECT_EQ(call(TENON_VERIFY, frame("../x", "")), R"({"reason":"check_failed","valid":false})");
}

TEST(Abi, no_frame_traps) {
    const std::string whole = verify_frame(R"({"verifier":1,"headers":[["a","b"]],"now_ms":1})", "body");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(call(TENON_VERIFY, whole.substr(0, size)).empty());
    EXPECT_EQ(call(TENON_VERIFY, std::string("\xff\xff\xff\xff{}", 6)),
              R"({"error":{"code":"malformed_request"}})");
    for (const std::string_view header :
         {R"({"verifier":0,"now_ms":1})", R"({"verifier":-1,"now_ms":1})", R"({"verifier":1e300,"now_ms":1})",
          R"({"verifier":"1","now_ms":1})", R"({"headers":{},"now_ms":1})",
          R"({"headers":[["a"]],"now_ms":1})", R"({"headers":[["a",1]],"now_ms":1})", R"({"now_ms":"1"})",
          R"({"now_ms":1.5})", R"({"method":1,"now_ms":1})", R"({})", R"([])"})
        EXPECT_NE(call(TENON_VERIFY, verify_frame(header, "")).find("\"error\""), std::string::npos)
            << header;
    for (const std::uint32_t op :
         {TENON_OPEN_VERIFIER, TENON_CLOSE_VERIFIER, TENON_VERIFY_LINE, TENON_OPEN_SCHEMES})
        for (const std::string_view frame : {"", "{", "[]", "{}", "\xff", R"({"schemes":[]})"})
            EXPECT_NE(call(op, frame).find("error"), std::string::npos) << op << ' ' << frame;
}

TEST(Abi, lines_find_the_schemes_that_were_opened) {
    const std::string line = R"({"scheme":"github","secret":"s","headers":{},"now_unix":1})";
    EXPECT_EQ(call(TENON_OPEN_SCHEMES, R"({"schemes":{"github":)" + scheme_text("github") + "}}"), "{}");
    EXPECT_EQ(call(TENON_VERIFY_LINE, line), R"({"reason":"signature_missing","valid":false})");
    EXPECT_EQ(call(TENON_OPEN_SCHEMES, R"({"schemes":{}})"), "{}");
    EXPECT_EQ(call(TENON_VERIFY_LINE, line), R"({"reason":"scheme_unknown","valid":false})");
}

}  // namespace
}  // namespace tenon
