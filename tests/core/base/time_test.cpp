#include "tenon/base/time.hpp"

#include <gtest/gtest.h>

#include "exact_copy.hpp"

namespace tenon {
namespace {

using testing::ExactCopy;

std::optional<std::int64_t> milliseconds(std::string_view text) {
    const std::optional<UnixTime> time = from_rfc3339(ExactCopy(text).view());
    if (!time) return std::nullopt;
    return time->time_since_epoch().count();
}

TEST(TimeTest, days_and_dates_go_there_and_back_over_ten_thousand_years) {
    CivilDate date{1, 1, 1};
    std::int64_t days = days_from_civil(date);
    EXPECT_EQ(days, -719162);
    for (; days <= days_from_civil({9999, 12, 31}); ++days) {
        ASSERT_EQ(civil_from_days(days), date);
        ASSERT_EQ(days_from_civil(date), days);
        ASSERT_TRUE(is_valid(date));
        ++date.day;
        if (!is_valid(date)) date = {date.year, date.month + 1, 1};
        if (!is_valid(date)) date = {date.year + 1, 1, 1};
    }
    EXPECT_EQ(date, (CivilDate{10000, 1, 1}));
    EXPECT_EQ(days_from_civil({1970, 1, 1}), 0);
    EXPECT_EQ(days_from_civil({2000, 2, 29}), 11016);
}

TEST(TimeTest, knows_which_dates_exist) {
    for (const CivilDate& date : {CivilDate{2000, 2, 29}, {2024, 2, 29}, {1, 1, 1}, {9999, 12, 31}})
        EXPECT_TRUE(is_valid(date));
    for (const CivilDate& date : {CivilDate{1900, 2, 29},
                                  {2023, 2, 29},
                                  {0, 1, 1},
                                  {10000, 1, 1},
                                  {2024, 0, 1},
                                  {2024, 13, 1},
                                  {2024, 1, 0},
                                  {2024, 4, 31},
                                  {2024, 1, 32}})
        EXPECT_FALSE(is_valid(date)) << date.year << date.month << date.day;
}

TEST(TimeTest, reads_rfc_3339) {
    EXPECT_EQ(milliseconds("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(milliseconds("2026-01-31T10:00:00.123Z"), 1769853600123);
    EXPECT_EQ(milliseconds("2026-01-31T12:30:00+02:30"), 1769853600000);
    EXPECT_EQ(milliseconds("2026-01-31T09:59:59.5-00:00"), 1769853599500);
    EXPECT_EQ(milliseconds("2026-01-31T10:00:00.123999999Z"), 1769853600123);
    EXPECT_EQ(milliseconds("1969-12-31T23:59:59.999Z"), -1);
    EXPECT_EQ(milliseconds("0001-01-01T00:00:00Z"), -62135596800000);
}

// A digit behind `.` was once looked at for ever when something before it was wrong already.
TEST(TimeTest, a_fraction_behind_a_mistake_ends) {
    for (const char* text : {"31.01.2026", ".5", "2026-01-31T1.5", "2026-01-31T10:00:0.123Z", "x.1"})
        EXPECT_EQ(milliseconds(text), std::nullopt) << text;
}

TEST(TimeTest, refuses_everything_else) {
    for (const std::string_view bad : {"",
                                       "2026-01-31",
                                       "2026-01-31t10:00:00Z",
                                       "2026-01-31 10:00:00Z",
                                       "2026-01-31T10:00:00z",
                                       "2026-01-31T10:00:00",
                                       "2026-01-31T10:00Z",
                                       "2026-01-31T10:00:00.Z",
                                       "2026-01-31T10:00:00.1234567890Z",
                                       "2026-01-31T10:00:60Z",
                                       "2026-01-31T24:00:00Z",
                                       "2026-01-31T10:60:00Z",
                                       "2026-02-29T10:00:00Z",
                                       "2026-13-01T10:00:00Z",
                                       "0000-01-01T00:00:00Z",
                                       "2026-01-31T10:00:00+0200",
                                       "2026-01-31T10:00:00+24:00",
                                       "2026-01-31T10:00:00+02:60",
                                       "2026-01-31T10:00:00+2:00",
                                       "2026-01-31T10:00:00Z ",
                                       " 2026-01-31T10:00:00Z",
                                       "26-01-31T10:00:00Z",
                                       "2026-1-31T10:00:00Z",
                                       "2026-01-31T10:00:00,5Z",
                                       "2026-01-31T10:00:00ZZ",
                                       "2026-01-31T1a:00:00Z",
                                       "+2026-01-31T10:00:00Z"})
        EXPECT_EQ(milliseconds(bad), std::nullopt) << bad;
}

TEST(TimeTest, writes_rfc_3339) {
    for (const std::string_view text :
         {"1970-01-01T00:00:00Z", "2026-01-31T10:00:00.123Z", "2026-12-31T23:59:59.007Z",
          "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"})
        EXPECT_EQ(to_rfc3339(*from_rfc3339(text)), text);
    EXPECT_EQ(to_rfc3339(*from_rfc3339("2026-01-31T12:30:00.100+02:30")), "2026-01-31T10:00:00.100Z");
}

}  // namespace
}  // namespace tenon
