#include "month_names.hpp"
#include "tenon/mapping/date.hpp"

namespace tenon::mapping {

void append_padded(std::string& out, int value, int width) {
    const std::size_t start = out.size();
    out.resize(start + static_cast<std::size_t>(width));
    for (std::size_t i = out.size(); i-- > start; value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

void append_offset(std::string& out, int offset) {
    if (offset == 0) {
        out += 'Z';
        return;
    }
    const int minutes = offset < 0 ? -offset : offset;
    out += offset < 0 ? '-' : '+';
    append_padded(out, minutes / 60, 2);
    out += ':';
    append_padded(out, minutes % 60, 2);
}

std::string print_day(const CivilDate& date) {
    std::string out;
    append_padded(out, date.year, 4);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
    return out;
}

namespace {

using Part = DateFormat::Part;

void append_short(std::string& out, int value) { append_padded(out, value, value < 10 ? 1 : 2); }

/// Everything but the offset, which can be missing.
void append_part(std::string& out, const DateFormat::Token& token, const Moment& moment) {
    const int twelve = moment.hour % 12 == 0 ? 12 : moment.hour % 12;
    const auto month = months[static_cast<std::size_t>(moment.date.month - 1)];
    switch (token.part) {
        case Part::literal:
            out += token.literal;
            return;
        case Part::year:
            return append_padded(out, moment.date.year, 4);
        case Part::month_two:
            return append_padded(out, moment.date.month, 2);
        case Part::month:
            return append_short(out, moment.date.month);
        case Part::month_short:
            out += month.substr(0, 3);
            return;
        case Part::month_long:
            out += month;
            return;
        case Part::day_two:
            return append_padded(out, moment.date.day, 2);
        case Part::day:
            return append_short(out, moment.date.day);
        case Part::hour24_two:
            return append_padded(out, moment.hour, 2);
        case Part::hour24:
            return append_short(out, moment.hour);
        case Part::hour12_two:
            return append_padded(out, twelve, 2);
        case Part::hour12:
            return append_short(out, twelve);
        case Part::minute:
            return append_padded(out, moment.minute, 2);
        case Part::second:
            return append_padded(out, moment.second, 2);
        case Part::millis:
            return append_padded(out, moment.nanos / 1'000'000, 3);
        case Part::am_pm:
            out += moment.hour < 12 ? "AM" : "PM";
            return;
        case Part::offset:
            return append_offset(out, moment.offset.value_or(0));
    }
}

}  // namespace

tl::expected<std::string, Errc> print_date(const Moment& moment, const DateFormat& format) {
    std::string out;
    for (const DateFormat::Token& token : format.tokens()) {
        if (token.part == Part::offset && (!moment.has_time || !moment.offset))
            return tl::make_unexpected(Errc::missing_offset);
        append_part(out, token, moment);
    }
    return out;
}

}  // namespace tenon::mapping
