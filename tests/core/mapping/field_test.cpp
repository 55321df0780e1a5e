// One mapping at a time: sources, operations, types and validation, seen through the field they give.
#include "tenon/mapping/field.hpp"

#include "preview_case.hpp"
#include "tenon/base/limits.hpp"

namespace tenon::mapping {
namespace {

std::string ops(std::string_view list, std::string_view given) {
    return result(std::string("'transform':[").append(list).append("]"), given);
}
std::string typed(std::string_view type, std::string_view given, std::string_view more = "") {
    return result(std::string("'type':'").append(type).append("'").append(more), given);
}
Strings warnings(std::string_view members, std::string_view given) {
    Strings out;
    const json::Value one = field(members, given);
    for (const json::Value& each : one.find("warnings")->as_array()) out.emplace_back(each.text_at("code"));
    return out;
}

TEST(FieldTest, text_operations_work_on_text_forms_and_map_over_arrays) {
    EXPECT_EQ(ops("'uppercase'", "['a',1,true]"), R"("A, 1, TRUE")");
    EXPECT_EQ(ops("'trim'", "'\u3000a\u200b'"), R"("a")");
    EXPECT_EQ(ops("'collapse_whitespace'", "' a \\t\\n b '"), R"("a b")");
    EXPECT_EQ(ops("{'op':'prefix','text':'<'},{'op':'suffix','text':'>'}", "5"), R"("<5>")");
    EXPECT_EQ(ops("{'op':'replace','find':'aa','with':'a'}", "'aaaa'"), R"("aa")") << "not rescanned";
    EXPECT_EQ(ops("'uppercase'", "[null]"), "!type_mismatch");
    EXPECT_EQ(ops("'uppercase'", "{'a':1}"), "!type_mismatch");
    EXPECT_EQ(ops("'uppercase'", "[['a']]"), "!type_mismatch");
}

TEST(FieldTest, truncate_counts_characters_and_its_marker) {
    EXPECT_EQ(
        ops("{'op':'truncate','max':3,'marker':'\u2026'}", "'\U0001F600\U0001F601\U0001F602\U0001F603'"),
        "\"\U0001F600\U0001F601\u2026\"");
    EXPECT_EQ(ops("{'op':'truncate','max':4,'marker':'\u2026'}", "'abcd'"), R"("abcd")");
    EXPECT_EQ(warnings("'transform':[{'op':'truncate','max':1}]", "['ab','cd']"),
              (Strings{"truncated", "coerced"}));
}

TEST(FieldTest, split_and_join_go_both_ways) {
    EXPECT_EQ(ops("{'op':'split','separator':','},{'op':'join','separator':'|'}", "' a ,, b'"), R"("a|b")");
    EXPECT_EQ(ops("'trim',{'op':'join'}", "['a','b']"), R"("a, b")");
    EXPECT_EQ(ops("{'op':'join'}", "[1,null,'x']"), R"("1, x")");
    EXPECT_EQ(ops("{'op':'join'}", "[[1]]"), "!type_mismatch");
    EXPECT_EQ(ops("{'op':'split','separator':','}", "['a']"), "!type_mismatch");
    EXPECT_EQ(ops("{'op':'split','separator':','}", "15"), R"("15")");
}

TEST(FieldTest, numbers_are_rounded_and_scaled_in_decimal) {
    EXPECT_EQ(typed("number", "'1.005'", ",'transform':[{'op':'round','digits':2}]"), "1.01");
    EXPECT_EQ(typed("decimal", "50", ",'transform':[{'op':'round','digits':2}]"), R"("50.00")");
    EXPECT_EQ(typed("number", "'-2.5'", ",'transform':[{'op':'round','mode':'half_even'}]"), "-2");
    EXPECT_EQ(typed("integer", "'19.99'", ",'transform':[{'op':'scale','power':2}]"), "1999");
    EXPECT_EQ(ops("{'op':'scale','power':20}", "1e300"), "!number_out_of_range");
    EXPECT_EQ(ops("{'op':'round'}", "true"), "!type_mismatch");
    EXPECT_EQ(ops("{'op':'round'}", "'x'"), "!invalid_number");
}

TEST(FieldTest, default_fills_only_what_is_empty) {
    EXPECT_EQ(ops("{'op':'default','value':'d'},'uppercase'", "' '"), R"("D")");
    EXPECT_EQ(ops("{'op':'default','value':'d'}", "0"), R"("0")");
    EXPECT_EQ(ops("'uppercase',{'op':'default','value':''}", "null"), "null");
    EXPECT_EQ(warnings("'transform':[{'op':'default','value':'d'}]", "[]"), Strings{"default_used"});
}

TEST(FieldTest, a_failing_step_ends_the_mapping_and_leaves_no_trace) {
    const json::Value one = field("'transform':['trim',{'op':'round'},'trim']", "' x '");
    EXPECT_EQ(json::write(*one.find("steps")), R"([{"op":"trim","value":"x"}])");
    EXPECT_EQ(one.text_at("status"), "error");
    EXPECT_EQ(json::write(*one.find("errors")), R"([{"code":"invalid_number","message":"not a number"}])");
}

TEST(FieldTest, texts_and_arrays_have_their_limits_after_every_step) {
    const std::string longest = "'" + std::string(limits::text_characters, 'x') + "'";
    EXPECT_EQ(ops("'trim'", longest).size(), longest.size());
    EXPECT_EQ(ops("{'op':'suffix','text':'.'}", longest), "!string_too_long");
    std::string pieces = "'a";
    for (int i = 1; i < 100; ++i) pieces += ",a";
    EXPECT_EQ(typed("array", pieces + "'", ",'transform':[{'op':'split','separator':','}]").substr(0, 4),
              R"(["a")");
    EXPECT_EQ(typed("array", pieces + ",a'", ",'transform':[{'op':'split','separator':','}]"),
              "!array_too_long");
}

TEST(FieldTest, every_type_accepts_its_kinds_only) {
    // type: text, number, boolean, array of one, array of two, object
    struct Row {
        const char* type;
        const char* text;
        const char* result[6];
    };
    const Row rows[] = {
        {"string", "'a'", {"\"a\"", "\"7\"", "\"true\"", "\"a\"", "\"a, a\"", "\"{\\\"x\\\":1}\""}},
        {"number", "'5'", {"5", "7", "!type_mismatch", "5", "!type_mismatch", "!type_mismatch"}},
        {"integer", "'5'", {"5", "7", "!type_mismatch", "5", "!type_mismatch", "!type_mismatch"}},
        {"decimal", "'5'", {"\"5\"", "\"7\"", "!type_mismatch", "\"5\"", "!type_mismatch", "!type_mismatch"}},
        {"boolean",
         "'no'",
         {"false", "!invalid_boolean", "true", "false", "!type_mismatch", "!type_mismatch"}},
        {"date",
         "'2026-01-31'",
         {"\"2026-01-31\"", "!type_mismatch", "!type_mismatch", "\"2026-01-31\"", "!type_mismatch",
          "!type_mismatch"}},
        {"datetime",
         "'2026-01-31T00:00Z'",
         {"\"2026-01-31T00:00:00Z\"", "!type_mismatch", "!type_mismatch", "\"2026-01-31T00:00:00Z\"",
          "!type_mismatch", "!type_mismatch"}},
        {"email",
         "'a@b.cd'",
         {"\"a@b.cd\"", "!type_mismatch", "!type_mismatch", "\"a@b.cd\"", "!type_mismatch",
          "!type_mismatch"}},
        {"url",
         "'http://a'",
         {"\"http://a\"", "!type_mismatch", "!type_mismatch", "\"http://a\"", "!type_mismatch",
          "!type_mismatch"}},
        {"phone",
         "'12345'",
         {"\"12345\"", "!invalid_phone", "!type_mismatch", "\"12345\"", "!type_mismatch", "!type_mismatch"}},
        {"array", "'a'", {"[\"a\"]", "[\"7\"]", "[\"true\"]", "[\"a\"]", "[\"a\",\"a\"]", "!type_mismatch"}},
        {"json", "'[1]'", {"[1]", "7", "true", "[\"[1]\"]", "[\"[1]\",\"[1]\"]", "{\"x\":1}"}},
    };
    for (const Row& row : rows) {
        const std::string text = row.text;
        const std::string given[] = {text,     "7", "true", "[" + text + "]", "[" + text + "," + text + "]",
                                     "{'x':1}"};
        for (std::size_t i = 0; i < 6; ++i)
            EXPECT_EQ(typed(row.type, given[i]), row.result[i]) << row.type << given[i];
    }
}

TEST(FieldTest, big_numbers_pass_through_unharmed) {
    EXPECT_EQ(typed("number", "'9007199254740993'"), "9007199254740992");
    EXPECT_EQ(warnings("'type':'number'", "'9007199254740993'"), Strings{"precision_lost"});
    EXPECT_EQ(typed("integer", "9007199254740992"), R"("9007199254740992")");
    EXPECT_EQ(warnings("'type':'integer'", "9007199254740992"), (Strings{"integer_as_text", "coerced"}));
    EXPECT_EQ(typed("integer", "'-9007199254740991'"), "-9007199254740991");
    EXPECT_EQ(typed("decimal", "'12345678901234567890.10'"), R"("12345678901234567890.10")");
    EXPECT_EQ(typed("string", "12345678901234567890"), R"("12345678901234567890")");
    EXPECT_EQ(typed("integer", "'1.5'"), "!not_an_integer");
}

TEST(FieldTest, options_are_looked_up_by_text_form) {
    const std::string map = ",'options':{'map':{'1':'one','a':2,'b':null}";
    EXPECT_EQ(typed("option", "1.0", map + "}"), R"("one")");
    EXPECT_EQ(typed("option", "' a '", map + "}"), "2");
    EXPECT_EQ(typed("option", "'b'", map + "}"), "null");
    EXPECT_EQ(typed("option", "'A'", map + "}"), "!option_unknown");
    EXPECT_EQ(typed("option", "' A'", map + ",'else':'keep'}"), R"(" A")");
    EXPECT_EQ(typed("option", "'A'", map + ",'else':'empty'}"), "null");
    EXPECT_EQ(typed("array", "['a',1,'b']", ",'items':'option'" + map + "}"), R"([2,"one"])");
}

TEST(FieldTest, items_of_an_array_fail_with_their_number) {
    const json::Value one = field("'type':'array','items':'number'", "['1','','x']");
    EXPECT_EQ(json::write(*one.find("errors")),
              R"([{"code":"invalid_number","message":"item 3: not a number"}])");
    EXPECT_EQ(typed("array", "['', null, []]"), "null");
}

TEST(FieldTest, coerced_tells_that_the_kind_changed) {
    EXPECT_EQ(warnings("'type':'string'", "5"), Strings{"coerced"});
    EXPECT_EQ(warnings("'type':'number'", "'5'"), Strings{}) << "text may become anything";
    EXPECT_EQ(warnings("'type':'number'", "['5']"), Strings{"coerced"});
    EXPECT_EQ(json::write(*field("'type':'array'", "5").find("warnings")),
              R"([{"code":"coerced","message":"number became array"}])");
    EXPECT_EQ(json::write(*field("'type':'array'", "['a',5]").find("warnings")),
              R"([{"code":"coerced","message":"number became string"}])");
    EXPECT_EQ(warnings("'type':'json'", "5"), Strings{});
}

TEST(FieldTest, booleans_read_the_usual_words_or_the_given_ones) {
    EXPECT_EQ(typed("boolean", "' YES '"), "true");
    EXPECT_EQ(typed("boolean", "0"), "false");
    EXPECT_EQ(typed("boolean", "2"), "!invalid_boolean");
    const char* own = ",'parse':{'true_values':['Ja']}";
    EXPECT_EQ(typed("boolean", "' Ja '", own), "true");
    EXPECT_EQ(typed("boolean", "'ja'", own), "!invalid_boolean");
    EXPECT_EQ(typed("boolean", "'yes'", own), "!invalid_boolean");
    EXPECT_EQ(typed("boolean", "'OFF'", own), "false") << "only the given list is replaced";
}

TEST(FieldTest, json_text_is_read_strictly) {
    EXPECT_EQ(typed("json", "'{}'"), "null") << "empty";
    EXPECT_EQ(result("'type':'json'", R"('{\"a\":1,\"a\":2}')"), "!invalid_json");
    EXPECT_EQ(typed("json", "'1e999'"), "!number_out_of_range");
    EXPECT_EQ(typed("json", "'null'"), "null");
}

TEST(FieldTest, every_failing_keyword_is_reported_in_order) {
    EXPECT_EQ(result("'type':'number','validation':{'max':3,'min':5}", "4"), "!below_min!above_max");
    EXPECT_EQ(result("'validation':{'pattern':'^x','max_length':1,'min_length':9}", "'abc'"),
              "!too_short!too_long!pattern_mismatch");
    EXPECT_EQ(result("'type':'datetime','validation':{'min':'2026-01-01T00:00:00+01:00'}",
                     "'2025-12-31T22:59:59.9Z'"),
              "!below_min");
    EXPECT_EQ(result("'type':'date','validation':{'max':'2026-01-01'}", "'2026-01-02'"), "!above_max");
    EXPECT_EQ(result("'type':'decimal','validation':{'min':'0.10'}", "'0.099'"), "!below_min");
    EXPECT_EQ(result("'type':'array','validation':{'max_length':1}", "['a','b']"), "!too_long");
    EXPECT_EQ(result("'validation':{'min_length':3}", "''"), "null") << "empty is not validated";
    EXPECT_EQ(json::write(*field("'type':'number','validation':{'min':1.50}", "1").find("errors")),
              R"([{"code":"below_min","message":"less than 1.5"}])");
}

TEST(FieldTest, sources_find_exactly_what_they_name) {
    EXPECT_EQ(result("'source':{'pointer':'/f/1/a~1b'}", "[0,{'a/b':'x'}]"), R"("x")");
    EXPECT_EQ(result("'source':{'pointer':'/f/01'}", "['a','b']"), "null");
    EXPECT_EQ(result("'source':{'pointer':'/f/-'}", "['a','b']"), "null");
    EXPECT_EQ(result("'source':{'field':'__proto__'}", "1"), "null");
    EXPECT_EQ(result("'source':{'constant':false},'type':'boolean'", "1"), "false");
    EXPECT_EQ(result("'source':{'first':[{'field':'x'},{'field':'f'},{'constant':'c'}]}", "0"), R"("0")");
    EXPECT_EQ(
        result("'source':{'list':[{'field':'f'},{'field':'x'},{'constant':'c'}]},'transform':[{'op':'join',"
               "'separator':'-'}]",
               "'a'"),
        R"("a-c")");
    EXPECT_EQ(result("'source':{'template':'{{#f}}<{{.}}>{{/f}}{{submission.f}}'}", "['a']"), R"("<a>a")");
    EXPECT_EQ(result("'source':{'template':'{{f}}{{f}}{{f}}{{f}}{{f}}{{f}}{{f}}{{f}}'}",
                     "'" + std::string(10'000, 'x') + "'"),
              "!template_limit");
}

TEST(FieldTest, dates_are_converted_and_printed) {
    EXPECT_EQ(typed("date", "'2026-01-31T23:30:00-05:00'"), R"("2026-01-31")");
    EXPECT_EQ(typed("date", "'2026-01-31T23:30:00-05:00'", ",'parse':{'timezone':'Z'}"), R"("2026-02-01")");
    EXPECT_EQ(typed("date", "1769817600", ",'parse':{'format':'unix'}"), R"("2026-01-31")");
    EXPECT_EQ(typed("date", "1769817600.5", ",'parse':{'format':'unix'}"), "!invalid_date");
    EXPECT_EQ(typed("datetime", "'2026-01-31'", ",'parse':{'timezone':'+02:00'}"),
              R"("2026-01-31T00:00:00+02:00")");
    EXPECT_EQ(result("'transform':[{'op':'format_date','format':'Z'}],'parse':{'timezone':'+02:00'}",
                     "'2026-01-31T10:00'"),
              R"("+02:00")");
    EXPECT_EQ(result("'transform':[{'op':'format_date','format':'Z'}],'parse':{'timezone':'+02:00'}",
                     "'2026-01-31'"),
              "!missing_offset");
    EXPECT_EQ(ops("{'op':'format_date','format':'YYYY'}", "true"), "!type_mismatch");
}

}  // namespace
}  // namespace tenon::mapping
