#include "api/zone_rule.hpp"

#include <utility>

#include "tenon/base/time.hpp"

namespace tenon::api {
namespace {

constexpr std::int64_t day_seconds = 86'400;

/// Reads from the front of a text; every method leaves `rest` behind what it took.
struct Scanner {
    std::string_view rest;

    bool take(char wanted) {
        if (rest.empty() || rest.front() != wanted) return false;
        rest.remove_prefix(1);
        return true;
    }
    std::optional<int> number(int most) {
        int value = 0;
        std::size_t digits = 0;
        while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9' && digits < 4)
            value = value * 10 + (rest[digits++] - '0');
        if (digits == 0 || value > most) return std::nullopt;
        rest.remove_prefix(digits);
        return value;
    }
    /// `CET` or `<+03>`.
    bool name() {
        std::size_t size = 0;
        if (take('<')) {
            size = rest.find('>');
            if (size == std::string_view::npos) return false;
            rest.remove_prefix(size + 1);
            return true;
        }
        while (size < rest.size() && ((rest[size] | 0x20) >= 'a' && (rest[size] | 0x20) <= 'z')) ++size;
        rest.remove_prefix(size);
        return size >= 3;
    }
    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    std::optional<std::int64_t> time() {
        const bool is_negative = take('-');
        if (!is_negative) take('+');
        const auto hours = number(167);
        if (!hours) return std::nullopt;
        std::int64_t seconds = std::int64_t{*hours} * 3600;
        for (const int unit : {60, 1}) {
            if (!take(':')) break;
            const auto part = number(59);
            if (!part) return std::nullopt;
            seconds += std::int64_t{*part} * unit;
        }
        return is_negative ? -seconds : seconds;
    }
    std::optional<ZoneDay> day() {
        ZoneDay read;
        if (take('M')) {
            const auto month = number(12);
            const auto week = take('.') ? number(5) : std::nullopt;
            const auto day_of_week = take('.') ? number(6) : std::nullopt;
            if (!month || !week || !day_of_week || *month < 1 || *week < 1) return std::nullopt;
            read.month = *month;
            read.week = *week;
            read.day = *day_of_week;
        } else {
            read.kind = take('J') ? ZoneDay::Kind::julian_without_leap : ZoneDay::Kind::zero_based;
            const auto day_of_year = number(365);
            if (!day_of_year) return std::nullopt;
            read.day = *day_of_year;
        }
        if (take('/')) {
            const auto at = time();
            if (!at) return std::nullopt;
            read.time = *at;
        }
        return read;
    }
};

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/// Local seconds since 1970 at which `day` begins to count in `year`.
std::int64_t local_seconds(const ZoneDay& day, int year) {
    std::int64_t days = 0;
    if (day.kind == ZoneDay::Kind::month_week_day) {
        const std::int64_t first = days_from_civil({year, day.month, 1});
        const std::int64_t next =
            day.month == 12 ? days_from_civil({year + 1, 1, 1}) : days_from_civil({year, day.month + 1, 1});
        const std::int64_t first_weekday = ((first + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
        days = first + (day.day - first_weekday + 7) % 7 + (std::int64_t{day.week} - 1) * 7;
        while (days >= next) days -= 7;  // week 5 = the last one
    } else {
        days = days_from_civil({year, 1, 1}) + day.day;
        if (day.kind == ZoneDay::Kind::julian_without_leap && !(is_leap(year) && day.day >= 60)) --days;
    }
    return days * day_seconds + day.time;
}

}  // namespace

std::array<ZoneRule::Transition, 2> ZoneRule::transitions(int year) const {
    const Transition to_summer{local_seconds(start, year) - standard, summer};
    const Transition to_standard{local_seconds(end, year) - summer, standard};
    if (to_summer.at < to_standard.at) return {to_summer, to_standard};
    return {to_standard, to_summer};
}

std::optional<ZoneRule> read_zone_rule(std::string_view text) {
    Scanner scan{text};
    ZoneRule rule;
    if (!scan.name()) return std::nullopt;
    const auto west = scan.time();
    if (!west) return std::nullopt;
    rule.standard = -*west;
    if (scan.rest.empty()) return rule;
    if (!scan.name()) return std::nullopt;
    rule.has_summer = true;
    rule.summer = rule.standard + 3600;
    if (!scan.rest.empty() && scan.rest.front() != ',') {
        const auto summer_west = scan.time();
        if (!summer_west) return std::nullopt;
        rule.summer = -*summer_west;
    }
    for (ZoneDay* day : {&rule.start, &rule.end}) {
        const auto read = scan.take(',') ? scan.day() : std::nullopt;
        if (!read) return std::nullopt;
        *day = *read;
    }
    if (!scan.rest.empty()) return std::nullopt;
    return rule;
}

}  // namespace tenon::api
