#include "tenon/mapping/template.hpp"

#include "preview_case.hpp"
#include "tenon/base/limits.hpp"

namespace tenon::mapping {
namespace {

std::string rendered(std::string_view source, std::string_view data, std::string_view escape = "none",
                     std::string_view partials = "{}") {
    const ExactCopy copy(source);
    const auto text = render(copy.view(), parse(as_json(data)), parse(as_json(partials)).as_object(), escape);
    return text ? *text : "!" + std::string(id_of(text.error().code));
}

TEST(TemplateTest, malformed_templates_are_refused) {
    for (const char* source : {"{{",           "{{a",          "{{}}",
                               "{{ }}",        "{{{a}}",       "{{#a}}",
                               "{{/a}}",       "{{#a}}{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}",
                               "{{=a=}}",      "{{= =}}",      "{{=a b c=}}",
                               "{{=|| a=b=}}", "{{a..b}}",     "{{.a}}",
                               "{{a.}}",       "{{>}}",        "{{&}}",
                               "{{^}}{{/}}",   "{{!"})
        EXPECT_EQ(rendered(source, "{}"), "!template_syntax") << source;
}

TEST(TemplateTest, names_are_found_from_the_innermost_frame_out) {
    EXPECT_EQ(rendered("{{#a}}{{b}}{{c}}{{/a}}", "{'a':{'b':1},'b':2,'c':3}"), "13");
    EXPECT_EQ(rendered("{{#a}}{{b.c}}{{/a}}", "{'a':{'b':{}},'b':{'c':1}}"), "") << "no second try outside";
    EXPECT_EQ(rendered("{{First name}}", "{'First name':'Ann'}"), "Ann");
    EXPECT_EQ(rendered("{{#a}}{{.}};{{/a}}", "{'a':[1,'x',true]}"), "1;x;true;");
    EXPECT_EQ(rendered("{{a.length}}{{a.0}}", "{'a':[1]}"), "") << "an array has no members";
}

TEST(TemplateTest, falsy_is_absent_null_false_empty_text_and_empty_array) {
    EXPECT_EQ(rendered("{{^a}}1{{/a}}{{^b}}2{{/b}}{{^c}}3{{/c}}{{^d}}4{{/d}}{{^e}}5{{/e}}",
                       "{'a':null,'b':false,'c':'','d':[]}"),
              "12345");
    EXPECT_EQ(rendered("{{#a}}1{{/a}}{{#b}}2{{/b}}{{#c}}3{{/c}}", "{'a':0,'b':{},'c':' '}"), "123");
}

TEST(TemplateTest, values_are_escaped_where_the_tag_allows) {
    EXPECT_EQ(rendered("{{v}}{{{v}}}{{&v}}", "{'v':'<'}", "html"), "&lt;<<");
    EXPECT_EQ(render("{{v}}", parse(R"({"v":"<&>\"'"})"), {}, "html").value(), "&lt;&amp;&gt;&quot;&#39;");
    EXPECT_EQ(render("{{v}}", parse(R"({"v":"<&>\"'"})"), {}, "slack").value(), "&lt;&amp;&gt;\"'");
    EXPECT_EQ(render("\"{{v}}\"", parse(R"({"v":"a\"\n\u0001"})"), {}, "json").value(), R"("a\"\n\u0001")");
    EXPECT_EQ(render("x", parse("{}"), {}, "xml").error().code, Errc::malformed_request);
}

TEST(TemplateTest, sections_end_at_32_levels) {
    const auto nested = [](std::size_t depth) {
        std::string source;
        for (std::size_t i = 0; i < depth; ++i) source += "{{#a}}";
        source += "x";
        for (std::size_t i = 0; i < depth; ++i) source += "{{/a}}";
        return rendered(source, "{'a':1}");
    };
    EXPECT_EQ(nested(limits::template_depth), "x");
    EXPECT_EQ(nested(limits::template_depth + 1), "!template_syntax");
}

TEST(TemplateTest, templates_end_at_10000_characters) {
    std::string longest;
    for (std::size_t i = 0; i < limits::template_characters; ++i) longest += "\u00e9";
    EXPECT_EQ(rendered(longest, "{}"), longest);
    EXPECT_EQ(rendered(longest + "x", "{}"), "!template_syntax");
}

TEST(TemplateTest, output_ends_at_65536_bytes) {
    const std::string data = "{'v':'" + std::string(16'384, 'x') + "'}";
    EXPECT_EQ(rendered("{{v}}{{v}}{{v}}{{v}}", data).size(), limits::template_output_bytes);
    EXPECT_EQ(rendered("{{v}}{{v}}{{v}}{{v}}.", data), "!template_limit");
}

TEST(TemplateTest, visited_nodes_are_limited_also_without_output) {
    std::string data = "{'t':[1";
    for (int i = 1; i < 100; ++i) data += ",1";
    data += "]}";
    EXPECT_EQ(rendered("{{#t}}{{#t}}x{{/t}}{{/t}}", data).size(), 10'000U);
    EXPECT_EQ(rendered("{{#t}}{{#t}}{{#t}}{{/t}}{{/t}}{{/t}}", data), "!template_limit");
}

TEST(TemplateTest, partials_end_at_depth_16) {
    EXPECT_EQ(rendered("{{>a}}", "{}", "none", "{'a':'x'}"), "x");
    EXPECT_EQ(rendered("{{>nope}}", "{}"), "");
    EXPECT_EQ(rendered("{{>a}}", "{}", "none", "{'a':'{{'}"), "!template_syntax");
    EXPECT_EQ(rendered("{{>a}}", "{}", "none", "{'a':'{{>a}}'}"), "!template_limit");
    std::string chain = "{'p16':'end'";
    for (int i = 1; i < 16; ++i)
        chain += ",'p" + std::to_string(i) + "':'{{>p" + std::to_string(i + 1) + "}}'";
    EXPECT_EQ(rendered("{{>p1}}", "{}", "none", chain + "}"), "end");
    EXPECT_EQ(rendered("{{>p0}}", "{}", "none", chain + ",'p0':'{{>p1}}'}"), "!template_limit");
}

TEST(TemplateTest, a_tag_alone_on_its_line_takes_the_line_with_it) {
    EXPECT_EQ(rendered("a\n  {{#b}}  \nx\n{{/b}}\nc", "{'b':1}"), "a\nx\nc");
    EXPECT_EQ(rendered("a\r\n{{!c}}\r\nb", "{}"), "a\r\nb");
    EXPECT_EQ(rendered(" {{>p}}\n.", "{'v':1}", "none", "{'p':'{{v}}\\n{{v}}\\n'}"), " 1\n 1\n.");
}

TEST(TemplateTest, missing_names_are_reported_once_in_order) {
    const auto compiled = Template::compile("{{b}}{{a}}{{b}}{{c}}{{#d}}{{/d}}").value();
    const json::Value data = parse(R"({"c":null})");
    const Ref stack[] = {{&data, nullptr}};
    std::vector<std::string> missing;
    ASSERT_TRUE(render_template(compiled, {stack, Escape::none, nullptr, &missing, nullptr}));
    EXPECT_EQ(missing, (Strings{"b", "a"}));
}

}  // namespace
}  // namespace tenon::mapping
