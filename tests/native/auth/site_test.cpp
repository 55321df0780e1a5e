#include "auth/site.hpp"

#include <gtest/gtest.h>

namespace tenon::auth {
namespace {

Site site(std::string_view url) { return Site::create(url).value(); }

http::Request with(std::vector<http::Header> headers, bool is_tls = false) {
    http::Request request;
    request.headers = std::move(headers);
    request.is_tls = is_tls;
    return request;
}

TEST(Site, the_url_loses_its_trailing_slash_and_default_port) {
    EXPECT_EQ(site("https://Tenon.Example:443/").url(), "https://tenon.example");
    EXPECT_EQ(site("http://tenon.example:8080/base/").url(), "http://tenon.example:8080/base");
}

TEST(Site, a_url_with_anything_else_is_refused) {
    for (const char* url :
         {"", "tenon.example", "ftp://tenon.example", "https://", "https://a b", "https://u@h", "https://h?x",
          "https://h#x", "https://h:", "https://h:123456", "https://h\\x"})
        EXPECT_FALSE(Site::create(url)) << url;
}

TEST(Site, cookies_are_bound_to_the_host_on_https) {
    EXPECT_EQ(site("https://tenon.example").cookie_name(), "__Host-tenon_session");
    EXPECT_EQ(site("http://127.0.0.1:1").cookie_name(), "tenon_session");
}

TEST(Site, the_public_host_and_loopback_are_allowed) {
    const Site own = site("https://tenon.example");
    for (const char* host : {"tenon.example", "TENON.example", "tenon.example:443", "127.0.0.1:9",
                             "localhost", "localhost:8787", "[::1]:8787", "127.1.2.3"})
        EXPECT_TRUE(own.is_host_allowed(with({{"host", host}}))) << host;
}

TEST(Site, other_hosts_are_refused) {
    const Site own = site("https://tenon.example");
    for (const char* host :
         {"", "evil.example", "tenon.example:80", "tenon.example.evil", "127.0.0.1.evil.example",
          "localhost.evil.example", "tenon.example:", "a@localhost", "[::1", "127.0.0.1:x"})
        EXPECT_FALSE(own.is_host_allowed(with({{"host", host}}))) << host;
}

TEST(Site, no_host_and_two_hosts_are_refused) {
    const Site own = site("http://127.0.0.1:1");
    EXPECT_FALSE(own.is_host_allowed(with({})));
    EXPECT_FALSE(own.is_host_allowed(with({{"host", "localhost"}, {"Host", "localhost"}})));
}

TEST(Site, fetch_metadata_decides_where_it_is_sent) {
    const Site own = site("https://tenon.example");
    const http::Header origin{"origin", "https://tenon.example"};
    EXPECT_TRUE(own.is_same_origin(with({{"sec-fetch-site", "same-origin"}})));
    for (const char* site_value : {"cross-site", "same-site", "none", ""})
        EXPECT_FALSE(own.is_same_origin(with({{"sec-fetch-site", site_value}, origin}))) << site_value;
    EXPECT_FALSE(
        own.is_same_origin(with({{"sec-fetch-site", "same-origin"}, {"sec-fetch-site", "cross-site"}})));
}

TEST(Site, else_the_origin_decides) {
    const Site own = site("https://tenon.example");
    EXPECT_TRUE(own.is_same_origin(with({{"origin", "https://tenon.example"}})));
    for (const char* origin :
         {"https://evil.example", "http://tenon.example", "null", "https://tenon.example.evil", ""})
        EXPECT_FALSE(own.is_same_origin(with({{"origin", origin}, {"host", "tenon.example"}}))) << origin;
    EXPECT_FALSE(own.is_same_origin(with({})));
}

TEST(Site, a_page_reached_over_loopback_is_its_own_origin) {
    const Site own = site("https://tenon.example");
    EXPECT_TRUE(own.is_same_origin(with({{"origin", "http://localhost:8787"}, {"host", "localhost:8787"}})));
    EXPECT_FALSE(own.is_same_origin(with({{"origin", "http://localhost:9999"}, {"host", "localhost:8787"}})));
    EXPECT_FALSE(own.is_same_origin(with({{"origin", "http://evil.example"}, {"host", "evil.example"}})));
}

}  // namespace
}  // namespace tenon::auth
