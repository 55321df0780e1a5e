#include "tenon/mapping/submission.hpp"

#include "preview_case.hpp"
#include "tenon/base/limits.hpp"

namespace tenon::mapping {
namespace {

Strings errors(const json::Value& submission) {
    Strings out;
    for (const Finding& each : check_submission(submission))
        out.push_back(each.pointer + " " + std::string(id_of(each.code)));
    return out;
}

json::Value with(json::Value value) { return json::Object{{"f", std::move(value)}}; }

json::Value members(std::size_t count) {
    json::Object out;
    for (std::size_t i = 0; i < count; ++i) out.append("k" + std::to_string(i), 1);
    return out;
}

TEST(SubmissionTest, the_root_is_an_object) {
    EXPECT_EQ(errors(json::Array{}), Strings{"/submission not_an_object"});
    EXPECT_EQ(errors(json::Object{}), Strings{});
}

TEST(SubmissionTest, every_limit_is_exact) {
    EXPECT_EQ(errors(members(100)), Strings{});
    EXPECT_EQ(errors(members(101)), Strings{"/submission too_many_fields"});
    EXPECT_EQ(errors(with(members(101))), Strings{"/submission/f too_many_fields"});
    std::string name;
    for (std::size_t i = 0; i < limits::name_characters; ++i) name += "\U0001F600";
    EXPECT_EQ(errors(json::Object{{name, 1}}), Strings{});
    EXPECT_EQ(errors(json::Object{{name + "x", 1}}), Strings{"/submission name_length"});
    EXPECT_EQ(errors(json::Object{{"", 1}}), Strings{"/submission name_length"});
    EXPECT_EQ(errors(with(std::string(10'000, 'x'))), Strings{});
    EXPECT_EQ(errors(with(std::string(10'001, 'x'))), Strings{"/submission/f string_too_long"});
    EXPECT_EQ(errors(with(json::Array(100, 1))), Strings{});
    EXPECT_EQ(errors(with(json::Array(101, 1))), Strings{"/submission/f array_too_long"});
    EXPECT_EQ(errors(with(json::Array{std::string(1000, 'x')})), Strings{});
    EXPECT_EQ(errors(with(json::Array{1, std::string(1001, 'x')})), Strings{"/submission/f/1 item_too_long"});
}

TEST(SubmissionTest, depth_ends_at_8) {
    EXPECT_EQ(errors(parse(as_json("{'a':{'b':[[[[[1]]]]]}}"))), Strings{});
    EXPECT_EQ(errors(parse(as_json("{'a':{'b':[[[[[[[]]]]]]]}}"))),
              Strings{"/submission/a/b/0/0/0/0/0/0 too_deep"});
}

TEST(SubmissionTest, all_is_reported_sorted_and_nothing_below_what_failed) {
    json::Value both = json::Object{{"b", std::string(10'001, 'x')},
                                    {"a", json::Array(101, json::Value(std::string(1001, 'x')))},
                                    {"\uFB01", std::string(10'001, 'x')},
                                    {"\U0001F600", std::string(10'001, 'x')}};
    EXPECT_EQ(errors(both),
              (Strings{"/submission/a array_too_long", "/submission/b string_too_long",
                       "/submission/\U0001F600 string_too_long", "/submission/\uFB01 string_too_long"}));
}

TEST(SubmissionTest, one_mebibyte_is_the_most) {
    const auto read = [](std::size_t size) {
        std::string text = R"({"f":1)";
        text.append(size - text.size() - 1, ' ').append("}");
        return preview_text(
                   {R"({"provider":"none","action":"none","field_mappings":{}})", text, {}, {}, {}, {}})
            .document;
    };
    EXPECT_NE(read(limits::submission_bytes).find(R"("ok":true)"), std::string::npos);
    EXPECT_NE(read(limits::submission_bytes + 1).find(R"("code":"too_large")"), std::string::npos);
}

}  // namespace
}  // namespace tenon::mapping
