#include "net/outbound_guard.hpp"

#include <gtest/gtest.h>

namespace tenon::net {
namespace {

asio::ip::address at(const char* text) { return asio::ip::make_address(text); }

TEST(OutboundGuardTest, refuses_every_address_that_is_not_public) {
    for (const char* address : {"0.0.0.0",
                                "0.255.255.255",
                                "10.0.0.0",
                                "10.255.255.255",
                                "100.64.0.0",
                                "100.100.100.200",
                                "100.127.255.255",
                                "127.0.0.1",
                                "127.255.255.255",
                                "168.63.129.16",
                                "169.254.0.1",
                                "169.254.169.254",
                                "172.16.0.0",
                                "172.31.255.255",
                                "192.0.0.1",
                                "192.0.0.192",
                                "192.0.2.1",
                                "192.88.99.1",
                                "192.168.0.1",
                                "198.18.0.1",
                                "198.19.255.255",
                                "198.51.100.1",
                                "203.0.113.1",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "fe80::1",
                                "febf::1",
                                "fec0::1",
                                "fc00::1",
                                "fdff::1",
                                "fd00:ec2::254",
                                "ff02::1",
                                "2001:db8::1",
                                "2001::1",
                                "2001:1ff:ffff::1",
                                "3fff::1",
                                "100::1",
                                "5f00::1",
                                "64:ff9b:1::1"})
        EXPECT_FALSE(is_public(at(address))) << address;
}

TEST(OutboundGuardTest, looks_into_ipv6_forms_that_carry_an_ipv4_address) {
    for (const char* address :
         {"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8",
          "64:ff9b::7f00:1", "64:ff9b::10.1.2.3", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:101::1"})
        EXPECT_FALSE(is_public(at(address))) << address;
    for (const char* address : {"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"})
        EXPECT_TRUE(is_public(at(address))) << address;
}

TEST(OutboundGuardTest, allows_the_neighbours_of_what_is_refused) {
    for (const char* address :
         {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",      "100.63.255.255",  "100.128.0.0",
          "126.255.255.255", "128.0.0.0",       "168.63.129.15", "168.63.129.17",   "169.253.255.255",
          "169.255.0.0",     "172.15.255.255",  "172.32.0.0",    "192.0.1.0",       "192.167.255.255",
          "192.169.0.0",     "198.17.255.255",  "198.20.0.0",    "223.255.255.255", "2001:200::1",
          "2001:db9::1",     "2606:4700::1111", "3ffe:ffff::1"})
        EXPECT_TRUE(is_public(at(address))) << address;
}

TEST(OutboundGuardTest, allows_the_ports_of_the_web_and_those_that_no_service_reserves) {
    for (const int port : {80, 443, 1024, 8080, 8443, 65535})
        EXPECT_TRUE(is_web_port(static_cast<unsigned short>(port))) << port;
    for (const int port : {0, 1, 22, 25, 53, 79, 81, 110, 143, 442, 444, 465, 587, 993, 1023})
        EXPECT_FALSE(is_web_port(static_cast<unsigned short>(port))) << port;
}

TEST(OutboundGuardTest, an_admitted_pair_is_exact) {
    const std::vector<Admitted> admitted{{"localhost", 9000}, {"127.0.0.1", 25}};
    EXPECT_TRUE(may_call(at("127.0.0.1"), "localhost", 9000, admitted));
    EXPECT_TRUE(may_call(at("127.0.0.1"), "127.0.0.1", 25, admitted));
    EXPECT_FALSE(may_call(at("127.0.0.1"), "localhost", 9001, admitted));
    EXPECT_FALSE(may_call(at("127.0.0.1"), "127.0.0.1", 9000, admitted));
    EXPECT_FALSE(may_call(at("127.0.0.1"), "localhost.evil.example", 9000, admitted));
    EXPECT_TRUE(may_call(at("8.8.8.8"), "example.com", 443, admitted));
    EXPECT_FALSE(may_call(at("8.8.8.8"), "example.com", 25, admitted));
}

}  // namespace
}  // namespace tenon::net
