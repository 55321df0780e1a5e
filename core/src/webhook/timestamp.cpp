#include "timestamp.hpp"

#include <array>
#include <chrono>

namespace tenon::webhook {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // day 0
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t imf_length = 29;  // Tue, 14 Nov 2023 22:13:20 GMT

/// `[1-9][0-9]{0,14}`
std::optional<std::int64_t> whole_number(std::string_view text) {
    if (text.empty() || text.size() > 15 || text[0] == '0') return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Exactly `digits` digits at `at`.
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char c : text.substr(at, digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// RFC 9110 5.6.7, IMF-fixdate only.
std::optional<UnixTime> parse_imf(std::string_view text) {
    if (text.size() != imf_length || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' ||
        text[16] != ' ' || text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT")
        return std::nullopt;
    const auto day = number_at(text, 5, 2);
    const auto year = number_at(text, 12, 4);
    const auto hour = number_at(text, 17, 2);
    const auto minute = number_at(text, 20, 2);
    const auto second = number_at(text, 23, 2);
    int month = 0;
    for (std::size_t i = 0; i < months.size(); ++i)
        if (text.substr(8, 3) == months[i]) month = static_cast<int>(i) + 1;
    if (!day || !year || !hour || !minute || !second || month == 0) return std::nullopt;
    const CivilDate date{*year, month, *day};
    if (!is_valid(date) || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    const std::int64_t days = days_from_civil(date);
    if (text.substr(0, 3) != weekdays[static_cast<std::size_t>(((days % 7) + 7) % 7)]) return std::nullopt;
    const std::int64_t seconds = ((days * 24 + *hour) * 60 + *minute) * 60 + *second;
    return UnixTime(std::chrono::milliseconds(seconds * 1000));
}

std::string two_digits(std::int64_t value) {
    return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

std::string format_imf(UnixTime time) {
    const std::int64_t ms = time.time_since_epoch().count();
    const std::int64_t seconds = ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
    const std::int64_t days = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0);
    const std::int64_t in_day = seconds - days * 86400;
    const CivilDate date = civil_from_days(days);
    std::string out(weekdays[static_cast<std::size_t>(((days % 7) + 7) % 7)]);
    out += ", " + two_digits(date.day) + ' ';
    out += months[static_cast<std::size_t>(date.month - 1)];
    out += ' ' + two_digits(date.year / 100) + two_digits(date.year % 100) + ' ';
    out += two_digits(in_day / 3600) + ':' + two_digits(in_day / 60 % 60) + ':' + two_digits(in_day % 60);
    return out + " GMT";
}

std::string number_text(std::int64_t value) {
    std::string digits;
    for (; value > 0; value /= 10) digits.insert(digits.begin(), static_cast<char>('0' + value % 10));
    return digits.empty() ? "0" : digits;
}

/// From JSON a value of the wrong kind is there, but can't be read.
TimestampReading read_json_timestamp(Request& request, const TimestampRule& rule) {
    const BodyJson* document = request.json();
    if (document == nullptr) return {std::nullopt, Errc::timestamp_malformed};
    const auto node = document->find_one(request.base(), rule.from.path);
    if (!node) return {std::nullopt, Errc::timestamp_missing};
    const NodeKind kind = document->kind(*node);
    if (kind == NodeKind::boolean || (rule.must_be_number && kind != NodeKind::number))
        return {std::nullopt, Errc::timestamp_malformed};
    std::string storage;
    const auto text = document->text_of(*node, storage);
    if (!text) return {std::nullopt, Errc::timestamp_malformed};
    if (text->empty()) return {std::nullopt, Errc::timestamp_missing};
    return {parse_timestamp(*text, rule.format), Errc::timestamp_malformed};
}

std::optional<std::int64_t> configured_tolerance_ms(const json::Object& config) {
    const json::Value* value = config.find("tolerance_s");
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const auto scaled = value->as_number().scaled(3);
    return scaled ? scaled->to_int64() : std::nullopt;
}

}  // namespace

std::optional<UnixTime> parse_timestamp(std::string_view text, TimeFormat format) {
    switch (format) {
        case TimeFormat::unix_seconds:
            if (const auto seconds = whole_number(text))
                return UnixTime(std::chrono::milliseconds(*seconds * 1000));
            return std::nullopt;
        case TimeFormat::unix_milliseconds:
            if (const auto ms = whole_number(text)) return UnixTime(std::chrono::milliseconds(*ms));
            return std::nullopt;
        case TimeFormat::rfc3339:
            return from_rfc3339(text);
        case TimeFormat::iso_utc:
            return from_rfc3339(std::string(text) + 'Z');
        case TimeFormat::imf_fixdate:
            return parse_imf(text);
    }
    return std::nullopt;
}

std::string format_timestamp(UnixTime time, TimeFormat format) {
    const std::int64_t ms = time.time_since_epoch().count();
    switch (format) {
        case TimeFormat::unix_seconds:
            return number_text(ms / 1000);
        case TimeFormat::unix_milliseconds:
            return number_text(ms);
        case TimeFormat::rfc3339:
            return to_rfc3339(time);
        case TimeFormat::iso_utc: {
            std::string out = to_rfc3339(time);
            out.pop_back();
            return out;
        }
        case TimeFormat::imf_fixdate:
            return format_imf(time);
    }
    return {};
}

TimestampReading read_timestamp(Request& request, const TimestampRule& rule) {
    if (rule.from.kind == PartKind::json) return read_json_timestamp(request, rule);
    const auto text = request.value(rule.from);
    if (!text || text->empty()) return {std::nullopt, Errc::timestamp_missing};
    return {parse_timestamp(*text, rule.format), Errc::timestamp_malformed};
}

bool is_inside_window(const TimestampRule& rule, const json::Object& config, UnixTime time, UnixTime now) {
    const auto configured = configured_tolerance_ms(config);
    const auto tolerance = configured ? configured : rule.tolerance_ms;
    const std::int64_t age = (now - time).count();
    if (age < 0) {
        const auto future = rule.max_future_ms ? rule.max_future_ms : tolerance;
        return !future || -age <= *future;
    }
    return !tolerance || age <= *tolerance;
}

}  // namespace tenon::webhook
