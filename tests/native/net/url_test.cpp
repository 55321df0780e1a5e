#include "net/url.hpp"

#include <gtest/gtest.h>

namespace tenon::net {
namespace {

TEST(UrlTest, splits_what_may_be_called) {
    const auto url = parse_url("HTTPS://API.Example.com:8443/v1/a%20b?c=d&e=/f");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->is_https);
    EXPECT_EQ(url->host, "api.example.com");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->target, "/v1/a%20b?c=d&e=/f");
    EXPECT_EQ(url->authority(), "api.example.com:8443");
}

TEST(UrlTest, knows_the_schemes_own_ports) {
    EXPECT_EQ(parse_url("http://a")->port, 80);
    EXPECT_EQ(parse_url("https://a")->port, 443);
    EXPECT_EQ(parse_url("https://a:443/")->authority(), "a");
    EXPECT_EQ(parse_url("http://a:443/")->authority(), "a:443");
    EXPECT_EQ(parse_url("http://a?b")->target, "/?b");
}

TEST(UrlTest, reads_ipv6_addresses_in_brackets) {
    const auto url = parse_url("http://[2001:DB8::1]:81/");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "2001:db8::1");
    EXPECT_EQ(url->authority(), "[2001:db8::1]:81");
}

TEST(UrlTest, refuses_what_two_readers_could_take_differently) {
    for (const char* text : {"",
                             "http",
                             "http:/a",
                             "http://",
                             "http:///a",
                             "//a/",
                             "ftp://a/",
                             "javascript://a",
                             "http://u@a/",
                             "http://u:p@a/",
                             "http://a@b/",
                             "http://a/#f",
                             "http://a:/",
                             "http://a:0/",
                             "http://a:65536/",
                             "http://a:8x/",
                             "http://a:-1/",
                             "http://a b/",
                             "http://a\t/",
                             "http://a/\n",
                             "http://a\\@b/",
                             "http://a,b/",
                             "http://a%2eb/",
                             "http://\xc3\xa4/",
                             "http://[::1/",
                             "http://[::1]x/",
                             "http://[a]/",
                             "http://[::1%25eth0]/",
                             "http://:80/"})
        EXPECT_FALSE(parse_url(text)) << text;
    EXPECT_TRUE(parse_url("http://" + std::string(253, 'a')));
    EXPECT_FALSE(parse_url("http://" + std::string(254, 'a')));
}

}  // namespace
}  // namespace tenon::net
