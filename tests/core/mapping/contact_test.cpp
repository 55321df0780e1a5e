#include "tenon/mapping/contact.hpp"

#include <gtest/gtest.h>

namespace tenon::mapping {
namespace {

TEST(ContactTest, email_addresses_of_the_usual_shape_are_accepted) {
    for (const char* text : {"a@b.cd", "Ann.Lee+tag@Example.co.uk", "!#$%&'*+/=?^_`{|}~-@x-1.y"})
        EXPECT_TRUE(is_email(text)) << text;
    for (const char* text :
         {"", "@b.cd", "a@", "a@b", "a@b.", "a@.b", "a@b..c", "a@-b.c", "a@b-.c", "a b@c.d", "a@b@c.d",
          "a@b_c.d", "\"a\"@b.c", "a@[1.2.3.4]", "\u00e9@b.cd", "a@b.c\n"})
        EXPECT_FALSE(is_email(text)) << text;
}

TEST(ContactTest, email_lengths_end_at_64_63_and_254) {
    const std::string domain = "@b.cd";
    EXPECT_TRUE(is_email(std::string(64, 'a') + domain));
    EXPECT_FALSE(is_email(std::string(65, 'a') + domain));
    EXPECT_TRUE(is_email("a@" + std::string(63, 'b') + ".c"));
    EXPECT_FALSE(is_email("a@" + std::string(64, 'b') + ".c"));
    std::string longest = std::string(64, 'a') + "@";
    for (int i = 0; i < 3; ++i) longest += std::string(60, 'b') + ".";
    const std::string good = longest + std::string(254 - longest.size(), 'c');
    EXPECT_EQ(good.size(), 254U);
    EXPECT_TRUE(is_email(good));
    EXPECT_FALSE(is_email(good + "c"));
}

TEST(ContactTest, urls_keep_what_was_written_but_the_scheme) {
    EXPECT_EQ(read_url("HTTPS://Example.com/Path?q#f"), "https://Example.com/Path?q#f");
    EXPECT_EQ(read_url("http://localhost:8080"), "http://localhost:8080");
    EXPECT_EQ(read_url("https://[2001:db8::1]:443/x"), "https://[2001:db8::1]:443/x");
    EXPECT_EQ(read_url("https://[::ffff:1.2.3.4]"), "https://[::ffff:1.2.3.4]");
    EXPECT_EQ(read_url("https://m\u00fcnchen.de?x"), "https://m\u00fcnchen.de?x");
}

TEST(ContactTest, other_urls_are_refused) {
    for (const char* text : {"",
                             "example.com",
                             "//example.com",
                             "ftp://a.b",
                             "javascript:alert(1)",
                             "https:/a.b",
                             "https://",
                             "https:///x",
                             "https://-a.b",
                             "https://.a",
                             "https://a b",
                             "https://a.b/<",
                             "https://u@a.b",
                             "https://a.b:",
                             "https://a.b:65536",
                             "https://a.b:x",
                             "https://a.b\\c",
                             "https://[1:2]",
                             "https://[::1",
                             "https://[:::]",
                             "https://[1::2::3]",
                             "https://[12345::]",
                             "https://[::1.2.3.256]",
                             "https://a.b/\x7f",
                             "https://[1:2:3:4:5:6:7:8:9]",
                             "https://[::1]x"})
        EXPECT_EQ(read_url(text), std::nullopt) << text;
    const std::string longest = "https://a/" + std::string(1990, 'x');
    EXPECT_TRUE(read_url(longest));
    EXPECT_FALSE(read_url(longest + "x"));
}

TEST(ContactTest, phones_keep_plus_and_digits) {
    EXPECT_EQ(read_phone("+49 (0)30 123-456/7.8"), "+4903012345678");
    EXPECT_EQ(read_phone("\uff0b\uff14\uff19 123"), "+49123");
    EXPECT_EQ(read_phone("12345"), "12345");
    EXPECT_EQ(read_phone("1234"), std::nullopt);
    EXPECT_EQ(read_phone("123456789012345"), "123456789012345");
    EXPECT_EQ(read_phone("1234567890123456"), std::nullopt);
    for (const char* text : {"", "+", "555-CALL", "1+23456", "++12345", "12345 x5"})
        EXPECT_EQ(read_phone(text), std::nullopt) << text;
}

TEST(ContactTest, hosts_are_names_with_an_optional_port) {
    EXPECT_TRUE(is_host("Acme.my.example.test:8443"));
    EXPECT_TRUE(is_host("us6"));
    for (const char* text :
         {"", ".", "a.", "a..b", "a/b", "a@b", "a:", "a:0x", "a:65536", "[::1]", "a b", "a_b"})
        EXPECT_FALSE(is_host(text)) << text;
}

}  // namespace
}  // namespace tenon::mapping
