#include "schema_format.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tenon::form {
namespace {

struct Row {
    const char* format;
    std::vector<const char*> good;
    std::vector<const char*> bad;
};

TEST(SchemaFormatTest, tells_good_from_bad) {
    const Row rows[] = {
        {"date", {"2024-02-29", "0000-02-29"}, {"2023-02-29", "2024-2-29", "2024-02-29T", "", "20240229"}},
        {"time",
         {"10:00:00Z", "10:00:00.5+02:30", "23:59:60Z", "01:29:60+01:30", "10:00:00z"},
         {"10:00:00", "10:00Z", "24:00:00Z", "22:59:60Z", "10:00:00.Z", "10:00:00+24:00", "10:00:00+0200"}},
        {"date-time",
         {"2024-02-29T10:00:00Z", "2024-02-29t10:00:00-00:00"},
         {"2024-02-30T10:00:00Z", "2024-02-29 10:00:00Z", "2024-02-29"}},
        {"duration",
         {"P1Y2M3D", "PT1H", "P4W", "P1DT12H"},
         {"P", "PT", "P1", "P1Y2D", "P1W2D", "1D", "P1S", "P1DT"}},
        {"email",
         {"a@b", "\"a b\"@c.example", "a@[127.0.0.1]", "a@[IPv6:::1]"},
         {"a", "@b", "a@", ".a@b", "a.@b", "a..b@c", "a b@c", "é@b", "a@b_c", "a@[1.2.3]", "\"@b"}},
        {"idn-email", {"é@ü.example"}, {"é", "é@"}},
        {"hostname", {"a", "a-b.c9", "xn--a"}, {"", ".", "a.", "-a", "a-", "a_b", "ab--c", "é"}},
        {"ipv4",
         {"0.0.0.0", "255.255.255.255"},
         {"256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5", "1.2.3.4 ", ""}},
        {"ipv6",
         {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4"},
         {"", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "1::2::3", "1.2.3.4::", "::1%eth0",
          "1:2:3:4:5:6:7::8"}},
        {"uri",
         {"http://a", "urn:x", "http://[::1]:80/a?b#c", "a:%41"},
         {"a", "//a", "http:// a", "http://[::1", "a:%4", "http://a:x", "http://é", "a:\\", "a:#b#c"}},
        {"uri-reference", {"", "a", "//a", "#f", "./a:b"}, {"\\", "a b", "1:a", "#a\\"}},
        {"iri", {"http://é/ü"}, {"é"}},
        {"iri-reference", {"é"}, {"\\é"}},
        {"uri-template", {"", "/a{?b,c*,d:9}"}, {"{", "}", "{}", "{a b}", "{a:0}", "%4"}},
        {"uuid",
         {"2eb8aa08-AA98-11ea-b4aa-73b441d16380"},
         {"2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
          "geb8aa08-aa98-11ea-b4aa-73b441d16380"}},
        {"json-pointer", {"", "/a~0~1"}, {"a", "/~", "/~2"}},
        {"relative-json-pointer", {"0", "1#", "12/a"}, {"", "/a", "01", "1a", "-1", "1/~2", "#"}},
        {"regex", {"^a(?=b)$"}, {"^(abc]"}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(format_support(row.format), FormatSupport::checked) << row.format;
        for (const char* text : row.good)
            EXPECT_TRUE(has_format(row.format, text)) << row.format << " " << text;
        for (const char* text : row.bad)
            EXPECT_FALSE(has_format(row.format, text)) << row.format << " " << text;
    }
}

TEST(SchemaFormatTest, holds_the_lengths_of_names) {
    const std::string label(63, 'a');
    EXPECT_TRUE(has_format("hostname", label));
    EXPECT_FALSE(has_format("hostname", label + "a"));
    const std::string three = label + "." + label + "." + label + ".";
    EXPECT_TRUE(has_format("hostname", three + std::string(61, 'a')));
    EXPECT_FALSE(has_format("hostname", three + std::string(62, 'a')));
    EXPECT_TRUE(has_format("email", std::string(64, 'a') + "@b"));
    EXPECT_FALSE(has_format("email", std::string(65, 'a') + "@b"));
}

TEST(SchemaFormatTest, says_what_it_cannot_check) {
    EXPECT_EQ(format_support("idn-hostname"), FormatSupport::not_checked);
    EXPECT_EQ(format_support("colour"), FormatSupport::unknown);
    EXPECT_FALSE(has_format("colour", "x"));
}

}  // namespace
}  // namespace tenon::form
