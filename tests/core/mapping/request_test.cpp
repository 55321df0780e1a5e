#include "tenon/mapping/request.hpp"

#include "preview_case.hpp"
#include "tenon/base/limits.hpp"

namespace tenon::mapping {
namespace {

/// The document for an action given with single quotes, over answers a, n and t.
json::Value run(std::string_view action, std::string_view config = "", std::string_view more = "") {
    return answer(
        as_json(std::string("{'config':{'provider':'p','action':'a','field_mappings':{'a':{'target':'A'},"
                            "'n':{'target':'N','type':'number'},'t':{'target':'T','type':'array'},"
                            "'e':{'target':'E'}}")
                    .append(config)
                    .append("},'submission':{'a':'x/y','n':'5','t':['p','q']},'meta':{'form_id':'f1'}")
                    .append(more)
                    .append(",'action':{")
                    .append(action)
                    .append("}}")));
}

/// The body as canonical JSON, or the first error.
std::string body(std::string_view pattern, std::string_view config = "") {
    const json::Value whole =
        run(std::string("'method':'POST','base':'https://a.test','body':").append(pattern), config);
    const Strings errors = findings(whole);
    if (!errors.empty()) return "!" + errors[0];
    return json::write(*whole.find("request")->find("body"));
}

std::string url(std::string_view members, std::string_view config = "", std::string_view more = "") {
    const json::Value whole = run(std::string("'method':'GET',").append(members), config, more);
    const Strings errors = findings(whole);
    return errors.empty() ? std::string(whole.find("request")->text_at("url")) : "!" + errors[0];
}

std::string headers(std::string_view members) {
    const json::Value whole = run(std::string("'method':'POST','base':'https://a.test',").append(members));
    const Strings errors = findings(whole);
    return errors.empty() ? json::write(*whole.find("request")->find("headers")) : "!" + errors[0];
}

TEST(RequestTest, values_come_from_pointers) {
    EXPECT_EQ(body("{'$value':'/target'}"), R"({"A":"x/y","N":5,"T":["p","q"]})");
    EXPECT_EQ(body("{'$value':'/meta/form_id'}"), R"("f1")");
    EXPECT_EQ(body("{'$value':'/submission/t/1'}"), R"("q")");
    EXPECT_EQ(body("{'$value':'/fields/3'}"),
              R"({"key":"e","target":"E","text":"","type":"string","value":null})");
    EXPECT_EQ(body("[1,{'$value':'/nope'},{'x':{'$value':'/nope'}}]"), "[1,{}]");
    EXPECT_EQ(body("{'$value':'/nope'}"), "null");
    EXPECT_EQ(body("{'$value':'/nope','$default':{'$value':'/target/N'}}"), "5");
    EXPECT_EQ(body("{'$value':'/config/x'}", ",'target_config':{'x':null}"), "null");
    EXPECT_EQ(body("{'$value':'/config/x','$default':1}", ",'target_config':{'x':null}"), "1");
    EXPECT_EQ(body("{'$value':'/message_lines'}", ",'message_template':' a \\n\\nb'"), R"(["a","b"])");
}

TEST(RequestTest, lookups_take_a_computed_name) {
    EXPECT_EQ(body("{'$lookup':'/target','$key':'N'}"), "5");
    EXPECT_EQ(body("{'$lookup':'/target','$key':{'$value':'/nope'},'$default':0}"), "0");
    EXPECT_EQ(body("{'$lookup':'/target/A','$key':'N','$default':''}"), R"("")");
}

TEST(RequestTest, each_walks_arrays_and_objects) {
    EXPECT_EQ(body("{'$each':'/target/T','$do':{'$text':'{{item.index}}{{item.value}}'}}"), R"(["0p","1q"])");
    EXPECT_EQ(body("{'$each':'/target','$do':{'$value':'/item/key'}}"), R"(["A","N","T"])");
    EXPECT_EQ(body("{'$each':'/target','$as':'object','$do':{'$string':{'$value':'/item/value'}}}"),
              R"({"A":"x/y","N":"5","T":"p, q"})");
    EXPECT_EQ(body("{'$each':'/fields','$as':'object','$key':{'$value':'/item/value/target'},'$do':{'$value':"
                   "'/item/value/value','$default':''}}"),
              R"({"A":"x/y","E":"","N":5,"T":["p","q"]})");
    EXPECT_EQ(body("{'$each':'/target/T','$do':{'$each':'/target/T','$do':{'$value':'/item/parent/value'}}}"),
              R"([["p","p"],["q","q"]])");
    EXPECT_EQ(body("{'x':{'$each':'/nope','$do':1}}"), "{}");
    EXPECT_EQ(body("{'$each':'/target/T','$do':{'$value':'/item/key'}}"), "[]") << "nothing is left out";
    EXPECT_EQ(body("{'$each':'/target/A','$do':1}"), "!/action/body action_invalid");
    EXPECT_EQ(body("{'$each':'/target/T','$as':'object','$do':1}"), "!/action/body action_invalid");
}

TEST(RequestTest, each_drops_what_is_over_its_limit_and_says_so) {
    const json::Value whole =
        run("'method':'POST','base':'https://a.test','body':{'$each':'/target/"
            "T','$limit':1,'$do':{'$value':'/item/value'}}");
    EXPECT_EQ(json::write(*whole.find("request")->find("body")), R"(["p"])");
    const json::Array& warnings = whole.find("warnings")->as_array();
    EXPECT_EQ(json::write(warnings.back()),
              R"({"code":"items_dropped","message":"2 items cut to 1","pointer":"/request"})");
}

TEST(RequestTest, conditions_and_choices) {
    EXPECT_EQ(body("{'$if':'/target/A','$then':1,'$else':2}"), "1");
    EXPECT_EQ(body("{'$if':'/target/E','$then':1,'$else':2}"), "2");
    EXPECT_EQ(body("{'$if':'/config/z','$then':1}", ",'target_config':{'z':0}"), "1") << "0 is a value";
    EXPECT_EQ(body("{'$if':'/config/z','$else':1}", ",'target_config':{'z':false}"), "1");
    EXPECT_EQ(body("{'$switch':{'$value':'/target/N'},'$cases':{'5':'five'}}"), R"("five")");
    EXPECT_EQ(body("{'$switch':'x','$cases':{},'$else':0}"), "0");
    EXPECT_EQ(body("{'a':{'$switch':'x','$cases':{}}}"), "!/action/body/a case_unknown");
}

TEST(RequestTest, merging_text_and_literals) {
    EXPECT_EQ(body("{'$merge':[{'a':1,'b':1},{'$value':'/nope'},null,{'b':2}]}"), R"({"a":1,"b":2})");
    EXPECT_EQ(body("{'$merge':[1]}"), "!/action/body action_invalid");
    EXPECT_EQ(body("{'$text':'<{{target.A}}{{nope}}>','$escape':'html'}"), R"("<x/y>")");
    EXPECT_EQ(body("{'$text':'{{#'}"), "!/action/body action_invalid");
    EXPECT_EQ(body("{'$text':'x','$escape':'xml'}"), "!/action/body action_invalid");
    EXPECT_EQ(body("{'$string':{'$value':'/target/T'},'$max':2}"), R"("p,")");
    EXPECT_EQ(body("{'$json':{'b':{'$value':'/target/N'},'a':1}}"), R"("{\"a\":1,\"b\":5}")");
    EXPECT_EQ(body("{'$literal':{'$value':'/x'}}"), R"({"$value":"/x"})");
}

TEST(RequestTest, a_directive_has_exactly_its_members) {
    for (const char* pattern :
         {"{'$nope':1}", "{'$value':'/a','x':1}", "{'$value':'/a','$do':1}", "{'$value':'a'}", "{'$value':5}",
          "{'$each':'/a'}", "{'$lookup':'/a'}", "{'$switch':'a'}", "{'$if':5}", "{'$merge':{}}",
          "{'$switch':'a','$cases':[]}", "{'$string':'a','$max':-1}", "{'$string':'a','$max':'1'}",
          "{'$each':'/target','$as':'list','$do':1}", "{'$default':1}"})
        EXPECT_EQ(body(pattern), "!/action/body action_invalid") << pattern;
}

TEST(RequestTest, paths_are_encoded_and_lead_nowhere_else) {
    const std::string base = "'base':'https://a.test','path':";
    EXPECT_EQ(url(base + "'/v1/{/target/A}/\u00e9'"), "https://a.test/v1/x%2Fy/\u00e9");
    EXPECT_EQ(url(base + "'/{/config/p}'", ",'target_config':{'p':'a \u00e9~'}"),
              "https://a.test/a%20%C3%A9~");
    for (const char* bad : {"''", "'.'", "'..'", "null"})
        EXPECT_EQ(url(base + "'/{/config/p}'", std::string(",'target_config':{'p':") + bad + "}"),
                  "!/action/path path_invalid");
    EXPECT_EQ(url(base + "'/{/config/p}.'", ",'target_config':{'p':'...'}"), "https://a.test/....");
    EXPECT_EQ(url(base + "'/.{/config/p}x'", ",'target_config':{'p':'.'}"), "!/action/path path_invalid");
    EXPECT_EQ(url(base + "'/{/target/A'"), "!/action/path action_invalid");
    EXPECT_EQ(url(base + "'/{A}'"), "!/action/path action_invalid");
    EXPECT_EQ(url(base + "5"), "!/action/path action_invalid");
}

TEST(RequestTest, a_base_takes_host_names_only) {
    const auto host = [](std::string_view text) {
        return url("'base':'https://{/connection/h}'", "",
                   std::string(",'connection':{'h':'").append(text).append("'}"));
    };
    EXPECT_EQ(host("Acme.Example.test:8443"), "https://acme.example.test:8443");
    for (const char* bad : {"", "a/b", "a@b", "a b", "a?b", "a#b", "evil.test\\\\", "[::1]", "a..b"})
        EXPECT_EQ(host(bad), "!/action/base path_invalid") << bad;
    EXPECT_EQ(url("'base':'https://{/connection/dc}.api.test'", "", ",'connection':{'dc':'us6:80'}"),
              "!/action/base path_invalid");
    EXPECT_EQ(url("'path':'/x'"), "!/action/base action_invalid");
}

TEST(RequestTest, a_whole_url_comes_without_fragment) {
    const auto whole = [](std::string_view text) {
        return url("'url':'/config/u'", std::string(",'target_config':{'u':'").append(text).append("'}"));
    };
    EXPECT_EQ(whole("HTTPS://x.test/a?b"), "https://x.test/a?b");
    EXPECT_EQ(whole("https://x.test/#a"), "!/action/url path_invalid");
    EXPECT_EQ(whole("ftp://x.test"), "!/action/url path_invalid");
    EXPECT_EQ(url("'url':'/config/u'"), "!/action/url path_invalid");
    EXPECT_EQ(url("'url':'/config/u','query':{'q':1}", ",'target_config':{'u':'https://x.test/a?b=1'}"),
              "https://x.test/a?b=1&q=1");
}

TEST(RequestTest, queries_are_sorted_and_repeat_arrays) {
    const std::string base = "'base':'https://a.test','query':";
    EXPECT_EQ(url(base + "{'b':{'$value':'/target/T'},'a':'x y','c':{'$value':'/nope'},'d':null}"),
              "https://a.test?a=x%20y&b=p&b=q&d=");
    EXPECT_EQ(url(base + "{'a':{'b':1}}"), "!/action/query/a action_invalid");
    EXPECT_EQ(url(base + "[]"), "!/action/query action_invalid");
    EXPECT_EQ(url(base + "{'z':1,'a':1},'auth':{'kind':'query','name':'key'}"),
              "https://a.test?a=1&key=***&z=1");
}

TEST(RequestTest, headers_are_lowered_and_printable) {
    EXPECT_EQ(headers("'headers':{'X-A':{'$value':'/target/N'},'X-B':{'$value':'/nope'}}"), R"({"x-a":"5"})");
    EXPECT_EQ(headers("'headers':{'X-A':'\u00e9'}"), "!/action/headers/X-A header_invalid");
    EXPECT_EQ(headers("'headers':{'X-A':'a\\nb'}"), "!/action/headers/X-A header_invalid");
    EXPECT_EQ(headers("'headers':{'X A':'a'}"), "!/action/headers/X A header_invalid");
    EXPECT_EQ(headers("'headers':{'':'a'}"), "!/action/headers/ header_invalid");
    EXPECT_EQ(headers("'headers':5"), "!/action/headers action_invalid");
}

TEST(RequestTest, a_body_brings_its_content_type) {
    EXPECT_EQ(headers("'body':{}"), R"({"content-type":"application/json"})");
    EXPECT_EQ(headers("'body':{'$value':'/nope'}"), "{}");
    EXPECT_EQ(headers("'body':{},'headers':{'Content-Type':'text/x'}"), R"({"content-type":"text/x"})");
    EXPECT_EQ(headers("'body':{'a':1},'encoding':'form'"),
              R"({"content-type":"application/x-www-form-urlencoded"})");
    EXPECT_EQ(headers("'body':{'a':{'b':1}},'encoding':'form'"), "!/action/body action_invalid");
    EXPECT_EQ(headers("'body':5,'encoding':'form'"), "!/action/body action_invalid");
    EXPECT_EQ(headers("'body':{},'encoding':'xml'"), "!/action/encoding action_invalid");
}

TEST(RequestTest, credentials_are_never_there) {
    EXPECT_EQ(headers("'auth':{'kind':'bearer'}"), R"({"authorization":"Bearer ***"})");
    EXPECT_EQ(headers("'auth':{'kind':'basic'}"), R"({"authorization":"Basic ***"})");
    EXPECT_EQ(headers("'auth':{'kind':'header','name':'X-Key'}"), R"({"x-key":"***"})");
    EXPECT_EQ(headers("'auth':{'kind':'standard_webhooks'}"),
              R"({"webhook-id":"***","webhook-signature":"***","webhook-timestamp":"***"})");
    EXPECT_EQ(headers("'send_time_headers':['Idempotency-Key']"), R"({"idempotency-key":"***"})");
    EXPECT_EQ(headers("'auth':{'kind':'none'}"), "{}");
    for (const char* bad :
         {"'auth':{'kind':'magic'}", "'auth':'none'", "'auth':{}", "'auth':{'kind':'header'}",
          "'auth':{'kind':'query'}", "'url':'/config/u','auth':{'kind':'bearer'}"})
        EXPECT_EQ(headers(bad), "!/action/auth action_invalid") << bad;
    EXPECT_EQ(url("'auth':{'kind':'url'}"), "https://***");
    EXPECT_EQ(url("'auth':{'kind':'url'},'base':'https://a.test'"), "!/action/base action_invalid");
    EXPECT_EQ(url("'auth':{'kind':'url'},'path':'/x'"), "!/action/path action_invalid");
}

TEST(RequestTest, methods_are_the_known_ones) {
    EXPECT_EQ(findings(run("'base':'https://a.test'")), Strings{"/action/method action_invalid"});
    EXPECT_EQ(findings(run("'base':'https://a.test','method':'post'")),
              Strings{"/action/method action_invalid"});
}

TEST(RequestTest, work_and_size_are_bounded) {
    std::string answers = "'x'";
    for (int i = 1; i < 100; ++i) answers += ",'x'";
    const auto code = [&](std::string_view pattern, std::string_view submission) {
        const json::Value whole = answer(
            as_json(std::string("{'config':{'provider':'p','action':'a','field_mappings':{}},'submission':{")
                        .append(submission)
                        .append("},'action':{'method':'POST','base':'https://a.test','body':")
                        .append(pattern)
                        .append("}}")));
        const Strings errors = findings(whole);
        return errors.empty() ? std::string("good") : errors[0].substr(errors[0].find(' ') + 1);
    };
    const std::string loop = "{'$each':'/submission/t','$do':";
    const std::string list = "'t':[" + answers + "]";
    EXPECT_EQ(code(loop + loop + "1}}", list), "good");
    EXPECT_EQ(code(loop + loop + loop + loop + "1}}}}", list), "request_too_large");
    EXPECT_EQ(code(loop + loop + "{'$value':'/submission'}}}", list), "request_too_large");
    EXPECT_EQ(code(loop + loop + loop + "{'$text':'{{#a}}{{/a}}'}}}}", list), "request_too_large");
    std::string big = "'a0':'" + std::string(10'000, 'x') + "'";
    for (int i = 1; i < 100; ++i) big += ",'a" + std::to_string(i) + "':'" + std::string(10'000, 'x') + "'";
    EXPECT_EQ(code("{'$value':'/submission'}", big), "good");
    EXPECT_EQ(code("[{'$value':'/submission'},{'$value':'/submission'}]", big), "request_too_large");
}

TEST(RequestTest, the_plan_holds_the_exact_bytes) {
    const std::string config = as_json(
        "{'provider':'p','action':'a','field_mappings':{'b':{'target':'b'},'a':{'target':'a','type':'array'}}"
        "}");
    const std::string action = as_json(
        "{'method':'PUT','base':'https://a.test','encoding':'form','auth':{'kind':'header','name':'X-Key'},"
        "'send_time_headers':['Idempotency-Key'],'body':{'$value':'/target'}}");
    const Preview made = preview({config, R"({"b":"x y&","a":[1,"2"]})", {}, {}, action, {}});
    ASSERT_TRUE(made.request);
    EXPECT_EQ(made.request->method, "PUT");
    EXPECT_EQ(made.request->url, "https://a.test");
    EXPECT_EQ(made.request->body, "a=1&a=2&b=x%20y%26");
    EXPECT_EQ(made.request->auth_kind, "header");
    EXPECT_EQ(made.request->auth_name, "X-Key");
    EXPECT_EQ(made.request->send_time_headers, Strings{"idempotency-key"});
    using Header = std::pair<std::string, std::string>;
    EXPECT_EQ(made.request->headers,
              (std::vector<Header>{{"content-type", "application/x-www-form-urlencoded"},
                                   {"idempotency-key", "***"},
                                   {"x-key", "***"}}));
}

}  // namespace
}  // namespace tenon::mapping
