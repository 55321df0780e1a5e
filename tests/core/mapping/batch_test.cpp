#include "tenon/mapping/batch.hpp"

#include "preview_case.hpp"

namespace tenon::mapping {
namespace {

std::string line(std::string_view text, const ActionLookup& lookup = {}) {
    const std::string bytes = as_json(text);
    const ExactCopy copy(bytes);
    return preview_line(copy.view(), lookup);
}

const std::string config = "{'provider':'none','action':'none','field_mappings':{'f':{'target':'T'}}}";

TEST(BatchTest, a_line_that_is_no_object_answers_an_error) {
    EXPECT_EQ(line(""), R"({"error":{"code":"invalid_json"}})");
    EXPECT_EQ(line("[]"), R"({"error":{"code":"not_an_object"}})");
    EXPECT_EQ(line("{'config':1,'config':2}"), R"({"error":{"code":"duplicate_key"}})");
    EXPECT_EQ(line("{'a':'\xc0\xaf'}"), R"({"error":{"code":"invalid_unicode"}})");
    EXPECT_EQ(line("{'config':" + config + ",'submission_base64':'*'}"),
              R"({"error":{"code":"malformed_request"}})");
    EXPECT_EQ(line("{'config':" + config + ",'submission_text':5}"),
              R"({"error":{"code":"malformed_request"}})");
}

TEST(BatchTest, the_case_is_not_echoed) {
    EXPECT_EQ(parse(line("{'case':'x','config':" + config + ",'submission':{}}")).find("case"), nullptr);
}

TEST(BatchTest, documents_come_as_value_text_or_bytes) {
    const std::string plain = line("{'config':" + config + ",'submission':{'f':'a'}}");
    EXPECT_EQ(plain.find("error\""), std::string::npos);
    EXPECT_EQ(line("{'config':" + config + ",'submission_text':'{\\'f\\':\\'a\\'}'}"), plain);
    EXPECT_EQ(line("{'config':" + config + ",'submission_base64':'eyJmIjoiYSJ9'}"), plain);
    EXPECT_EQ(findings(parse(line("{'config_text':'{','submission':{}}"))), Strings{" invalid_json"});
    EXPECT_EQ(findings(parse(line("{'submission':{}}"))), Strings{" invalid_json"});
    EXPECT_EQ(findings(parse(line("{'config':" + config + "}"))), Strings{"/submission invalid_json"});
    EXPECT_EQ(findings(parse(line("{'config':" + config + ",'submission_text':'[1'}"))),
              Strings{"/submission invalid_json"});
}

TEST(BatchTest, a_document_as_value_has_the_limits_of_its_text) {
    std::string deep = "1";
    for (int i = 0; i < 64; ++i) deep = "{'a':" + deep + "}";
    EXPECT_NE(findings(parse(line("{'config':" + config + ",'submission':" + deep + "}"))),
              Strings{"/submission too_deep"});
    EXPECT_EQ(findings(parse(line("{'config':" + config + ",'submission':{'a':" + deep + "}}"))),
              Strings{"/submission too_deep"});
    const std::string big(1'048'576, 'x');
    EXPECT_EQ(findings(parse(line("{'config':" + config + ",'submission':{'f':'" + big + "'}}"))),
              Strings{"/submission too_large"});
}

TEST(BatchTest, the_catalogue_is_asked_when_the_line_has_no_action) {
    const ActionLookup lookup = [](std::string_view provider,
                                   std::string_view action) -> std::optional<std::string> {
        if (provider != "known" || action != "go") return std::nullopt;
        return as_json("{'method':'GET','base':'https://looked.up'}");
    };
    const auto url = [&](std::string_view provider, std::string_view more) {
        const json::Value whole =
            parse(line(std::string("{'config':{'provider':'")
                           .append(provider)
                           .append("','action':'go','field_mappings':{}},'submission':{}")
                           .append(more)
                           .append("}"),
                       lookup));
        const json::Value* request = whole.find("request");
        return request->is_null() ? findings(whole)[0] : std::string(request->text_at("url"));
    };
    EXPECT_EQ(url("known", ""), "https://looked.up");
    EXPECT_EQ(url("known", ",'action':null"), "https://looked.up");
    EXPECT_EQ(url("known", ",'action':{'method':'GET','base':'https://given'}"), "https://given");
    EXPECT_EQ(url("other", ""), "/action unknown_action");
}

TEST(BatchTest, render_lines_answer_text_or_error) {
    const auto render = [](std::string_view text) { return render_line(as_json(text)); };
    EXPECT_EQ(render("{'template':'{{a}}','data':{'a':'<'}}"), R"({"text":"<"})");
    EXPECT_EQ(render("{'template':'{{a}}','data':{'a':'<'},'escape':'html'}"), R"({"text":"&lt;"})");
    EXPECT_EQ(render("{'template':'{{>p}}','data':{'a':1},'partials':{'p':'{{a}}'}}"), R"({"text":"1"})");
    EXPECT_EQ(render("{'template':'{{','data':{}}"), R"({"error":{"code":"template_syntax"}})");
    EXPECT_EQ(render("{'data':{}}"), R"({"error":{"code":"malformed_request"}})");
    EXPECT_EQ(render("{'template':'','data':{},'escape':'xml'}"),
              R"({"error":{"code":"malformed_request"}})");
    EXPECT_EQ(render("5"), R"({"error":{"code":"not_an_object"}})");
    EXPECT_EQ(render("{"), R"({"error":{"code":"invalid_json"}})");
}

TEST(BatchTest, check_lines_answer_the_errors_of_a_config) {
    EXPECT_EQ(check_config_line(as_json("{'config':" + config + "}")), R"({"errors":[]})");
    EXPECT_EQ(check_config_line(as_json("{'config_text':'{'}")),
              R"({"errors":[{"code":"invalid_json","message":"not valid JSON","pointer":""}]})");
    EXPECT_EQ(check_config_line("x"), R"({"error":{"code":"invalid_json"}})");
}

}  // namespace
}  // namespace tenon::mapping
