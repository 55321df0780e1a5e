#include "catalogue/bounded_host.hpp"

#include <gtest/gtest.h>

namespace tenon::catalogue {
namespace {

TEST(BoundedHostTest, accepts_literal_domains_and_finite_sets) {
    EXPECT_TRUE(is_bounded_host(R"(^[a-z0-9-]+\.my\.salesforce\.com$)"));
    EXPECT_TRUE(is_bounded_host(R"(^api\.example\.com$)"));
    EXPECT_TRUE(is_bounded_host(R"(^(?:eu|us)\.example\.com$)"));
}

TEST(BoundedHostTest, refuses_what_somebody_could_register) {
    EXPECT_FALSE(is_bounded_host(R"(^[a-z.]+$)"));
    EXPECT_FALSE(is_bounded_host(R"(^[a-z]+\.com$)")) << "any domain below a top level";
    EXPECT_FALSE(is_bounded_host(R"(^[a-z]+.example.com$)")) << "dots that are not escaped";
    EXPECT_FALSE(is_bounded_host(R"(^.*$|^api\.example\.com$)")) << "an alternative escapes the anchors";
    EXPECT_FALSE(is_bounded_host(R"([a-z]+\.api\.example\.com$)")) << "no anchor";
    EXPECT_FALSE(is_bounded_host(R"(^[a-z]+\.api\.example\.com)"));
    EXPECT_FALSE(is_bounded_host("^$"));
}

TEST(BoundedHostTest, looks_at_the_host_of_a_url_only) {
    EXPECT_TRUE(is_bounded_url(R"(^https://hooks\.slack(?:-gov)?\.com/services/[A-Za-z0-9/]+$)"));
    EXPECT_FALSE(is_bounded_url(R"(^https://[a-z.]+/services/[A-Za-z0-9/]+$)"));
    EXPECT_FALSE(is_bounded_url(R"(^http://hooks\.example\.com/x$)"));
    EXPECT_FALSE(is_bounded_url(R"(^https://hooks\.example\.com[a-z/]+$)")) << "the host does not end";
    EXPECT_FALSE(is_bounded_url(R"(^https://hooks\.example\.com$)"));
}

}  // namespace
}  // namespace tenon::catalogue
