#include "http/query.hpp"

#include <gtest/gtest.h>

namespace tenon::http {
namespace {

using std::string;

TEST(QueryTest, percent_decodes_strictly) {
    EXPECT_EQ(percent_decode("a%20b%2fc+", Plus::is_plus), "a b/c+");
    EXPECT_EQ(percent_decode("a+b", Plus::is_space), "a b");
    EXPECT_EQ(percent_decode("%C3%a4", Plus::is_plus), "\xc3\xa4");
    EXPECT_EQ(percent_decode("", Plus::is_plus), "");
    for (const char* bad :
         {"%", "%2", "a%", "%zz", "%2g", "%%20", "%00", "%ff", "%c3", "%ed%a0%80", "%c0%af"})
        EXPECT_FALSE(percent_decode(bad, Plus::is_plus)) << bad;
    EXPECT_FALSE(percent_decode("\xff", Plus::is_plus)) << "raw bytes too";
}

TEST(QueryTest, reads_names_and_values) {
    const auto query = Query::parse("a=1&b=x%3Dy&&c&d==");
    ASSERT_TRUE(query);
    EXPECT_EQ(query->find("a"), "1");
    EXPECT_EQ(query->find("b"), "x=y");
    EXPECT_EQ(query->find("c"), "");
    EXPECT_EQ(query->find("d"), "=");
    EXPECT_EQ(query->find("e"), std::nullopt);
    EXPECT_TRUE(Query::parse("")->all().empty());
}

TEST(QueryTest, refuses_the_same_name_twice_however_it_is_written) {
    const auto query = Query::parse("limit=1&%6cimit=2");
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code, Errc::malformed_request);
    EXPECT_EQ(query.error().field, "limit");
    EXPECT_FALSE(Query::parse("a=%"));
    EXPECT_FALSE(Query::parse("%=a"));
}

TEST(QueryTest, refuses_one_parameter_too_many) {
    string text;
    for (std::size_t i = 0; i < Query::max_parameters; ++i) text += "p" + std::to_string(i) + "=1&";
    EXPECT_TRUE(Query::parse(text));
    EXPECT_FALSE(Query::parse(text + "last=1"));
}

TEST(QueryTest, finds_a_cookie_only_if_it_is_there_once) {
    EXPECT_EQ(find_cookie("a=1; __Host-s=abc; b=", "__Host-s"), "abc");
    EXPECT_EQ(find_cookie("a=1; b=", "b"), "");
    EXPECT_EQ(find_cookie("a=x=y", "a"), "x=y");
    EXPECT_EQ(find_cookie("a=1", "b"), std::nullopt);
    EXPECT_EQ(find_cookie("", "b"), std::nullopt);
    EXPECT_EQ(find_cookie("s=1; s=2", "s"), std::nullopt);
    EXPECT_EQ(find_cookie("xs=1; sx=2", "s"), std::nullopt);
}

}  // namespace
}  // namespace tenon::http
