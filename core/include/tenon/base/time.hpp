#pragma once
// Calendar arithmetic without a clock, a locale or a time zone database.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

using UnixTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Proleptic Gregorian date.
struct CivilDate {
    int year = 1970;
    int month = 1;
    int day = 1;
    friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

[[nodiscard]] bool is_valid(const CivilDate& date);                 ///< 0001-01-01 to 9999-12-31.
[[nodiscard]] std::int64_t days_from_civil(const CivilDate& date);  ///< Days since 1970-01-01.
[[nodiscard]] CivilDate civil_from_days(std::int64_t days);

/// Strict RFC 3339 as spec/WEBHOOKS.md reads it: upper-case T, Z or +-hh:mm, at most 9 fraction digits (cut
/// to milliseconds), real dates, no second 60.
[[nodiscard]] std::optional<UnixTime> from_rfc3339(std::string_view text);
/// `2026-01-31T10:00:00.123Z`; the fraction is left out when zero.
[[nodiscard]] std::string to_rfc3339(UnixTime time);

}  // namespace tenon
