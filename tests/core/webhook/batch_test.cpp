// Lines of `verify --batch`: shape of the answers, and lines that can't be read.
#include "tenon/webhook/batch.hpp"

#include <gtest/gtest.h>

#include "schemes.hpp"

namespace tenon::webhook {
namespace {

std::string answer(std::string_view line) { return verify_line(line, load_scheme); }

TEST(VerifyLine, answers_a_canonical_verdict_with_its_case) {
    EXPECT_EQ(
        answer(R"({"scheme":"github","secret":"s","method":"POST","url":"/","headers":{},"body_base64":"",)"
               R"("now_unix":1,"case":{"b":1,"a":2}})"),
        R"({"case":{"a":2,"b":1},"reason":"signature_missing","valid":false})");
    EXPECT_EQ(answer(R"({"scheme":"nobody","now_unix":1})"), R"({"reason":"scheme_unknown","valid":false})");
}

TEST(VerifyLine, takes_a_scheme_document_in_place_of_an_id) {
    EXPECT_EQ(
        answer(
            R"({"scheme":{"id":"x","kind":"token","algorithm":"shared-token","encoding":"text","signature":)"
            R"({"from":"header","name":"T"},"message":[],"key":{}},"secret":"k","headers":{"t":"k"},)"
            R"("now_unix":1})"),
        R"({"valid":true})");
}

TEST(VerifyLine, repeated_headers_are_lists) {
    EXPECT_EQ(
        answer(
            R"({"scheme":"gitlab_token","secret":"k","headers":{"X-Gitlab-Token":["k","k"]},"now_unix":1})"),
        R"({"reason":"duplicate_header","valid":false})");
}

TEST(VerifyLine, says_what_is_wrong_with_a_line) {
    EXPECT_EQ(answer("{"), R"({"error":{"code":"invalid_json"}})");
    EXPECT_EQ(answer("[]"), R"({"error":{"code":"not_an_object"}})");
    EXPECT_EQ(answer(R"({"case":1,"scheme":"github"})"),
              R"({"case":1,"error":{"code":"malformed_request","pointer":"/now_unix"}})");
    for (const std::string_view member :
         {R"("headers":[])", R"("headers":{"a":1})", R"("headers":{"a":[1]})", R"("body_base64":"a")",
          R"("body_base64":1)", R"("method":1)", R"("url":null)", R"("secret":1)", R"("secrets":"a")",
          R"("secrets":[1])", R"("config":[])", R"("keys":1)", R"("now_unix":1e300)"}) {
        const std::string line = R"({"scheme":"github","now_unix":1,)" + std::string(member) + '}';
        EXPECT_NE(answer(line).find(R"("code":)"), std::string::npos) << line;
        EXPECT_NE(answer(line).find("error"), std::string::npos) << line;
    }
    EXPECT_EQ(answer(R"({"now_unix":1})"), R"({"error":{"code":"malformed_request","pointer":"/scheme"}})");
}

}  // namespace
}  // namespace tenon::webhook
