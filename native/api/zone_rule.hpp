#pragma once
// The rule in the last line of a time zone file (RFC 9636 3.3, POSIX TZ with the extended range of hours):
// what holds for ever after the last transition that is listed, such as `CET-1CEST,M3.5.0,M10.5.0/3`.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tenon::api {

/// One day of a year with a time of day in seconds (-167 to 167 hours).
struct ZoneDay {
    enum class Kind : unsigned char { month_week_day, julian_without_leap, zero_based };
    Kind kind = Kind::month_week_day;
    int month = 1, week = 1, day = 0;
    std::int64_t time = 7200;
};

/// Offsets are seconds east of UTC. Without `has_summer` only `standard` counts.
struct ZoneRule {
    std::int64_t standard = 0, summer = 0;
    bool has_summer = false;
    ZoneDay start, end;  ///< Of summer time, each in the local time that ends there.

    struct Transition {
        std::int64_t at;      ///< Unix seconds.
        std::int64_t offset;  ///< From then on.
    };
    /// Both transitions of `year`, earlier first. Only with has_summer.
    [[nodiscard]] std::array<Transition, 2> transitions(int year) const;
};

/// Nothing for a text that is no such rule.
[[nodiscard]] std::optional<ZoneRule> read_zone_rule(std::string_view text);

}  // namespace tenon::api
