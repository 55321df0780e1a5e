#include <algorithm>

#include "tenon/mapping/date.hpp"

namespace tenon::mapping {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

}  // namespace

std::optional<Zone> Zone::fixed(std::string_view text) {
    if (text == "Z") return Zone({{0, 0}});
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    for (const std::size_t at : {1U, 2U, 4U, 5U})
        if (!is_digit(text[at])) return std::nullopt;
    const int hours = two_digits(text.substr(1));
    const int minutes = two_digits(text.substr(4));
    if (hours > 23 || minutes > 59) return std::nullopt;
    const int offset = hours * 60 + minutes;
    return Zone({{0, text[0] == '-' ? -offset : offset}});
}

int Zone::offset_at(std::int64_t seconds) const {
    const auto after = std::upper_bound(rows_.begin(), rows_.end(), seconds,
                                        [](std::int64_t value, const Row& row) { return value < row.from; });
    return after == rows_.begin() ? rows_.front().offset : std::prev(after)->offset;
}

int Zone::offset_of_local(std::int64_t local_seconds) const {
    for (std::size_t i = 0; i + 1 < rows_.size(); ++i) {
        const std::int64_t change = rows_[i + 1].from;
        // Still before the change by the old offset (the first half of an overlap included), or in the gap it
        // opens.
        if (local_seconds - std::int64_t{rows_[i].offset} * 60 < change ||
            local_seconds - std::int64_t{rows_[i + 1].offset} * 60 < change)
            return rows_[i].offset;
    }
    return rows_.back().offset;
}

bool is_before(const Instant& a, const Instant& b) {
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.nanos < b.nanos;
}

Instant instant_of(const Moment& moment, int offset) {
    const std::int64_t minutes =
        (days_from_civil(moment.date) * 24 + moment.hour) * 60 + moment.minute - offset;
    return {minutes * 60 + moment.second, moment.nanos};
}

namespace {

/// The wall clock at `instant`, `offset` minutes east; nothing outside the years 0001 to 9999.
std::optional<Moment> wall_clock(const Instant& instant, int offset) {
    const std::int64_t local = instant.seconds + std::int64_t{offset} * 60;
    const std::int64_t day = local >= 0 ? local / 86'400 : (local - 86'399) / 86'400;
    if (day < days_from_civil({1, 1, 1}) || day > days_from_civil({9999, 12, 31})) return std::nullopt;
    const auto rest = static_cast<int>(local - day * 86'400);
    Moment moment;
    moment.date = civil_from_days(day);
    moment.has_time = true;
    moment.hour = rest / 3600;
    moment.minute = rest / 60 % 60;
    moment.second = rest % 60;
    moment.nanos = instant.nanos;
    moment.offset = offset;
    return moment;
}

std::int64_t local_seconds(const Moment& moment) { return instant_of(moment, 0).seconds; }

}  // namespace

MomentOrError in_zone(const Moment& moment, const Zone& zone) {
    if (!moment.has_time) return moment;
    const int offset = moment.offset ? *moment.offset : zone.offset_of_local(local_seconds(moment));
    const Instant instant = instant_of(moment, offset);
    if (auto moved = wall_clock(instant, zone.offset_at(instant.seconds))) return *moved;
    return tl::make_unexpected(Errc::invalid_date);
}

MomentOrError read_unix(const Decimal& number, DateFormat::Kind kind) {
    constexpr std::int64_t most = 999'999'999'999'999;  // 15 digits
    const auto whole = number.to_int64();
    if (!whole || *whole > most || *whole < -most) return tl::make_unexpected(Errc::invalid_date);
    Instant instant{*whole, 0};
    if (kind == DateFormat::Kind::unix_millis) {
        instant.seconds = *whole >= 0 ? *whole / 1000 : (*whole - 999) / 1000;
        instant.nanos = static_cast<int>(*whole - instant.seconds * 1000) * 1'000'000;
    }
    if (auto moment = wall_clock(instant, 0)) return *moment;
    return tl::make_unexpected(Errc::invalid_date);
}

tl::expected<std::string, Errc> print_instant(const Moment& moment, const Zone* zone) {
    if (!moment.offset && zone == nullptr) return tl::make_unexpected(Errc::missing_offset);
    Moment timed = moment;
    timed.has_time = true;
    auto shown = zone != nullptr ? in_zone(timed, *zone) : in_zone(timed, Zone({{0, 0}}));
    if (!shown) return tl::make_unexpected(shown.error());
    std::string out = print_day(shown->date);
    out += 'T';
    append_padded(out, shown->hour, 2);
    out += ':';
    append_padded(out, shown->minute, 2);
    out += ':';
    append_padded(out, shown->second, 2);
    if (shown->nanos != 0) {
        out += '.';
        append_padded(out, shown->nanos, 9);
        out.erase(out.find_last_not_of('0') + 1);
    }
    append_offset(out, *shown->offset);
    return out;
}

}  // namespace tenon::mapping
