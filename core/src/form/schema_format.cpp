#include "schema_format.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "ecma_pattern.hpp"
#include "email_format.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/time.hpp"
#include "uri_format.hpp"

namespace tenon::form {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// The number that exactly `count` digits at `at` write, which they move behind; nothing for anything else.
std::optional<int> take_digits(std::string_view text, std::size_t& at, int count) {
    int value = 0;
    for (int i = 0; i < count; ++i, ++at) {
        if (at >= text.size() || !is_digit(text[at])) return std::nullopt;
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool is_date(std::string_view text) {
    std::size_t at = 0;
    const std::optional<int> year = take_digits(text, at, 4);
    if (!year || text.substr(at++, 1) != "-") return false;
    const std::optional<int> month = take_digits(text, at, 2);
    if (!month || text.substr(at++, 1) != "-") return false;
    const std::optional<int> day = take_digits(text, at, 2);
    // The year 0 exists in RFC 3339 and is a leap year like 2000.
    return day && at == text.size() && is_valid({*year == 0 ? 2000 : *year, *month, *day});
}

/// Minutes east of UTC.
std::optional<int> read_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    std::size_t at = 1;
    const std::optional<int> hours = take_digits(text, at, 2);
    const std::optional<int> minutes = take_digits(text, ++at, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

/// RFC 3339 full-time. A leap second is the last one of a day in UTC.
bool is_time(std::string_view text) {
    std::size_t at = 0;
    const std::optional<int> hour = take_digits(text, at, 2);
    if (!hour || text.substr(at++, 1) != ":") return false;
    const std::optional<int> minute = take_digits(text, at, 2);
    if (!minute || text.substr(at++, 1) != ":") return false;
    const std::optional<int> second = take_digits(text, at, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return false;
    if (text.substr(at, 1) == ".") {
        const std::size_t from = ++at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == from) return false;
    }
    const std::optional<int> offset = read_offset(text.substr(at));
    constexpr int day = 24 * 60;
    return offset && (*second < 60 || (*hour * 60 + *minute - *offset + day) % day == day - 1);
}

bool is_date_time(std::string_view text) {
    return text.size() > 11 && is_date(text.substr(0, 10)) && (text[10] == 'T' || text[10] == 't') &&
           is_time(text.substr(11));
}

/// RFC 3339, appendix A: units in order, none left out between two; weeks alone.
bool is_duration(std::string_view text) {
    if (text.size() < 3 || text[0] != 'P') return false;
    std::string_view units = "YMD";
    std::size_t at = 1;
    std::size_t previous = std::string_view::npos;
    bool in_time = false;
    while (at < text.size()) {
        if (text[at] == 'T' && !in_time) {
            in_time = true;
            units = "HMS";
            previous = std::string_view::npos;
            if (++at == text.size()) return false;
        }
        const std::size_t from = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == from || at == text.size()) return false;
        if (text[at] == 'W') return !in_time && from == 1 && at + 1 == text.size();
        const std::size_t unit = units.find(text[at++]);
        if (unit == std::string_view::npos) return false;
        if (previous != std::string_view::npos && unit != previous + 1) return false;
        previous = unit;
    }
    return true;
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

bool is_relative_json_pointer(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == 0 || (at > 1 && text[0] == '0')) return false;
    return text.substr(at) == "#" || json::is_pointer(text.substr(at));
}

bool is_ascii_email(std::string_view text) { return is_email(text, UriLetters::ascii); }
bool is_idn_email(std::string_view text) { return is_email(text, UriLetters::unicode); }
bool is_ascii_hostname(std::string_view text) { return is_hostname(text, UriLetters::ascii); }
bool is_absolute_uri(std::string_view text) { return is_uri(text, UriKind::absolute, UriLetters::ascii); }
bool is_uri_reference(std::string_view text) { return is_uri(text, UriKind::reference, UriLetters::ascii); }
bool is_absolute_iri(std::string_view text) { return is_uri(text, UriKind::absolute, UriLetters::unicode); }
bool is_iri_reference(std::string_view text) { return is_uri(text, UriKind::reference, UriLetters::unicode); }

struct FormatRow {
    std::string_view name;
    bool (*check)(std::string_view);  // null: not checked
};

constexpr FormatRow rows[] = {
    {"date", is_date},
    {"time", is_time},
    {"date-time", is_date_time},
    {"duration", is_duration},
    {"email", is_ascii_email},
    {"hostname", is_ascii_hostname},
    {"ipv4", is_ipv4},
    {"ipv6", is_ipv6},
    {"uri", is_absolute_uri},
    {"uri-reference", is_uri_reference},
    {"iri", is_absolute_iri},
    {"iri-reference", is_iri_reference},
    {"uuid", is_uuid},
    {"json-pointer", json::is_pointer},
    {"relative-json-pointer", is_relative_json_pointer},
    {"idn-email", is_idn_email},
    {"uri-template", is_uri_template},
    {"regex", is_ecma_pattern},
    {"idn-hostname", nullptr},  // wants the tables of IDNA 2008
};

const FormatRow* find_format(std::string_view name) {
    for (const FormatRow& row : rows)
        if (row.name == name) return &row;
    return nullptr;
}

}  // namespace

FormatSupport format_support(std::string_view format) {
    const FormatRow* row = find_format(format);
    if (row == nullptr) return FormatSupport::unknown;
    return row->check == nullptr ? FormatSupport::not_checked : FormatSupport::checked;
}

bool has_format(std::string_view format, std::string_view text) {
    const FormatRow* row = find_format(format);
    return row != nullptr && row->check != nullptr && row->check(text);
}

}  // namespace tenon::form
