#include "tenon/mapping/preview.hpp"

#include "preview_case.hpp"

namespace tenon::mapping {
namespace {

TEST(PreviewTest, the_document_has_all_its_members_in_canonical_order) {
    EXPECT_EQ(json::write(document("{}", "{}")),
              R"({"errors":[],"fields":[],"message":null,"ok":true,"request":null,"warnings":[]})");
}

TEST(PreviewTest, targets_are_assembled_from_paths) {
    const auto target = [](std::string_view mappings, std::string_view submission) {
        const json::Value whole =
            answer(as_json(std::string("{'config':{'provider':'p','action':'a','field_mappings':")
                               .append(mappings)
                               .append("},'submission':")
                               .append(submission)
                               .append(",'action':{'method':'POST','base':'https://a.test','body':"
                                       "{'$value':'/target'}}}")));
        return json::write(*whole.find("request")->find("body"));
    };
    EXPECT_EQ(target("{'a':{'target':'/l/2/x'},'b':{'target':'/l/0'},'c':{'target':'/o/~1'}}",
                     "{'a':'1','b':'2','c':'3'}"),
              R"({"l":["2",null,{"x":"1"}],"o":{"/":"3"}})");
    EXPECT_EQ(target("{'a':{'target':'A','empty':'null'},'b':{'target':'B'}}", "{}"), R"({"A":null})");
    EXPECT_EQ(
        target("{'a':{'target':'__proto__'},'b':{'target':'/constructor/prototype'}}", "{'a':'1','b':'2'}"),
        R"({"__proto__":"1","constructor":{"prototype":"2"}})");
}

TEST(PreviewTest, a_message_is_rendered_also_after_field_errors) {
    const json::Value whole =
        document("{'a':{'target':'A','type':'number'},'b':{'target':'B'}}", "{'a':'x','b':'y'}",
                 ",'message_template':'{{a}}{{submission.a}}{{fields.b}}{{z}}{{z}}'");
    EXPECT_EQ(whole.text_at("message"), "xy");
    EXPECT_EQ(findings(whole), Strings{"/field_mappings/a invalid_number"});
    EXPECT_EQ(findings(whole, "warnings"), Strings{"/message_template template_missing"});
}

TEST(PreviewTest, unmapped_answers_are_those_nobody_names) {
    const auto unmapped = [](std::string_view source, std::string_view message) {
        const json::Value whole =
            document(std::string("{'m':{'target':'T','source':").append(source).append("}}"),
                     "{'a':1,'b':{'c':1},'m':1,'submission':1}",
                     std::string(",'message_template':'").append(message).append("'"));
        Strings out;
        for (const std::string& each : findings(whole, "warnings"))
            if (each.ends_with("unmapped_field")) out.push_back(each.substr(12, each.find(' ') - 12));
        return out;
    };
    EXPECT_EQ(unmapped("{'constant':1}", ""), (Strings{"a", "b", "m", "submission"}));
    EXPECT_EQ(unmapped("{'first':[{'field':'a'},{'pointer':'/b/c'}]}", ""), (Strings{"m", "submission"}));
    EXPECT_EQ(unmapped("{'constant':1}", "{{m}}{{#a}}{{b.c}}{{/a}}"), (Strings{"m", "submission"}));
    EXPECT_EQ(unmapped("{'constant':1}", "{{submission.m}}"), (Strings{"a", "b"}));
    EXPECT_EQ(unmapped("{'template':'{{m}}{{^a}}{{/a}}'}", ""), (Strings{"b", "submission"}));
    EXPECT_EQ(unmapped("{'pointer':''}", ""), Strings{});
}

TEST(PreviewTest, unknown_fields_are_told_when_the_form_declares_its_fields) {
    const json::Value whole = answer(
        as_json("{'config':{'provider':'none','action':'none','field_mappings':{'a':{'target':'A','source':"
                "{'first':[{'field':'x'},{'pointer':'/y/z'}]}},'b':{'target':'B'}}},'submission':{},"
                "'schema':{'properties':{'b':{},'x':{}}}}"));
    EXPECT_EQ(findings(whole, "warnings"), Strings{"/field_mappings/a unknown_field"});
}

TEST(PreviewTest, the_action_must_exist_unless_the_provider_is_none) {
    const PreviewInput input{R"({"provider":"p","action":"a","field_mappings":{}})", "{", {}, {}, {}, {}};
    EXPECT_EQ(findings(preview(input).document), Strings{"/action unknown_action"});
    PreviewInput unreadable = input;
    unreadable.submission = "{}";
    unreadable.action = "{";
    EXPECT_EQ(findings(preview(unreadable).document), Strings{"/action action_invalid"});
}

TEST(PreviewTest, a_request_exists_only_when_all_is_well) {
    const std::string action = as_json("{'method':'GET','base':'https://a.test'}");
    const std::string config =
        as_json("{'provider':'p','action':'a','field_mappings':{'a':{'target':'A','required':true}}}");
    const Preview bad = preview({config, "{}", {}, {}, action, {}});
    EXPECT_FALSE(bad.request);
    EXPECT_TRUE(bad.document.find("request")->is_null());
    const Preview good = preview({config, R"({"a":"1"})", {}, {}, action, {}});
    EXPECT_TRUE(good.request);
    EXPECT_EQ(good.document.find("request")->text_at("url"), good.request->url);
}

TEST(PreviewTest, meta_falls_back_to_the_config) {
    EXPECT_EQ(result("'source':{'template':'{{meta.form_id}}/{{meta.form_name}}/{{meta.x}}'}", "1",
                     ",'source':{'form_id':'f9','form_name':'N'}"),
              R"("f9/N/")");
}

TEST(PreviewTest, text_and_value_are_the_same_document) {
    const std::string config = as_json(
        "{'provider':'p','action':'a','field_mappings':{'a':{'target':'A','transform':['trim']},'b':{'target'"
        ":'B',"
        "'type':'number'},'c':{'target':'C','type':'json'}},'message_template':'{{a}} {{x}}'}");
    const std::string action =
        as_json("{'method':'POST','base':'https://a.test','body':{'$value':'/target'}}");
    for (const char* submission :
         {R"({"a":" x\u0001\"","b":"1e21","c":{"z":[0.1,12345678901234567890],"a":null}})",
          R"({"a":5,"b":"x","u":1})", "{}", "{", "[]"}) {
        const PreviewInput input{config, submission, {}, {}, action, {}};
        const Preview tree = preview(input);
        const TextPreview text = preview_text(input);
        EXPECT_EQ(text.document, json::write(tree.document)) << submission;
        EXPECT_EQ(text.ok, tree.document.find("ok")->as_boolean());
        EXPECT_EQ(text.request.has_value(), tree.request.has_value());
    }
}

}  // namespace
}  // namespace tenon::mapping
