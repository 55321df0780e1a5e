#include "outbound/provider_call.hpp"

#include <gtest/gtest.h>

namespace tenon::outbound {
namespace {

TEST(ProviderBasesTest, replaces_scheme_host_and_port_and_puts_the_path_in_front) {
    const ProviderBases bases{{{"acme", "http://127.0.0.1:9000/acme"}}};
    EXPECT_EQ(bases.rewrite("acme", "https://api.acme.test/v1/x?y=1"), "http://127.0.0.1:9000/acme/v1/x?y=1");
    EXPECT_EQ(bases.rewrite("acme", "https://api.acme.test:8443/v1"), "http://127.0.0.1:9000/acme/v1");
    EXPECT_EQ(bases.rewrite("acme", "https://api.acme.test"), "http://127.0.0.1:9000/acme");
    EXPECT_EQ(bases.rewrite("acme", "https://api.acme.test?y=1"), "http://127.0.0.1:9000/acme?y=1");
}

TEST(ProviderBasesTest, leaves_other_providers_alone) {
    const ProviderBases bases{{{"acme", "http://127.0.0.1:9000"}}};
    EXPECT_EQ(bases.rewrite("other", "https://api.acme.test/v1"), "https://api.acme.test/v1");
}

}  // namespace
}  // namespace tenon::outbound
