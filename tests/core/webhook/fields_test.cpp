// Query strings, form bodies and timestamps.
#include "fields.hpp"

#include <gtest/gtest.h>

#include "timestamp.hpp"

namespace tenon::webhook {
namespace {

TEST(Urlencoded, decodes_names_and_values) {
    EXPECT_EQ(find_urlencoded("a=1&b=x+y%20z&c", "b").value, "x y z");
    EXPECT_EQ(find_urlencoded("a=1&b=x+y%20z&c", "c").occurrences, 1U);
    EXPECT_EQ(find_urlencoded("%61=%41%zz%4", "a").value, "A%zz%4");
    EXPECT_EQ(find_urlencoded("a==", "a").value, "=");
    EXPECT_EQ(find_urlencoded("", "a").occurrences, 0U);
    EXPECT_EQ(find_urlencoded("&&&", "").occurrences, 0U);
}

TEST(Urlencoded, counts_repeats_and_marks_bytes_that_are_no_text) {
    EXPECT_EQ(find_urlencoded("a=1&a=2&%61=3", "a").occurrences, 3U);
    EXPECT_FALSE(find_urlencoded("a=%ff", "a").is_text);
    EXPECT_TRUE(find_urlencoded("a=%c3%a9", "a").is_text);
}

constexpr std::string_view parts =
    "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\ntwo\r\n--B\r\n"
    "content-disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\nContent-Type: "
    "text/plain\r\n\r\nfile\r\n--B\r\n"
    "Content-Disposition: form-data; name=b\r\n\r\n\r\n--B--\r\nepilogue";

TEST(Multipart, finds_fields_but_not_files) {
    const std::string type = "multipart/form-data; charset=utf-8; boundary=\"B\"";
    EXPECT_EQ(find_multipart(parts, type, "a").value, "one\r\ntwo");
    EXPECT_EQ(find_multipart(parts, type, "b").occurrences, 1U);
    EXPECT_EQ(find_multipart(parts, type, "b").value, "");
    EXPECT_EQ(find_multipart(parts, type, "f").occurrences, 0U);
    EXPECT_EQ(find_multipart(parts.substr(10), type, "a").value, "one\r\ntwo");
}

TEST(Multipart, without_boundary_or_end_there_are_no_fields) {
    EXPECT_EQ(find_multipart(parts, "multipart/form-data", "a").occurrences, 0U);
    EXPECT_EQ(find_multipart(parts, "multipart/form-data; boundary=C", "a").occurrences, 0U);
    EXPECT_EQ(find_multipart(parts.substr(0, 60), "multipart/form-data; boundary=B", "a").occurrences, 0U);
    const std::string longest(70, 'b');
    const std::string body =
        "--" + longest + "\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--" + longest + "--";
    EXPECT_EQ(find_multipart(body, "multipart/form-data; boundary=" + longest, "a").occurrences, 1U);
    EXPECT_EQ(find_multipart("--" + longest + "b", "multipart/form-data; boundary=" + longest + "b", "a")
                  .occurrences,
              0U);
}

TEST(Urls, are_cut_without_being_rewritten) {
    EXPECT_EQ(query_of("https://h/p?a=1?b#f?c"), "a=1?b");
    EXPECT_EQ(query_of("/p"), "");
    EXPECT_EQ(path_and_query_of("https://h:8/p/%41?a=1#f"), "/p/%41?a=1");
    EXPECT_EQ(path_and_query_of("/p?u=https://x/"), "/p?u=https://x/");
    EXPECT_EQ(path_and_query_of("https://h"), "/");
    EXPECT_EQ(path_and_query_of("https://h?a"), "?a");
    EXPECT_EQ(media_type_of(" Text/Plain ; charset=x"), "text/plain");
    EXPECT_EQ(percent_decode_only("%3a%2F%41%3A%", ":/"), ":/%41:%");
}

std::optional<std::int64_t> ms(std::string_view text, TimeFormat format) {
    const auto time = parse_timestamp(text, format);
    if (!time) return std::nullopt;
    return time->time_since_epoch().count();
}

TEST(Timestamps, have_one_spelling) {
    EXPECT_EQ(ms("1700000000", TimeFormat::unix_seconds), 1'700'000'000'000);
    EXPECT_EQ(ms("999999999999999", TimeFormat::unix_seconds), 999'999'999'999'999'000);
    EXPECT_EQ(ms("1700000000123", TimeFormat::unix_milliseconds), 1'700'000'000'123);
    for (const std::string_view text :
         {"", "0", "01", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1000000000000000", "abc"})
        EXPECT_FALSE(ms(text, TimeFormat::unix_seconds)) << text;
}

TEST(Timestamps, follow_the_calendar) {
    EXPECT_EQ(ms("2023-11-14T22:13:20Z", TimeFormat::rfc3339), 1'700'000'000'000);
    EXPECT_EQ(ms("2023-11-14T22:13:20.5", TimeFormat::iso_utc), 1'700'000'000'500);
    EXPECT_FALSE(ms("2023-11-14T22:13:20Z", TimeFormat::iso_utc));
    EXPECT_FALSE(ms("2023-11-14T22:13:20+01:00", TimeFormat::iso_utc));
    EXPECT_EQ(ms("Tue, 14 Nov 2023 22:13:20 GMT", TimeFormat::imf_fixdate), 1'700'000'000'000);
    EXPECT_EQ(ms("Thu, 29 Feb 2024 00:00:00 GMT", TimeFormat::imf_fixdate), 1'709'164'800'000);
    for (const std::string_view text :
         {"Wed, 14 Nov 2023 22:13:20 GMT", "Tue, 14 nov 2023 22:13:20 GMT", "Tue, 14 Nov 2023 24:13:20 GMT",
          "Tue, 14 Nov 2023 22:13:60 GMT", "Tue, 14 Nov 2023 22:13:20 UTC", "Tue, 4 Nov 2023 22:13:20 GMT",
          "Wed, 29 Feb 2023 22:13:20 GMT", "Tue, 14 Nov 2023 22:13:20 GMT ", "Tue, 1a Nov 2023 22:13:20 GMT"})
        EXPECT_FALSE(ms(text, TimeFormat::imf_fixdate)) << text;
}

TEST(Timestamps, are_written_as_they_are_read) {
    const UnixTime now{std::chrono::milliseconds(1'709'164'800'000)};
    for (const TimeFormat format : {TimeFormat::unix_seconds, TimeFormat::unix_milliseconds,
                                    TimeFormat::rfc3339, TimeFormat::iso_utc, TimeFormat::imf_fixdate})
        EXPECT_EQ(parse_timestamp(format_timestamp(now, format), format), now);
}

}  // namespace
}  // namespace tenon::webhook
