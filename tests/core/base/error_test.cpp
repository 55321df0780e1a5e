#include "tenon/base/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tenon/base/result.hpp"

namespace tenon {
namespace {

TEST(ErrorTest, every_code_has_exactly_one_row_with_its_own_id) {
    std::set<std::string_view> ids;
    for (const ErrorRow& row : error_table) EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_EQ(ids.size(), error_count);
#define X(name, status, retry, sentence) EXPECT_EQ(id_of(Errc::name), #name);
#include "tenon/base/error_list.hpp"
#undef X
}

TEST(ErrorTest, every_row_is_fit_to_be_shown) {
    for (const ErrorRow& row : error_table) {
        EXPECT_TRUE(row.status == 200 || (row.status >= 400 && row.status <= 599)) << row.id;
        EXPECT_FALSE(row.sentence.empty()) << row.id;
        EXPECT_NE(row.sentence.back(), '.') << row.id;
        EXPECT_EQ(row.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"), std::string_view::npos)
            << row.id;
    }
}

TEST(ErrorTest, finds_a_code_by_its_id) {
    EXPECT_EQ(errc_from_id("duplicate_key"), Errc::duplicate_key);
    EXPECT_EQ(errc_from_id("no_such_code"), std::nullopt);
    EXPECT_EQ(errc_from_id(""), std::nullopt);
    EXPECT_EQ(status_of(Errc::not_supported), 501);
    EXPECT_EQ(row_of(Errc::store_busy).retry, Retry::later);
}

Result<int> doubled(Result<int> input) {
    TENON_TRY(const int value, std::move(input));
    return 2 * value;
}

Result<void> checked(Result<int> input) {
    TENON_CHECK(std::move(input));
    return {};
}

TEST(ResultTest, passes_values_on_and_errors_through) {
    EXPECT_EQ(*doubled(4), 8);
    EXPECT_EQ(doubled(fail(Errc::conflict, "/a", "why")).error(), (Error{Errc::conflict, "/a", "why"}));
    EXPECT_TRUE(checked(1).has_value());
    EXPECT_EQ(checked(fail(Errc::internal)).error().code, Errc::internal);
}

}  // namespace
}  // namespace tenon
