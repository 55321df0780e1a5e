// The operations that only the full module has.
#include "frames.hpp"
#include "tenon/base/json.hpp"

namespace tenon {
namespace {

TEST(FullAbi, has_every_operation) {
    for (const std::uint32_t op :
         {TENON_VERIFY, TENON_OPEN_VERIFIER, TENON_CLOSE_VERIFIER, TENON_SIGN, TENON_VERIFY_LINE,
          TENON_OPEN_SCHEMES, TENON_PREVIEW_LINE, TENON_CHECK_CONFIG, TENON_VALIDATE_LINE, TENON_RENDER_LINE,
          TENON_OPEN_CATALOGUE})
        for (const std::string_view frame : {"", "{", "[]", "7", "\xff"})
            EXPECT_NE(call(op, frame).find("error"), std::string::npos) << op << ' ' << frame;
}

TEST(FullAbi, signs_what_it_verifies) {
    const std::string common = R"({"scheme":)" + scheme_text("github") +
                               R"(,"secrets":["s"],"method":"POST","url":"/","now_ms":1000)";
    const auto reply = json::read(call(TENON_SIGN, common + R"(,"body_base64":"Yg=="})"));
    ASSERT_TRUE(reply && reply->find("headers") != nullptr);
    const std::string header = common + R"(,"headers":)" + json::write(*reply->find("headers")) + "}";
    std::string frame;
    for (std::size_t i = 0; i < 4; ++i) frame.push_back(static_cast<char>((header.size() >> (8 * i)) & 0xff));
    EXPECT_NE(call(TENON_VERIFY, frame + header + "b").find(R"("valid":true)"), std::string::npos);
    EXPECT_EQ(call(TENON_SIGN, common + R"(,"body_base64":"*"})"),
              R"({"error":{"code":"malformed_request","pointer":"/body_base64"}})");
}

TEST(FullAbi, previews_and_finds_action_templates_in_the_opened_catalogue) {
    const std::string line =
        R"({"config":{"provider":"airtable","action":"create_record","target_config":)"
        R"({"base_id":"app1","table_id":"T"},"field_mappings":{"name":{"target":"Name"}}},)"
        R"("submission":{"name":"Ada"}})";
    EXPECT_NE(call(TENON_PREVIEW_LINE, line).find("unknown_action"), std::string::npos);
    EXPECT_EQ(call(TENON_OPEN_CATALOGUE, R"({"providers":[)" + core_file("providers/airtable.json") + "]}"),
              "{}");
    const std::string document = call(TENON_PREVIEW_LINE, line);
    EXPECT_EQ(document.find("unknown_action"), std::string::npos) << document;
    EXPECT_NE(document.find("Ada"), std::string::npos) << document;
    EXPECT_EQ(call(TENON_OPEN_CATALOGUE, R"({"providers":[{}]})").find("{}"), std::string::npos);
}

TEST(FullAbi, renders_and_validates) {
    EXPECT_EQ(call(TENON_RENDER_LINE, R"({"template":"{{a}}","data":{"a":"<"},"escape":"html"})"),
              R"({"text":"&lt;"})");
    EXPECT_EQ(call(TENON_VALIDATE_LINE, R"({"schema":{"type":"string"},"data":"a"})"),
              R"({"errors":[],"valid":true})");
    const auto invalid = json::read(call(TENON_VALIDATE_LINE, R"({"schema":{"type":"string"},"data":1})"));
    ASSERT_TRUE(invalid && invalid->find("errors") != nullptr);
    EXPECT_EQ(invalid->find("errors")->as_array()[0].text_at("keyword_location"), "/type");
    const auto malformed = json::read(call(TENON_VALIDATE_LINE, R"({"schema":{"type":"strin"},"data":1})"));
    ASSERT_TRUE(malformed && malformed->find("error") != nullptr);
    EXPECT_EQ(malformed->find("error")->text_at("code"), "schema_malformed");
    EXPECT_EQ(call(TENON_VALIDATE_LINE, R"({"schema":true})"), R"({"error":{"code":"malformed_request"}})");
}

TEST(FullAbi, a_schema_and_its_instance_may_hold_the_zero_character) {
    const std::string schema = R"({"schema":{"const":"a\u0000b"},"data":)";
    EXPECT_EQ(call(TENON_VALIDATE_LINE, schema + R"("a\u0000b"})"), R"({"errors":[],"valid":true})");
    EXPECT_NE(call(TENON_VALIDATE_LINE, schema + R"("ab"})").find(R"("valid":false)"), std::string::npos);
    EXPECT_EQ(call(TENON_PREVIEW_LINE, R"({"config":{},"submission":{"a":"\u0000"}})"),
              R"({"error":{"code":"invalid_unicode"}})");
}

TEST(FullAbi, checks_a_config_without_a_submission) {
    EXPECT_EQ(call(TENON_CHECK_CONFIG, R"({"config":{"provider":"none","action":"x","field_mappings":{}}})"),
              R"({"errors":[]})");
    EXPECT_NE(call(TENON_CHECK_CONFIG, R"({"config":{}})").find("config_missing"), std::string::npos);
}

}  // namespace
}  // namespace tenon
