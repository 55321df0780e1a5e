#include <gtest/gtest.h>

#include "tenon/base/json.hpp"

namespace tenon::json {
namespace {

std::string rewritten(std::string_view bytes) {
    const Result<Value> value = read(bytes);
    return value ? write(*value) : std::string(id_of(value.error().code));
}

TEST(JsonWriteTest, sorts_names_by_utf16_code_units) {
    // The example of RFC 8785, 3.2.3.
    EXPECT_EQ(
        rewritten(
            "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With "
            "Dagesh\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
            "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}"),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\",\"ö\":\"Latin Small Letter O "
        "With "
        "Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter "
        "Dalet With Dagesh\"}");
    EXPECT_EQ(
        rewritten("{\"common-prefix-\uE000\":1,\"common-prefix-\uFFFD\":2,\"common-prefix-\U00010000\":3}"),
        "{\"common-prefix-\U00010000\":3,\"common-prefix-\uE000\":1,\"common-prefix-\uFFFD\":2}");
    EXPECT_EQ(rewritten(R"({"ab":1,"a":2,"":3,"abcdefghi":4,"abcdefgh":5})"),
              R"({"":3,"a":2,"ab":1,"abcdefgh":5,"abcdefghi":4})");
}

TEST(JsonWriteTest, sorted_gives_the_order_that_is_written) {
    const Object object{{"b", 1}, {"\U00010000", 2}, {"\uFFFD", 3}, {"a", 4}};
    std::string order;
    for (const Member* member : object.sorted()) order += member->value.as_number().canonical();
    EXPECT_EQ(order, "4123");
}

TEST(JsonWriteTest, escapes_only_what_must_be) {
    EXPECT_EQ(write(Value("\b\t\n\f\r\"\\/\x01\x1F\x7F é😀\u2028")),
              "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\x7F é😀\u2028\"");
    EXPECT_EQ(write(Value("01234567\n01234567\"")), "\"01234567\\n01234567\\\"\"");
}

TEST(JsonWriteTest, writes_numbers_canonically_and_inexact_ones_as_text) {
    EXPECT_EQ(rewritten("[1.0,1e3,-0,0.1,1e21,1e-7,333333333.33333329,4.50,2e-3,1E-27]"),
              "[1,1000,0,0.1,1e+21,1e-7,\"333333333.33333329\",4.5,0.002,1e-27]");
    EXPECT_EQ(rewritten("[12345678901234567890,9007199254740993,9007199254740992]"),
              "[\"12345678901234567890\",\"9007199254740993\",9007199254740992]");
    EXPECT_EQ(rewritten("-1.2345678901234567890e-5"), "\"-0.00001234567890123456789\"");
}

TEST(JsonWriteTest, writes_integers_of_the_host_exactly) {
    EXPECT_EQ(write(Value(INT64_MIN)), "\"-9223372036854775808\"")
        << "its canonical text would be another number";
    EXPECT_EQ(write(Value(INT64_MAX)), "\"9223372036854775807\"");
    EXPECT_EQ(write(Value(Array{true, nullptr, 7, "x"})), "[true,null,7,\"x\"]");
}

TEST(JsonWriteTest, appends_to_what_is_there_already) {
    std::string out = "data: ";
    write_to(out, Array{1, "a"});
    write_text_to(out, "b\n");
    EXPECT_EQ(out, "data: [1,\"a\"]\"b\\n\"");
    for (int i = 0; i < 100'000; ++i) write_text_to(out, "x");
    EXPECT_EQ(out.size(), 300'018U);
}

TEST(JsonWriteTest, what_was_written_reads_as_the_same_bytes) {
    const std::string once = rewritten(R"({"z":[1,2.5,{"y":"\u0007","x":[]}],"a":{},"n":null})");
    EXPECT_EQ(rewritten(once), once);
}

}  // namespace
}  // namespace tenon::json
