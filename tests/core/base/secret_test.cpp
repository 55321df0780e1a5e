#include "tenon/base/secret.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace tenon {
namespace {

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string> &&
              !std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);

TEST(SecretTest, moving_leaves_nothing_behind) {
    for (const std::string& bytes : {std::string("short"), std::string(200, 'k')}) {
        Secret first(bytes);
        Secret second(std::move(first));
        EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
        EXPECT_EQ(second.expose(), bytes);
        Secret third;
        third = std::move(second);
        EXPECT_TRUE(second.empty());  // NOLINT(bugprone-use-after-move)
        EXPECT_EQ(third.duplicate().expose(), bytes);
        EXPECT_EQ(third.expose(), bytes);
    }
}

TEST(SecretTest, wipe_overwrites_and_empties) {
    char bytes[4] = {'a', 'b', 'c', 'd'};
    wipe(bytes, 3);
    EXPECT_EQ(std::string_view(bytes, 4), std::string_view("\0\0\0d", 4));
    std::string text(100, 'x');
    const char* where = text.data();
    wipe(text);
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(where, text.data()) << "the block that held the bytes is the one that was wiped";
}

}  // namespace
}  // namespace tenon
