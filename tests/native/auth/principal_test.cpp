#include "auth/principal.hpp"

#include <gtest/gtest.h>

namespace tenon::auth {
namespace {

TEST(Scope, star_covers_everything) {
    EXPECT_TRUE(scope_covers("*", "forms:read"));
    EXPECT_TRUE(scope_covers("*", "forms:*"));
}

TEST(Scope, resource_star_covers_its_resource_only) {
    EXPECT_TRUE(scope_covers("forms:*", "forms:write"));
    EXPECT_FALSE(scope_covers("forms:*", "forms_extra:write"));
    EXPECT_FALSE(scope_covers("forms:*", "integrations:read"));
}

TEST(Scope, write_does_not_imply_read) { EXPECT_FALSE(scope_covers("forms:write", "forms:read")); }

TEST(Scope, a_part_of_a_name_covers_nothing) {
    EXPECT_FALSE(scope_covers("form", "forms:read"));
    EXPECT_FALSE(scope_covers("", "forms:read"));
    EXPECT_FALSE(scope_covers(":*", "forms:read"));
}

TEST(Scope, a_single_scope_never_covers_a_star) {
    EXPECT_FALSE(scope_covers("forms:read", "forms:*"));
    EXPECT_FALSE(scope_covers("forms:*", "*"));
}

}  // namespace
}  // namespace tenon::auth
