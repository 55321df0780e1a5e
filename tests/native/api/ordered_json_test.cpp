#include "api/ordered_json.hpp"

#include <gtest/gtest.h>

namespace tenon::api {
namespace {

std::string again(std::string_view text) { return write_in_order(json::read(text).value()); }

TEST(OrderedJson, members_keep_their_order) {
    EXPECT_EQ(again(R"({"b":1,"a":{"d":[1,{"z":null,"y":true}],"c":""}})"),
              R"({"b":1,"a":{"d":[1,{"z":null,"y":true}],"c":""}})");
}

TEST(OrderedJson, numbers_beyond_a_double_stay_numbers) {
    EXPECT_EQ(again("[12345678901234567890,0.1234567890123456789]"),
              "[12345678901234567890,0.1234567890123456789]");
}

TEST(OrderedJson, reading_what_was_written_gives_the_same) {
    for (const char* text : {"null", "[]", "{}", "-1.5e300", R"("\u0001\"\\")", "[1e-7]"}) {
        const auto value = json::read(text).value();
        EXPECT_EQ(json::read(write_in_order(value)).value(), value) << text;
    }
}

}  // namespace
}  // namespace tenon::api
