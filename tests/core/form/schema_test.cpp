#include "tenon/form/schema.hpp"

#include <gtest/gtest.h>

namespace tenon::form {
namespace {

json::Value value(std::string_view text) {
    Result<json::Value> read = json::read(text);
    EXPECT_TRUE(read) << text;
    return read ? std::move(*read) : json::Value();
}

Schema compiled(std::string_view schema, std::string_view documents = "{}") {
    Result<Schema> result = Schema::compile(value(schema), value(documents).as_object());
    EXPECT_TRUE(result) << schema << (result ? "" : id_of(result.error().code));
    if (!result) std::abort();
    return *result;
}

/// `instance keyword keyword_location error` of each failure, one a line.
std::string failures(const Schema& schema, std::string_view instance) {
    std::string out;
    for (const Failure& failure : schema.validate(value(instance))) {
        EXPECT_TRUE(failure.keyword_location.size() >= failure.keyword.size());
        out += failure.instance_location + "|" + failure.keyword_location + "|" + failure.error + "\n";
    }
    return out;
}

std::string failures(std::string_view schema, std::string_view instance) {
    return failures(compiled(schema), instance);
}

/// `code pointer` of the refusal.
std::string refusal(std::string_view schema, std::string_view documents = "{}",
                    Formats formats = Formats::annotate) {
    const Result<Schema> result = Schema::compile(value(schema), value(documents).as_object(), formats);
    return result ? "accepted" : std::string(id_of(result.error().code)) + " " + result.error().field;
}

TEST(SchemaTest, says_what_a_leaf_keyword_wants_and_where) {
    const char* rows[][3] = {
        {R"({"type":"string"})", "1", "|/type|is not of type string\n"},
        {R"({"type":["string","null"]})", "1", "|/type|is of none of the types string, null\n"},
        {R"({"enum":["a"]})", "\"b\"", "|/enum|is not one of the allowed values\n"},
        {R"({"const":1})", "2", "|/const|is not the allowed value\n"},
        {R"({"multipleOf":0.01})", "0.011", "|/multipleOf|is not a multiple of 0.01\n"},
        {R"({"maximum":3})", "3.1", "|/maximum|is greater than 3\n"},
        {R"({"exclusiveMaximum":3})", "3", "|/exclusiveMaximum|is not less than 3\n"},
        {R"({"minimum":3})", "2.9", "|/minimum|is less than 3\n"},
        {R"({"exclusiveMinimum":3})", "3.0", "|/exclusiveMinimum|is not greater than 3\n"},
        {R"({"maxLength":2})", "\"abc\"", "|/maxLength|is longer than 2 characters\n"},
        {R"({"minLength":3})", "\"é😀\"", "|/minLength|is shorter than 3 characters\n"},
        {R"({"pattern":"^a"})", "\"b\"", "|/pattern|does not match the pattern\n"},
        {R"({"maxItems":1})", "[1,2]", "|/maxItems|has more than 1 items\n"},
        {R"({"minItems":1})", "[]", "|/minItems|has fewer than 1 items\n"},
        {R"({"uniqueItems":true})", "[1,{\"a\":1},{\"a\":1.0}]", "|/uniqueItems|has equal items\n"},
        {R"({"maxProperties":0})", "{\"a\":1}", "|/maxProperties|has more than 0 members\n"},
        {R"({"minProperties":1})", "{}", "|/minProperties|has fewer than 1 members\n"},
        {R"({"required":["a","b"]})", "{\"a\":1}", "|/required|lacks \"b\"\n"},
        {R"({"dependentRequired":{"a":["b"]}})", "{\"a\":1}", "|/dependentRequired|lacks \"b\"\n"},
        {R"({"contains":{"type":"number"}})", "[\"a\"]",
         "|/contains|has too few items that fit the schema of contains\n"},
        {R"({"contains":true,"minContains":2})", "[1]",
         "|/minContains|has too few items that fit the schema of contains\n"},
        {R"({"contains":true,"maxContains":1})", "[1,2]",
         "|/maxContains|has too many items that fit the schema of contains\n"},
        {R"({"not":{}})", "1", "|/not|fits the schema that it must not fit\n"},
        {R"({"oneOf":[true,{}]})", "1", "|/oneOf|fits more than one of the schemas\n"},
        {"false", "1", "||is not allowed\n"},
    };
    for (const auto& row : rows) EXPECT_EQ(failures(row[0], row[1]), row[2]) << row[0];
}

TEST(SchemaTest, reports_leaves_with_their_way_through_the_schema) {
    const char* rows[][3] = {
        {R"({"properties":{"a/b":{"type":"string"}}})", R"({"a/b":1})",
         "/a~1b|/properties/a~1b/type|is not of type string\n"},
        {R"({"additionalProperties":false})", R"({"x":1})", "/x|/additionalProperties|is not allowed\n"},
        {R"({"patternProperties":{"^a":false}})", R"({"ab":1,"b":1})",
         "/ab|/patternProperties/^a|is not allowed\n"},
        {R"({"propertyNames":{"maxLength":1}})", R"({"ab":1})",
         "|/propertyNames/maxLength|is longer than 1 characters\n"},
        {R"({"items":{"type":"null"}})", "[null,1]", "/1|/items/type|is not of type null\n"},
        {R"({"prefixItems":[true,false],"items":false})", "[1,2,3]",
         "/1|/prefixItems/1|is not allowed\n/2|/items|is not allowed\n"},
        {R"({"allOf":[true,{"type":"null"}]})", "1", "|/allOf/1/type|is not of type null\n"},
        {R"({"anyOf":[{"type":"null"},{"minimum":2}]})", "1",
         "|/anyOf/0/type|is not of type null\n|/anyOf/1/minimum|is less than 2\n"},
        {R"({"oneOf":[{"type":"null"},{"minimum":2}]})", "1",
         "|/oneOf/0/type|is not of type null\n|/oneOf/1/minimum|is less than 2\n"},
        {R"({"if":{"type":"number"},"then":{"minimum":2},"else":false})", "1",
         "|/then/minimum|is less than 2\n"},
        {R"({"if":{"type":"number"},"then":{"minimum":2},"else":false})", "null", "|/else|is not allowed\n"},
        {R"({"dependentSchemas":{"a":{"required":["b"]}}})", R"({"a":1})",
         "|/dependentSchemas/a/required|lacks \"b\"\n"},
        {R"({"$ref":"#/$defs/n","$defs":{"n":{"type":"null"}}})", "1", "|/$ref/type|is not of type null\n"},
        {R"({"properties":{"a":true},"unevaluatedProperties":false})", R"({"a":1,"b":1})",
         "/b|/unevaluatedProperties|is not allowed\n"},
        {R"({"prefixItems":[true],"unevaluatedItems":{"type":"null"}})", "[1,1]",
         "/1|/unevaluatedItems/type|is not of type null\n"},
    };
    for (const auto& row : rows) EXPECT_EQ(failures(row[0], row[1]), row[2]) << row[0];
}

TEST(SchemaTest, sorts_by_instance_then_keyword_location) {
    EXPECT_EQ(
        failures(
            R"({"required":["z"],"minProperties":9,"properties":{"b":{"type":"null","minimum":5},"a":false}})",
            R"({"b":1,"a":1})"),
        "|/minProperties|has fewer than 9 members\n|/required|lacks \"z\"\n/a|/properties/a|is not allowed\n"
        "/b|/properties/b/minimum|is less than 5\n/b|/properties/b/type|is not of type null\n");
}

TEST(SchemaTest, a_branch_that_fits_silences_the_others) {
    EXPECT_EQ(failures(R"({"anyOf":[{"type":"null"},{"type":"number"}]})", "1"), "");
    EXPECT_EQ(failures(R"({"oneOf":[{"type":"null"},{"type":"number"},{"minimum":2}]})", "1"), "");
    EXPECT_EQ(failures(R"({"not":{"type":"null"}})", "1"), "");
    EXPECT_EQ(failures(R"({"if":{"type":"null"},"then":false})", "1"), "");
    EXPECT_EQ(failures(R"({"contains":{"type":"null"}})", "[1,null]"), "");
}

TEST(SchemaTest, keywords_speak_only_about_their_kind) {
    const Schema schema = compiled(
        R"({"minLength":9,"minimum":9,"minItems":9,"minProperties":9,"required":["a"],"pattern":"x","items":false,"properties":{"a":false}})");
    EXPECT_EQ(failures(schema, "null"), "");
    EXPECT_EQ(failures(schema, "true"), "");
    EXPECT_EQ(failures(schema, "10"), "");
}

TEST(SchemaTest, numbers_are_exact) {
    EXPECT_EQ(failures(R"({"maximum":12345678901234567890})", "12345678901234567891"),
              "|/maximum|is greater than 12345678901234567890\n");
    EXPECT_EQ(failures(R"({"multipleOf":0.0001})", "0.0075"), "");
    EXPECT_EQ(failures(R"({"multipleOf":1e-8})", "12391239123"), "");
    EXPECT_EQ(failures(R"({"multipleOf":3})", "111111111111111111111111111111"), "");
    EXPECT_NE(failures(R"({"multipleOf":3})", "111111111111111111111111111112"), "");
    EXPECT_EQ(failures(R"({"multipleOf":0.5})", "1e308"), "");
    EXPECT_EQ(failures(R"({"type":"integer"})", "1.0"), "");
    EXPECT_NE(failures(R"({"type":"integer"})", "1.5"), "");
    EXPECT_EQ(failures(R"({"minLength":2.0,"maxLength":1e300})", "\"ab\"").empty(), true);
}

TEST(SchemaTest, refuses_values_that_a_keyword_does_not_have) {
    for (const char* keyword : {R"("type":1)",
                                R"("type":"text")",
                                R"("type":[])",
                                R"("type":["null","null"])",
                                R"("enum":{})",
                                R"("multipleOf":0)",
                                R"("multipleOf":-1)",
                                R"("maximum":"1")",
                                R"("minLength":-1)",
                                R"("minLength":1.5)",
                                R"("pattern":1)",
                                R"("required":"a")",
                                R"("required":["a","a"])",
                                R"("required":[1])",
                                R"("dependentRequired":{"a":"b"})",
                                R"("properties":[])",
                                R"("properties":{"a":1})",
                                R"("items":[{}])",
                                R"("allOf":[])",
                                R"("allOf":{})",
                                R"("not":1)",
                                R"("if":null)",
                                R"("then":1)",
                                R"("uniqueItems":1)",
                                R"("minContains":-1)",
                                R"("format":1)",
                                R"("$ref":1)",
                                R"("$id":1)",
                                R"("$id":"a#b")",
                                R"("$anchor":"1a")",
                                R"("$anchor":"")",
                                R"("$defs":[])",
                                R"("title":1)",
                                R"("readOnly":"x")"}) {
        const std::string name = std::string(keyword).substr(1, std::string(keyword).find('"', 1) - 1);
        EXPECT_EQ(refusal("{" + std::string(keyword) + "}"), "schema_malformed /" + name) << keyword;
    }
    EXPECT_EQ(refusal("1"), "schema_malformed ");
    EXPECT_EQ(refusal(R"({"properties":{"a/b":{"items":{"type":7}}}})"),
              "schema_malformed /properties/a~1b/items/type");
    EXPECT_EQ(refusal(R"({"$defs":{"unused":{"type":7}}})"), "schema_malformed /$defs/unused/type");
    EXPECT_EQ(refusal(R"({"contains":true,"minContains":"1"})"), "schema_malformed /minContains");
    EXPECT_EQ(refusal(R"({"enum":[{"type":7}],"const":{"type":7},"x-own":{"type":7}})"), "accepted");
}

TEST(SchemaTest, refuses_references_that_lead_nowhere) {
    for (const char* reference :
         {"#/nope", "#nope", "other.json", "https://example.com/a", "#/$defs/a/title", "#%zz", "urn:x:y"})
        EXPECT_EQ(refusal(R"({"$defs":{"a":{"title":"t"}},"properties":{"p":{"$ref":")" +
                          std::string(reference) + "\"}}}"),
                  "ref_unresolved /properties/p/$ref")
            << reference;
    EXPECT_EQ(refusal(R"({"$dynamicRef":"#nope"})"), "ref_unresolved /$dynamicRef");
}

TEST(SchemaTest, follows_references_into_given_documents) {
    const char* documents =
        R"({"https://example.com/a.json":{"$defs":{"n":{"type":"number"}},"$ref":"b.json"},"https://example.com/b.json":{"$id":"https://example.com/b.json","type":"string"},
                                "https://example.com/bad.json":{"type":7}})";
    EXPECT_EQ(failures(compiled(R"({"$ref":"https://example.com/a.json"})", documents), "1"),
              "|/$ref/$ref/type|is not of type string\n");
    EXPECT_EQ(
        failures(compiled(R"({"$id":"https://example.com/","$ref":"a.json#/$defs/n"})", documents), "\"x\""),
        "|/$ref/type|is not of type number\n");
    EXPECT_EQ(refusal(R"({"$ref":"https://example.com/bad.json"})", documents), "schema_malformed /type");
    EXPECT_EQ(refusal("{}", documents), "accepted")
        << "a document that nothing leads to is nobody's business";
}

TEST(SchemaTest, knows_the_metaschema) {
    const Schema meta = compiled(R"({"$ref":"https://json-schema.org/draft/2020-12/schema"})");
    EXPECT_EQ(failures(meta, R"({"type":"string","$defs":{"a":{"minLength":1}},"items":true})"), "");
    EXPECT_NE(failures(meta, R"({"$defs":{"a":{"minLength":-1}}})"), "");
    EXPECT_NE(failures(meta, R"({"items":[{}]})"), "");
    EXPECT_EQ(refusal(R"({"$schema":"https://json-schema.org/draft/2020-12/schema#"})"), "accepted");
    EXPECT_EQ(refusal(R"({"$schema":"http://json-schema.org/draft-07/schema#"})"), "not_supported /$schema");
    const char* needs_more = R"({"urn:m":{"$vocabulary":{"https://example.com/vocab":true}}})";
    EXPECT_EQ(refusal(R"({"$schema":"urn:m"})", needs_more), "not_supported /$schema");
}

TEST(SchemaTest, refuses_what_would_never_end) {
    EXPECT_EQ(refusal(R"({"$ref":"#"})"), "schema_malformed ");
    EXPECT_EQ(
        refusal(
            R"({"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"})")
            .substr(0, 16),
        "schema_malformed");
    EXPECT_EQ(refusal(R"({"anyOf":[{"type":"string"},{"$ref":"#"}]})").substr(0, 16), "schema_malformed");
    EXPECT_EQ(refusal(R"({"properties":{"a":{"$ref":"#"}}})"), "accepted")
        << "this one ends with the instance";
}

TEST(SchemaTest, gives_up_visibly_when_an_evaluation_goes_too_deep_or_too_far) {
    const Schema endless = compiled(R"({"dependentSchemas":{"a":{"$ref":"#"}}})");
    EXPECT_EQ(failures(endless, "{}"), "");
    EXPECT_NE(failures(endless, R"({"a":1})").find("can't be checked"), std::string::npos);
    EXPECT_NE(failures(R"({"not":{"dependentSchemas":{"a":{"$ref":"#/not"}}}})", R"({"a":1})")
                  .find("can't be checked"),
              std::string::npos)
        << "a negation must not turn giving up into success";
    std::string doubling = R"({"$ref":"#/$defs/d0","$defs":{)";
    for (int i = 0; i < 40; ++i) {
        const std::string next = "{\"$ref\":\"#/$defs/d" + std::to_string(i + 1) + "\"}";
        doubling += "\"d" + std::to_string(i) + "\":{\"allOf\":[" + next + "," + next + "]},";
    }
    EXPECT_NE(failures(doubling + R"("d40":{"type":"null"}}})", "null").find("can't be checked"),
              std::string::npos);
}

TEST(SchemaTest, validates_the_deepest_document_through_several_schemas_a_level) {
    const Schema schema = compiled(
        R"({"$id":"urn:tree","$defs":{"node":{"$ref":"#"}},"anyOf":[{"type":"integer"},{"type":"array"}],
        "items":{"allOf":[{"$ref":"#/$defs/node"}]}})");
    EXPECT_EQ(failures(schema, std::string(62, '[') + "1" + std::string(62, ']')), "");
    EXPECT_NE(failures(schema, std::string(62, '[') + "null" + std::string(62, ']')), "");
}

TEST(SchemaTest, follows_a_chain_of_references_as_far_as_its_limit) {
    const auto chain = [](int length) {
        std::string schema = R"({"$ref":"#/$defs/d1","$defs":{)";
        for (int i = 1; i < length; ++i)
            schema += "\"d" + std::to_string(i) + R"(":{"$ref":"#/$defs/d)" + std::to_string(i + 1) + "\"},";
        return schema + "\"d" + std::to_string(length) + R"(":{"type":"null"}}})";
    };
    EXPECT_NE(failures(chain(299), "1").find("is not of type null"), std::string::npos);
    EXPECT_NE(failures(chain(300), "1").find("can't be checked"), std::string::npos);
}

TEST(SchemaTest, is_sixty_four_schemas_deep_at_most) {
    const auto nested = [](int depth) {
        std::string schema = "true";
        for (int i = 1; i < depth; ++i) schema = R"({"not":)" + schema + "}";
        return json::read(schema, 200);
    };
    EXPECT_TRUE(Schema::compile(*nested(64)));
    const Result<Schema> deeper = Schema::compile(*nested(65));
    ASSERT_FALSE(deeper);
    EXPECT_EQ(deeper.error().code, Errc::schema_malformed);
}

TEST(SchemaTest, refuses_patterns_that_it_cannot_run) {
    EXPECT_EQ(refusal(R"x({"properties":{"a":{"pattern":"(?=a)"}}})x"),
              "pattern_unsupported /properties/a/pattern");
    EXPECT_EQ(refusal(R"x({"patternProperties":{"(a)\\1":true}})x"),
              "pattern_unsupported /patternProperties/(a)\\1");
    EXPECT_EQ(refusal(R"x({"pattern":"("})x"), "pattern_unsupported /pattern");
}

TEST(SchemaTest, formats_are_notes_unless_asserted) {
    EXPECT_EQ(failures(R"({"format":"email"})", "\"x\""), "");
    const Result<Schema> schema = Schema::compile(value(R"({"format":"email"})"), {}, Formats::assert_them);
    ASSERT_TRUE(schema);
    EXPECT_EQ(failures(*schema, "\"x\""), "|/format|is not in the format email\n");
    EXPECT_EQ(failures(*schema, "\"a@b.example\""), "");
    EXPECT_EQ(failures(*schema, "1"), "");
    EXPECT_EQ(refusal(R"({"format":"idn-hostname"})", "{}", Formats::assert_them), "not_supported /format");
    EXPECT_EQ(refusal(R"({"format":"own"})", "{}", Formats::assert_them), "accepted");
}

TEST(SchemaTest, outlives_what_it_was_compiled_from_and_can_be_copied) {
    std::optional<Schema> copy;
    {
        const json::Value schema = value(R"({"$ref":"urn:x"})");
        const json::Value documents = value(R"({"urn:x":{"type":"null"}})");
        copy = *Schema::compile(schema, documents.as_object());
    }
    EXPECT_EQ(failures(*copy, "1"), "|/$ref/type|is not of type null\n");
}

TEST(SchemaTest, never_repeats_the_instance) {
    const std::string secret = "hunter2";
    for (const char* schema :
         {R"({"type":"null"})", R"({"enum":[1]})", R"({"const":1})", R"({"maxLength":1})",
          R"({"pattern":"^a"})", R"({"not":true})", R"({"anyOf":[{"minLength":99},{"type":"null"}]})"})
        EXPECT_EQ(failures(schema, "\"" + secret + "\"").find(secret), std::string::npos) << schema;
}

}  // namespace
}  // namespace tenon::form
