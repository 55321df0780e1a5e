#include "http_date.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tenon::execution {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The number of a digit group, or -1.
int digits(std::string_view text) {
    int out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        out = out * 10 + (c - '0');
    }
    return out;
}

}  // namespace

std::optional<UnixTime> from_http_date(std::string_view text) {
    constexpr std::string_view form = "Www, DD Mmm YYYY hh:mm:ss GMT";
    if (text.size() != form.size()) return std::nullopt;
    for (const std::size_t fixed : {3U, 4U, 7U, 11U, 16U, 19U, 22U, 25U, 26U, 27U, 28U})
        if (text[fixed] != form[fixed]) return std::nullopt;
    const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
    const int day = digits(text.substr(5, 2)), year = digits(text.substr(12, 4));
    const int hour = digits(text.substr(17, 2)), minute = digits(text.substr(20, 2));
    const int second = digits(text.substr(23, 2));
    if (month == months.end() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59)
        return std::nullopt;
    const CivilDate date{year, static_cast<int>(month - months.begin()) + 1, day};
    if (year < 1970 || !is_valid(date)) return std::nullopt;
    const std::int64_t days = days_from_civil(date);
    if (weekdays[static_cast<std::size_t>(days % 7)] != text.substr(0, 3)) return std::nullopt;
    return UnixTime(std::chrono::seconds(((days * 24 + hour) * 60 + minute) * 60 + second));
}

}  // namespace tenon::execution
