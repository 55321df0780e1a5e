#include <array>

#include "tenon/mapping/date.hpp"

namespace tenon::mapping {
namespace {

using Part = DateFormat::Part;
using Token = DateFormat::Token;

struct Spelling {
    std::string_view text;
    Part part;
};
// Longer spellings of a letter come first: the first that fits is taken.
constexpr Spelling spellings[] = {
    {"YYYY", Part::year}, {"MMMM", Part::month_long}, {"MMM", Part::month_short}, {"MM", Part::month_two},
    {"M", Part::month},   {"DD", Part::day_two},      {"D", Part::day},           {"HH", Part::hour24_two},
    {"H", Part::hour24},  {"hh", Part::hour12_two},   {"h", Part::hour12},        {"mm", Part::minute},
    {"ss", Part::second}, {"SSS", Part::millis},      {"A", Part::am_pm},         {"Z", Part::offset},
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What a token tells, so that two tokens that tell the same can be seen.
enum Field : std::size_t { year, month, day, hour24, hour12, minute, second, millis, am_pm, offset, fields };
std::size_t field_of(Part part) {
    constexpr Field of[] = {fields, year,   month,  month,  month,  month,  day,   day,   hour24,
                            hour24, hour12, hour12, minute, second, millis, am_pm, offset};
    return of[static_cast<std::size_t>(part)];
}

/// Each field at most once, a whole day, and every finer part only with the coarser one.
bool can_be_read(const std::vector<Token>& tokens) {
    std::array<int, fields + 1> count{};
    for (const Token& token : tokens) ++count[field_of(token.part)];
    const int hours = count[hour24] + count[hour12];
    for (std::size_t each = 0; each < fields; ++each)
        if (count[each] > 1) return false;
    return count[year] == 1 && count[month] == 1 && count[day] == 1 && hours <= 1 &&
           count[hour12] == count[am_pm] && count[minute] <= hours && count[second] <= count[minute] &&
           count[millis] <= count[second] && count[offset] <= hours;
}

/// Reads one token; false if the pattern is not in the syntax.
bool take_token(std::string_view& rest, std::vector<Token>& tokens) {
    if (rest[0] == '[') {
        const std::size_t close = rest.find(']');
        if (close == rest.npos) return false;
        tokens.push_back({Part::literal, rest.substr(1, close - 1)});
        rest.remove_prefix(close + 1);
        return true;
    }
    if (!is_letter(rest[0])) {
        tokens.push_back({Part::literal, rest.substr(0, 1)});
        rest.remove_prefix(1);
        return true;
    }
    for (const Spelling& spelling : spellings) {
        if (!rest.starts_with(spelling.text)) continue;
        tokens.push_back({spelling.part, {}});
        rest.remove_prefix(spelling.text.size());
        return true;
    }
    return false;
}

}  // namespace

std::optional<DateFormat> DateFormat::compile(std::string_view pattern, Use use) {
    DateFormat format;
    if (pattern == "unix" || pattern == "unix_ms") {
        if (use == Use::printing) return std::nullopt;
        format.kind_ = pattern == "unix" ? Kind::unix_seconds : Kind::unix_millis;
        return format;
    }
    while (!pattern.empty())
        if (!take_token(pattern, format.tokens_)) return std::nullopt;
    if (use == Use::reading && !can_be_read(format.tokens_)) return std::nullopt;
    return format;
}

}  // namespace tenon::mapping
