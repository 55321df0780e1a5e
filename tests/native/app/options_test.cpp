#include "app/options.hpp"

#include <gtest/gtest.h>

namespace tenon::app {
namespace {

ServeFlags flags() {
    ServeFlags made;
    made.data = "/tmp/x";
    return made;
}

std::string refused(ServeFlags given) {
    const auto options = check_flags(std::move(given));
    return options ? std::string("accepted") : options.error().field;
}

TEST(Address, host_and_port_are_read) {
    EXPECT_EQ(read_address("127.0.0.1:80")->text(), "127.0.0.1:80");
    EXPECT_EQ(read_address("[::1]:0")->text(), "[::1]:0");
    EXPECT_EQ(read_address("[::1]:0")->host, "::1");
    EXPECT_EQ(read_address("localhost:65535")->text(), "127.0.0.1:65535");
}

TEST(Address, anything_else_is_refused) {
    for (const char* text :
         {"", "127.0.0.1", ":80", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:8x"})
        EXPECT_FALSE(read_address(text)) << text;
}

TEST(Address, loopback_is_known) {
    EXPECT_TRUE(read_address("127.9.9.9:1")->is_loopback());
    EXPECT_TRUE(read_address("[::1]:1")->is_loopback());
    EXPECT_FALSE(read_address("0.0.0.0:1")->is_loopback());
    EXPECT_FALSE(read_address("[::]:1")->is_loopback());
}

TEST(ProviderBase, the_address_it_admits_is_read_from_the_url) {
    const auto base = read_provider_base("acme=http://127.0.0.1:9000/acme/").value();
    EXPECT_EQ(base.provider, "acme");
    EXPECT_EQ(base.url, "http://127.0.0.1:9000/acme");
    EXPECT_EQ(base.address.text(), "127.0.0.1:9000");
    EXPECT_EQ(read_provider_base("acme=https://example.com")->address.port, 443);
    EXPECT_EQ(read_provider_base("acme=http://[::1]/x")->address.text(), "[::1]:80");
}

TEST(ProviderBase, anything_else_is_refused) {
    for (const char* text : {"acme", "=http://127.0.0.1", "acme=127.0.0.1", "acme=ftp://127.0.0.1",
                             "acme=http://u@h", "acme=http://h?x", "acme=http://h:x"})
        EXPECT_FALSE(read_provider_base(text)) << text;
}

TEST(Flags, the_defaults_need_a_folder_only) {
    const auto options = check_flags(flags());
    ASSERT_TRUE(options);
    EXPECT_FALSE(options->has_admin);
    EXPECT_GE(options->threads, 1);
    EXPECT_EQ(refused(ServeFlags{}), "--data");
}

TEST(Flags, beyond_loopback_the_public_url_is_needed_and_metrics_move) {
    auto open = flags();
    open.listen = "0.0.0.0:80";
    EXPECT_EQ(refused(open), "--public-url");
    open.public_url = "https://tenon.example";
    const auto options = check_flags(open);
    ASSERT_TRUE(options);
    EXPECT_TRUE(options->has_admin);
    EXPECT_EQ(options->admin.text(), "127.0.0.1:9787");
}

TEST(Flags, what_contradicts_itself_is_refused) {
    auto tls = flags();
    tls.tls_cert = "x";
    EXPECT_EQ(refused(tls), "--tls-cert");
    auto keys = flags();
    keys.root_key_file = keys.root_key_env = "x";
    EXPECT_EQ(refused(keys), "--root-key-file");
    auto base = flags();
    base.provider_bases = {"acme=https://example.com"};
    EXPECT_EQ(refused(base), "--provider-base");
    base.is_unsafe_test = true;
    EXPECT_EQ(refused(base), "accepted");
    auto threads = flags();
    threads.threads = 257;
    EXPECT_EQ(refused(threads), "--threads");
    auto level = flags();
    level.log_level = "loud";
    EXPECT_EQ(refused(level), "--log-level");
    auto url = flags();
    url.public_url = "tenon.example";
    EXPECT_EQ(refused(url), "public-url");
}

TEST(Flags, what_this_version_has_no_part_for_is_said) {
    auto later = flags();
    later.unsupported = "--redis-url";
    EXPECT_EQ(check_flags(later).error().code, Errc::not_supported);
}

}  // namespace
}  // namespace tenon::app
