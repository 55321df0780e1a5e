#include <gtest/gtest.h>

#include "exact_copy.hpp"
#include "tenon/base/json.hpp"

namespace tenon::json {
namespace {

using tenon::testing::ExactCopy;

/// The canonical text of what was read, or the id of the error.
std::string outcome(std::string_view bytes, std::size_t depth = limits::json_depth) {
    const ExactCopy copy(bytes);
    const Result<Value> value = read(copy.view(), depth);
    return value ? write(*value) : std::string(id_of(value.error().code));
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

TEST(JsonReadTest, reads_every_kind) {
    EXPECT_EQ(outcome("null"), "null");
    EXPECT_EQ(outcome("true"), "true");
    EXPECT_EQ(outcome(" false\r\n"), "false");
    EXPECT_EQ(outcome("-12.50e1"), "-125");
    EXPECT_EQ(outcome("\"a\""), "\"a\"");
    EXPECT_EQ(outcome("[ 1 , [ ] , { } ]"), "[1,[],{}]");
    EXPECT_EQ(outcome("{ \"b\" : 1 , \"a\" : { \"c\" : null } }"), R"({"a":{"c":null},"b":1})");
}

TEST(JsonReadTest, keeps_the_order_of_members) {
    const Result<Value> value = read(R"({"b":1,"a":2,"c":3})");
    ASSERT_TRUE(value);
    std::string names;
    for (const Member& member : value->as_object()) names += member.name;
    EXPECT_EQ(names, "bac");
}

TEST(JsonReadTest, refuses_what_is_not_json) {
    for (const std::string_view bad : {"",
                                       " ",
                                       "{",
                                       "[",
                                       "\"",
                                       "{'f':1}",
                                       "{\"f\":1,}",
                                       "{\"f\":01}",
                                       "{\"f\":1}x",
                                       "{\"f\":NaN}",
                                       "{\"f\":+1}",
                                       "{\"f\":.5}",
                                       "{\"f\":5.}",
                                       "[1,]",
                                       "[,1]",
                                       "[1 2]",
                                       "{\"a\" 1}",
                                       "{\"a\":}",
                                       "{,}",
                                       "{1:2}",
                                       "{\"a\":1 \"b\":2}",
                                       "tru",
                                       "truex",
                                       "nulL",
                                       "-",
                                       "1e",
                                       "1e+",
                                       "1.e1",
                                       "0x1",
                                       "--1",
                                       "-01",
                                       "\"a\tb\"",
                                       "\"\\x\"",
                                       "\"\\u12\"",
                                       "\"\\u12g4\"",
                                       "\"\\",
                                       "\"\\u",
                                       "/**/1",
                                       "1//",
                                       "[1]]",
                                       "{}}",
                                       "]",
                                       "}",
                                       ",",
                                       ":",
                                       "\xEF\xBB\xBF{}",
                                       "\"\n\"",
                                       "1 1",
                                       "[}",
                                       "{]"})
        EXPECT_EQ(outcome(bad), "invalid_json") << bad;
    EXPECT_EQ(outcome(std::string_view("\"\0\"", 3)), "invalid_json");
    EXPECT_EQ(outcome(std::string_view("1\0", 2)), "invalid_json");
}

TEST(JsonReadTest, unescapes_texts) {
    EXPECT_EQ(outcome(R"("\"\\\/\b\f\n\r\t")"), R"("\"\\/\b\f\n\r\t")");
    EXPECT_EQ(outcome(R"("\u0041\u00e9\u20AC")"), "\"Aé€\"");
    EXPECT_EQ(outcome(R"("\ud83d\ude00")"), "\"😀\"");
    EXPECT_EQ(outcome("\"\x7F\xC2\x80\xF4\x8F\xBF\xBF\""), "\"\x7F\xC2\x80\xF4\x8F\xBF\xBF\"");
}

TEST(JsonReadTest, refuses_what_is_not_unicode_text) {
    for (const std::string_view bad :
         {R"("\ud800")", R"("\udc00")", R"("\udc00\ud800")", R"("\ud800x")", R"("\ud800\n")",
          R"("\ud800\ud800")", R"("\u0000")", R"({"\u0000":1})", R"({"\ud800":1})", "\"\xFF\"",
          "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xE2\x82\"", "\"\xF4\x90\x80\x80\"", "\"\x80\"",
          "\"\xE0\x80\x80\"", "\"\xF0\x80\x80\x80\"", "\"\xF5\x80\x80\x80\""})
        EXPECT_EQ(outcome(bad), "invalid_unicode") << bad;
    EXPECT_EQ(outcome("\xFF"), "invalid_unicode");
}

TEST(JsonReadTest, accepts_the_character_zero_only_where_it_is_asked_to) {
    EXPECT_EQ(read("[\"a\\u0000\"]").error().code, Errc::invalid_unicode);
    const Result<Value> value = read("{\"a\\u0000\":1,\"a\":2}", 64, ZeroCharacter::accepted);
    ASSERT_TRUE(value);
    EXPECT_EQ(write(*value), "{\"a\":2,\"a\\u0000\":1}");
    EXPECT_EQ(read("\"\\ud800\"", 64, ZeroCharacter::accepted).error().code, Errc::invalid_unicode);
}

TEST(JsonReadTest, refuses_equal_names_however_written_and_however_many) {
    EXPECT_EQ(outcome(R"({"f":1,"f":2})"), "duplicate_key");
    EXPECT_EQ(outcome(R"({"a":{"b":1,"\u0062":2}})"), "duplicate_key");
    EXPECT_EQ(outcome(R"({"":1,"":2})"), "duplicate_key");
    for (const int count : {15, 16, 17, 100, 5000}) {
        std::string members;
        for (int i = 0; i < count; ++i) members += "\"n" + std::to_string(i) + "\":1,";
        EXPECT_EQ(outcome("{" + members + "\"last\":1}").substr(0, 1), "{") << count;
        EXPECT_EQ(outcome("{" + members + "\"n0\":1}"), "duplicate_key") << count;
    }
}

TEST(JsonReadTest, counts_the_depth_of_every_value) {
    EXPECT_EQ(outcome(repeated("[", 64) + repeated("]", 64)), repeated("[", 64) + repeated("]", 64));
    EXPECT_EQ(outcome(repeated("[", 65) + repeated("]", 65)), "too_deep");
    EXPECT_EQ(outcome(repeated("[", 63) + "1" + repeated("]", 63)),
              repeated("[", 63) + "1" + repeated("]", 63));
    EXPECT_EQ(outcome(repeated("[", 64) + "1" + repeated("]", 64)), "too_deep");
    EXPECT_EQ(outcome(repeated("{\"a\":", 64) + "1" + repeated("}", 64)), "too_deep");
    EXPECT_EQ(outcome(repeated("[", 1'000'000)), "too_deep");
    EXPECT_EQ(outcome("[[1]]", 3), "[[1]]");
    EXPECT_EQ(outcome("[[1]]", 2), "too_deep");
}

TEST(JsonReadTest, refuses_numbers_out_of_range) {
    EXPECT_EQ(outcome("1e999"), "number_out_of_range");
    EXPECT_EQ(outcome("[1,{\"a\":-1e309}]"), "number_out_of_range");
    EXPECT_EQ(outcome(std::string(101, '1')), "number_out_of_range");
    EXPECT_EQ(outcome(std::string(100, '1')), "\"" + std::string(100, '1') + "\"");
    EXPECT_EQ(outcome("0e999"), "0");
    EXPECT_EQ(outcome("-0.0e-999"), "0");
}

TEST(JsonReadTest, reports_what_it_meets_first) {
    EXPECT_EQ(outcome("[1e999,"), "number_out_of_range");
    EXPECT_EQ(outcome("[\"\\ud800\", x"), "invalid_unicode");
    EXPECT_EQ(outcome("[x, \"\\ud800\"]"), "invalid_json");
    EXPECT_EQ(outcome("[{\"a\":1,\"a\":2}, x"), "duplicate_key");
    EXPECT_EQ(outcome("[x, \"\xFF\"]"), "invalid_unicode") << "bytes that are not UTF-8 are no text at all";
}

TEST(JsonReadTest, says_nothing_about_the_input) {
    const Result<Value> value = read("{\"password\":\"secret\"");
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error(), (Error{Errc::invalid_json, "", ""}));
}

TEST(JsonReadTest, reads_a_megabyte_of_anything_in_bounded_time) {
    EXPECT_EQ(outcome("[" + repeated("{},", 300'000) + "1]").size(), 900'003U);
    std::string members = "{\"x\":1";
    for (int i = 0; i < 100'000; ++i) members += ",\"" + std::to_string(i) + "\":1";
    EXPECT_GT(outcome(members + "}").size(), 900'000U);
    EXPECT_EQ(outcome("\"" + repeated("\\u0041", 170'000) + "\"").size(), 170'002U);
}

}  // namespace
}  // namespace tenon::json
