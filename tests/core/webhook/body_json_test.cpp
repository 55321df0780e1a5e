// The strict view of a JSON body. Inputs are exact-size heap copies.
#include "body_json.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace tenon::webhook {
namespace {

struct Body {
    explicit Body(std::string_view text) : bytes(new char[text.size()]), size(text.size()) {
        text.copy(bytes.get(), size);
        is_json = json.read({bytes.get(), size});
    }
    std::string text(const std::vector<std::string>& path) {
        const auto node = json.find_one(BodyJson::root, path);
        if (!node) return "<none>";
        const auto found = json.text_of(*node, storage);
        return found ? std::string(*found) : "<no text>";
    }
    std::unique_ptr<char[]> bytes;
    std::size_t size;
    BodyJson json;
    bool is_json = false;
    std::string storage;
};

bool is_json(std::string_view text) { return Body(text).is_json; }

TEST(BodyJson, reads_every_kind_of_value) {
    for (const std::string_view text : {"null", "true", "false", "0", "-0", "1.5e+300", "\"\"", "[]", "{}",
                                        " [ 1 , 2 ] ", "{\"a\":{\"b\":[]}}", "\t\r\n{ }", "[[[]]]",
                                        "\"\\u0000\"", "\"\\ud800\"", "1e999", "\"\xf4\x8f\xbf\xbf\""})
        EXPECT_TRUE(is_json(text)) << text;
}

TEST(BodyJson, refuses_what_rfc_8259_refuses) {
    for (const std::string_view text : {"",           " ",           "nul",
                                        "truex",      "01",          "-",
                                        "1.",         ".5",          "1e",
                                        "+1",         "\"",          "\"\\x\"",
                                        "\"\\u12\"",  "\"\\u12g4\"", "\"a",
                                        "[",          "[1",          "[1,",
                                        "[1,]",       "[,1]",        "{",
                                        "{\"a\"",     "{\"a\":",     "{\"a\":1",
                                        "{\"a\":1,}", "{a:1}",       "{1:1}",
                                        "[1]x",       "{}{}",        "]",
                                        "[}",         "{]",          "\xef\xbb\xbf{}",
                                        "\"\t\"",     "\"\n\"",      "[1 2]",
                                        "{\"a\" 1}",  "NaN",         "'a'"})
        EXPECT_FALSE(is_json(text)) << text;
}

TEST(BodyJson, refuses_texts_that_are_not_utf8) {
    for (const std::string_view text : {"\"\xff\"", "\"\xc3\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"",
                                        "\"\xf4\x90\x80\x80\"", "\"12345678\x80\"", "{\"\xc3\":1}"})
        EXPECT_FALSE(is_json(text)) << text;
}

TEST(BodyJson, refuses_duplicate_names_anywhere_and_after_unescaping) {
    EXPECT_FALSE(is_json(R"({"a":1,"a":2})"));
    EXPECT_FALSE(is_json(R"({"x":[{"a":1,"b":2,"a":3}]})"));
    EXPECT_FALSE(is_json(R"({"a":1,"\u0061":2})"));
    EXPECT_FALSE(is_json(R"({"\ud800":1,"\ud800":2})"));
    EXPECT_TRUE(is_json(R"({"a":{"a":1},"b":{"a":1}})"));
    EXPECT_TRUE(is_json(R"({"\ud800":1,"\ud801":2})"));
}

TEST(BodyJson, finds_duplicates_among_many_names) {
    std::string text = "{";
    for (int i = 0; i < 500; ++i) text += "\"n" + std::to_string(i) + "\":0,";
    EXPECT_TRUE(is_json(text + "\"n500\":0}"));
    EXPECT_FALSE(is_json(text + "\"n250\":0}"));
}

TEST(BodyJson, allows_64_levels_and_not_65) {
    EXPECT_TRUE(is_json(std::string(64, '[') + std::string(64, ']')));
    EXPECT_FALSE(is_json(std::string(65, '[') + std::string(65, ']')));
    EXPECT_FALSE(is_json(std::string(100'000, '[')));
}

TEST(BodyJson, finds_values_by_pointer) {
    Body body(
        R"({"a":{"b/c":[10,"x",{"d":true}]},"e":"\u00e9\ud83d\ude00","n":12345678901234567890.50,"z":null})");
    ASSERT_TRUE(body.is_json);
    EXPECT_EQ(body.text({"a", "b/c", "0"}), "10");
    EXPECT_EQ(body.text({"a", "b/c", "1"}), "x");
    EXPECT_EQ(body.text({"a", "b/c", "2", "d"}), "true");
    EXPECT_EQ(body.text({"e"}), "\xc3\xa9\xf0\x9f\x98\x80");
    EXPECT_EQ(body.text({"n"}), "12345678901234567890.50");
    EXPECT_EQ(body.text({"z"}), "<no text>");
    EXPECT_EQ(body.text({"a"}), "<no text>");
    EXPECT_EQ(body.text({"a", "b/c", "3"}), "<none>");
    EXPECT_EQ(body.text({"a", "b/c", "01"}), "<none>");
    EXPECT_EQ(body.text({"a", "b/c", "-"}), "<none>");
    EXPECT_EQ(body.text({"missing"}), "<none>");
}

TEST(BodyJson, a_lone_surrogate_is_json_but_no_text) {
    Body body(R"({"a":"x\udc00","b":"\ud83dx","c":"ok"})");
    ASSERT_TRUE(body.is_json);
    EXPECT_EQ(body.text({"a"}), "<no text>");
    EXPECT_EQ(body.text({"b"}), "<no text>");
    EXPECT_EQ(body.text({"c"}), "ok");
}

TEST(BodyJson, a_star_walks_arrays_in_order) {
    Body body(R"({"e":[{"id":"1"},{"x":0},{"id":"2"}],"*":"star"})");
    ASSERT_TRUE(body.is_json);
    std::vector<BodyJson::Id> found;
    body.json.find(BodyJson::root, {"e", "*", "id"}, found);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(body.json.text_of(found[1], body.storage), "2");
    EXPECT_EQ(body.text({"*"}), "star");
    EXPECT_EQ(body.text({"e", "*", "id"}), "<none>");  // several
}

TEST(BodyJson, a_failed_read_finds_nothing) {
    BodyJson json;
    ASSERT_TRUE(json.read(R"({"a":1})"));
    ASSERT_FALSE(json.read(R"({"a":1)"));
    EXPECT_FALSE(json.find_one(BodyJson::root, {"a"}));
}

}  // namespace
}  // namespace tenon::webhook
