#include "api/zones.hpp"

#include <gtest/gtest.h>

#include "api/zone_rule.hpp"
#include "tenon/base/limits.hpp"

namespace tenon::api {
namespace {

const std::string folder = "/usr/share/zoneinfo";

std::string row(const json::Array& rows, std::size_t at) { return json::write(rows.at(at)); }

/// The offset of a table at a time, as the core reads it.
std::int64_t offset_at(const json::Array& rows, std::string_view time) {
    std::int64_t offset = rows.front().as_array()[1].as_number().to_int64().value();
    for (const auto& each : rows)
        if (each.as_array()[0].as_text() <= time) offset = each.as_array()[1].as_number().to_int64().value();
    return offset;
}

TEST(Zones, berlin_has_its_transitions) {
    const auto rows = zone_rows(folder, "Europe/Berlin").value();
    EXPECT_EQ(row(rows, 0), R"(["1970-01-01T00:00:00Z",60])");
    EXPECT_EQ(row(rows, 1), R"(["1980-04-06T01:00:00Z",120])");
    EXPECT_EQ(offset_at(rows, "2026-03-29T00:59:59Z"), 60);
    EXPECT_EQ(offset_at(rows, "2026-03-29T01:00:00Z"), 120);
    EXPECT_EQ(offset_at(rows, "2026-10-25T01:00:00Z"), 60);
    EXPECT_EQ(row(rows, rows.size() - 1), R"(["2100-10-31T01:00:00Z",60])");
}

TEST(Zones, the_south_has_summer_in_january) {
    const auto rows = zone_rows(folder, "Australia/Sydney").value();
    EXPECT_EQ(offset_at(rows, "2026-01-15T00:00:00Z"), 660);
    EXPECT_EQ(offset_at(rows, "2099-07-15T00:00:00Z"), 600);
}

TEST(Zones, rules_with_fixed_days_and_odd_times_are_read) {
    EXPECT_EQ(offset_at(zone_rows(folder, "Asia/Kathmandu").value(), "2026-01-01T00:00:00Z"), 345);
    EXPECT_EQ(offset_at(zone_rows(folder, "Australia/Lord_Howe").value(), "2050-01-15T00:00:00Z"), 660);
    EXPECT_EQ(offset_at(zone_rows(folder, "America/New_York").value(), "2080-07-01T00:00:00Z"), -240);
    EXPECT_EQ(json::write(zone_rows(folder, "Etc/UTC").value()), R"([["1970-01-01T00:00:00Z",0]])");
}

TEST(Zones, tables_are_ascending_and_within_the_limit) {
    for (const char* zone :
         {"Africa/Casablanca", "Europe/Dublin", "America/Sao_Paulo", "Asia/Gaza", "Pacific/Apia"}) {
        const auto rows = zone_rows(folder, zone).value();
        EXPECT_LE(rows.size(), limits::zone_rows) << zone;
        for (std::size_t i = 1; i < rows.size(); ++i) {
            EXPECT_LT(rows[i - 1].as_array()[0].as_text(), rows[i].as_array()[0].as_text()) << zone;
            EXPECT_FALSE(rows[i - 1].as_array()[1] == rows[i].as_array()[1]) << zone;
        }
    }
}

TEST(Zones, names_that_lead_elsewhere_are_unknown) {
    for (const char* zone :
         {"", "Mars/Olympus", "../zoneinfo/Europe/Berlin", "/etc/passwd", "Europe/../Europe/Berlin", "Europe",
          "posix/Europe/Berlin", "right/Europe/Berlin", "tzdata.zi", "Europe//Berlin", "Europe/Berlin/",
          "+01:00"}) {
        const auto rows = zone_rows(folder, zone);
        ASSERT_FALSE(rows) << zone;
        EXPECT_EQ(rows.error().code, Errc::zone_unknown) << zone;
    }
}

TEST(Zones, damaged_files_are_errors) {
    for (const std::string& bytes :
         {std::string(), std::string("TZif"), std::string("TZif2") + std::string(39, '\0'),
          std::string("TZif1") + std::string(200, '\0'),
          std::string("TZif2") + std::string(39, '\xff') + std::string(200, '\0')}) {
        const std::vector<char> exact(bytes.begin(), bytes.end());
        EXPECT_FALSE(zone_rows_of({exact.data(), exact.size()}));
    }
}

TEST(Zones, a_config_gets_exactly_the_zones_it_names) {
    auto config = json::read(R"({"zones":{"Old/Zone":[["2026-03-29T01:00:00Z",1]]},"field_mappings":{
        "a":{"target":"A","parse":{"timezone":"Europe/Berlin"}},"b":{"target":"B","parse":{"timezone":"+02:00"}},
        "c":{"target":"C","parse":{"timezone":"Z"}},"d":{"target":"D","parse":{"timezone":"No/Where"}}}})")
                      .value();
    ASSERT_TRUE(fill_zones(folder, config));
    ASSERT_EQ(config.find("zones")->as_object().size(), 1U);
    EXPECT_NE(config.find("zones")->find("Europe/Berlin"), nullptr);
}

TEST(Zones, a_config_without_zones_loses_the_member) {
    auto config =
        json::read(R"({"zones":{"Europe/Berlin":[["2026-03-29T01:00:00Z",1]]},"field_mappings":{}})").value();
    ASSERT_TRUE(fill_zones(folder, config));
    EXPECT_EQ(config.find("zones"), nullptr);
}

TEST(ZoneRule, every_form_of_a_day_is_read) {
    const auto rule = read_zone_rule("<+0330>-3:30<+0430>,J79/24,J263/24");
    ASSERT_TRUE(rule);
    EXPECT_EQ(rule->standard, 12'600);
    EXPECT_EQ(rule->summer, 16'200);
    EXPECT_EQ(read_zone_rule("UTC0")->has_summer, false);
    EXPECT_TRUE(read_zone_rule("IST-2IDT,M3.4.4/26,M10.5.0"));
    EXPECT_TRUE(read_zone_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"));
    EXPECT_TRUE(read_zone_rule("AAA3BBB,59/2,300"));
}

TEST(ZoneRule, anything_else_is_refused) {
    for (const char* text : {"", "A", "AB3", "CET", "CET-1CEST", "CET-1CEST,M3.5.0",
                             "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
                             "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0x", "<CET-1", "CET-168"})
        EXPECT_FALSE(read_zone_rule(text)) << text;
}

TEST(ZoneRule, day_60_of_the_leapless_count_is_always_the_first_of_march) {
    const auto rule = read_zone_rule("AAA0BBB,J60/0,J300/0").value();
    EXPECT_EQ(rule.transitions(2023)[0].at, 1'677'628'800);
    EXPECT_EQ(rule.transitions(2024)[0].at, 1'709'251'200);
}

}  // namespace
}  // namespace tenon::api
