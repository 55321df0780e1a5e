#include "tenon/mapping/date.hpp"

#include <gtest/gtest.h>

namespace tenon::mapping {
namespace {

using Use = DateFormat::Use;

std::string utc(std::string_view text, const Zone* zone = nullptr) {
    const auto moment = read_date(text);
    if (!moment) return std::string(id_of(moment.error()));
    const auto printed = print_instant(*moment, zone);
    return printed ? *printed : std::string(id_of(printed.error()));
}

std::string by_format(std::string_view pattern, std::string_view text) {
    const auto format = DateFormat::compile(pattern, Use::reading);
    if (!format) return "format";
    const auto moment = read_date(text, *format);
    if (!moment) return std::string(id_of(moment.error()));
    const auto shown = DateFormat::compile("YYYY-MM-DD HH:mm:ss.SSS", Use::printing);
    return print_date(*moment, *shown).value();
}

std::string printed(std::string_view pattern, std::string_view text) {
    const auto format = DateFormat::compile(pattern, Use::printing);
    if (!format) return "format";
    const auto out = print_date(read_date(text).value(), *format);
    return out ? *out : std::string(id_of(out.error()));
}

TEST(DateTest, reads_iso_with_and_without_time) {
    EXPECT_EQ(utc("2026-01-31T10:00:00.5Z"), "2026-01-31T10:00:00.5Z");
    EXPECT_EQ(utc("2026-01-31t10:00z"), "2026-01-31T10:00:00Z");
    EXPECT_EQ(utc("2026-01-31 10:00:00+05:30"), "2026-01-31T04:30:00Z");
    EXPECT_EQ(utc("2024-02-29T23:30:00-01:00"), "2024-03-01T00:30:00Z");
    EXPECT_EQ(utc("2026-01-31"), "missing_offset");
    EXPECT_EQ(utc("2026-01-31T10:00"), "missing_offset");
}

TEST(DateTest, refuses_what_is_no_date) {
    for (const char* text : {"",
                             "2026-02-29",
                             "2026-1-31",
                             "20260131",
                             "2026-01-31T",
                             "2026-01-31T1:00Z",
                             "2026-01-31T24:00Z",
                             "2026-01-31T10:60Z",
                             "2026-01-31T10:00:60Z",
                             "2026-01-31T10:00:00.Z",
                             "2026-01-31T10:00:00.1234567890Z",
                             "2026-01-31T10:00+02",
                             "2026-01-31T10:00+0200",
                             "2026-01-31T10:00+24:00",
                             "2026-01-31Z",
                             "0000-01-01",
                             "2026-01-31T10:00Zx",
                             "2026/01/31",
                             "1/2/26",
                             "tomorrow"})
        EXPECT_EQ(utc(text), "invalid_date") << text;
    for (const char* text :
         {"1/2/2026", "31.12.2026", "01-02-2026", "1 2 2026 x", "1/2.2026T10", "1/2/2026, 5"})
        EXPECT_EQ(utc(text), "ambiguous_date") << text;
}

TEST(DateTest, a_format_must_name_one_day) {
    for (const char* pattern :
         {"", "YYYY", "MM/DD", "YY-MM-DD", "YYYY-MM-DD MM", "YYYY-MM-DD hh:mm", "YYYY-MM-DD HH A",
          "YYYY-MM-DD mm", "YYYY-MM-DD HH:ss", "YYYY-MM-DD HH:mm SSS", "YYYY-MM-DD Z", "YYYY-MM-DD [x",
          "Do MMM YYYY", "YYYY-MM-DDTHH", "YYYY-MM-DD H HH"})
        EXPECT_FALSE(DateFormat::compile(pattern, Use::reading)) << pattern;
    for (const char* pattern : {"YYYY-MM-DD", "DMMMYYYY", "unix", "unix_ms", "YYYY-MM-DD[T]HH:mm:ss.SSSZ"})
        EXPECT_TRUE(DateFormat::compile(pattern, Use::reading)) << pattern;
    EXPECT_FALSE(DateFormat::compile("unix", Use::printing));
    EXPECT_TRUE(DateFormat::compile("hh A", Use::printing));
}

TEST(DateTest, reads_by_a_format_and_only_by_it) {
    EXPECT_EQ(by_format("DD/MM/YYYY", "01/02/2026"), "2026-02-01 00:00:00.000");
    EXPECT_EQ(by_format("D.M.YYYY", "1.12.2026"), "2026-12-01 00:00:00.000");
    EXPECT_EQ(by_format("MMMM D, YYYY", "jANUARY 5, 2026"), "2026-01-05 00:00:00.000");
    EXPECT_EQ(by_format("D MMM YYYY h:mm A", "5 Feb 2026 12:05 am"), "2026-02-05 00:05:00.000");
    EXPECT_EQ(by_format("D MMM YYYY h:mm A", "5 Feb 2026 12:05 PM"), "2026-02-05 12:05:00.000");
    EXPECT_EQ(by_format("D MMM YYYY h:mm A", "5 Feb 2026 13:05 PM"), "invalid_date");
    EXPECT_EQ(by_format("YYYY-MM-DD[T]HH:mm:ss.SSSZ", "2026-01-31T10:11:12.345+0200"),
              "2026-01-31 10:11:12.345");
    EXPECT_EQ(by_format("DD/MM/YYYY", "1/2/2026"), "invalid_date");
    EXPECT_EQ(by_format("DD/MM/YYYY", "01/02/2026 "), "invalid_date");
    EXPECT_EQ(by_format("unix", "-1"), "1969-12-31 23:59:59.000");
    EXPECT_EQ(by_format("unix_ms", "-1"), "1969-12-31 23:59:59.999");
    EXPECT_EQ(by_format("unix", "1234567890123456"), "invalid_date") << "16 digits";
    EXPECT_EQ(by_format("unix", "999999999999999"), "invalid_date") << "beyond the year 9999";
    EXPECT_EQ(by_format("unix", "+1"), "invalid_date");
}

TEST(DateTest, prints_every_token) {
    EXPECT_EQ(
        printed("YYYY MM M DD D MMM MMMM HH H hh h mm ss SSS A Z [at]", "2026-03-04T15:06:07.089+01:30"),
        "2026 03 3 04 4 Mar March 15 15 03 3 06 07 089 PM +01:30 at");
    EXPECT_EQ(printed("h A", "2026-03-04T00:00Z"), "12 AM");
    EXPECT_EQ(printed("Z", "2026-03-04T00:00-00:00"), "Z");
    EXPECT_EQ(printed("Z", "2026-03-04"), "missing_offset");
    EXPECT_EQ(printed("Z", "2026-03-04T10:00"), "missing_offset");
    EXPECT_EQ(printed("HH:mm", "2026-03-04"), "00:00");
}

Zone berlin() {
    return Zone({{instant_of(read_date("2025-10-26T01:00Z").value(), 0).seconds, 60},
                 {instant_of(read_date("2026-03-29T01:00Z").value(), 0).seconds, 120},
                 {instant_of(read_date("2026-10-25T01:00Z").value(), 0).seconds, 60}});
}

TEST(DateTest, zones_decide_local_times_also_in_gap_and_overlap) {
    const Zone zone = berlin();
    EXPECT_EQ(utc("2026-01-31T10:00", &zone), "2026-01-31T10:00:00+01:00");
    EXPECT_EQ(utc("2026-03-29T01:59:59", &zone), "2026-03-29T01:59:59+01:00");
    EXPECT_EQ(utc("2026-03-29T02:30", &zone), "2026-03-29T03:30:00+02:00");
    EXPECT_EQ(utc("2026-03-29T03:00", &zone), "2026-03-29T03:00:00+02:00");
    EXPECT_EQ(utc("2026-10-25T02:30", &zone), "2026-10-25T02:30:00+02:00");
    EXPECT_EQ(utc("2026-10-25T01:30Z", &zone), "2026-10-25T02:30:00+01:00");
    EXPECT_EQ(utc("1990-07-01T12:00Z", &zone), "1990-07-01T13:00:00+01:00") << "the first row holds before";
    EXPECT_EQ(utc("2090-07-01T12:00Z", &zone), "2090-07-01T13:00:00+01:00") << "the last for ever";
}

TEST(DateTest, fixed_offsets_are_strict) {
    EXPECT_EQ(Zone::fixed("-03:30")->offset_at(0), -210);
    EXPECT_EQ(Zone::fixed("Z")->offset_at(0), 0);
    for (const char* text : {"", "z", "+0200", "+2:00", "+24:00", "+02:60", "02:00", "+02:00 ", "UTC"})
        EXPECT_FALSE(Zone::fixed(text)) << text;
}

TEST(DateTest, moving_out_of_the_calendar_is_no_date) {
    const Zone east = *Zone::fixed("+14:00");
    const Zone west = *Zone::fixed("-12:00");
    EXPECT_EQ(utc("9999-12-31T23:00:00Z", &east), "invalid_date");
    EXPECT_EQ(utc("0001-01-01T00:00:00Z", &west), "invalid_date");
    EXPECT_EQ(utc("9999-12-31T23:59:59.999999999Z"), "9999-12-31T23:59:59.999999999Z");
}

}  // namespace
}  // namespace tenon::mapping
