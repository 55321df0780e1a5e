#include "tenon/mapping/date.hpp"

#include "month_names.hpp"
#include "tenon/base/text.hpp"

namespace tenon::mapping {
namespace {

using Part = DateFormat::Part;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Walks over a text; every take returns false and changes nothing that counts when the text differs.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    bool take(char c) {
        if (rest_.empty() || rest_[0] != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool take_any(std::string_view characters) {
        if (rest_.empty() || characters.find(rest_[0]) == characters.npos) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool take(std::string_view literal) {
        if (!rest_.starts_with(literal)) return false;
        rest_.remove_prefix(literal.size());
        return true;
    }

    bool take_ignoring_case(std::string_view word) {
        if (!text::equal_ignoring_case(rest_.substr(0, word.size()), word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    /// At least `least` and at most `most` digits.
    bool take_number(int least, int most, int& value) {
        int count = 0;
        value = 0;
        while (count < most && !rest_.empty() && is_digit(rest_[0])) {
            value = value * 10 + (rest_[0] - '0');
            rest_.remove_prefix(1);
            ++count;
        }
        return count >= least;
    }

    /// `.` and 1 to 9 digits, as nanoseconds. No point is no fraction.
    bool take_fraction(int& nanos) {
        nanos = 0;
        if (!take('.')) return true;
        int count = 0;
        while (count < 9 && !rest_.empty() && is_digit(rest_[0])) {
            nanos = nanos * 10 + (rest_[0] - '0');
            rest_.remove_prefix(1);
            ++count;
        }
        if (count == 0) return false;
        for (; count < 9; ++count) nanos *= 10;
        return true;
    }

    enum class Colon : unsigned char { required, optional };
    /// `Z`, `z` or an offset below 24 hours.
    bool take_offset(std::optional<int>& offset, Colon colon) {
        if (take_any("Zz")) {
            offset = 0;
            return true;
        }
        const bool west = rest_.starts_with('-');
        int hours = 0;
        int minutes = 0;
        if (!take_any("+-") || !take_number(2, 2, hours)) return false;
        if (!take(':') && colon == Colon::required) return false;
        if (!take_number(2, 2, minutes) || hours > 23 || minutes > 59) return false;
        offset = (west ? -1 : 1) * (hours * 60 + minutes);
        return true;
    }

private:
    std::string_view rest_;
};

bool is_valid_time(const Moment& moment) {
    return moment.hour <= 23 && moment.minute <= 59 && moment.second <= 59;
}

/// Two numbers of one or two digits and a year of four: day and month could be either way round.
bool looks_ambiguous(std::string_view text) {
    constexpr std::string_view separators = "/.- ";
    Cursor cursor(text);
    int ignored = 0;
    for (int part = 0; part < 2; ++part)
        if (!cursor.take_number(1, 2, ignored) || !cursor.take_any(separators)) return false;
    return cursor.take_number(4, 4, ignored) && (cursor.at_end() || cursor.take_any(" T,"));
}

bool read_iso(std::string_view text, Moment& moment) {
    Cursor cursor(text);
    CivilDate& date = moment.date;
    if (!cursor.take_number(4, 4, date.year) || !cursor.take('-') || !cursor.take_number(2, 2, date.month) ||
        !cursor.take('-') || !cursor.take_number(2, 2, date.day) || !is_valid(date))
        return false;
    if (cursor.at_end()) return true;
    moment.has_time = true;
    if (!cursor.take_any("Tt ") || !cursor.take_number(2, 2, moment.hour) || !cursor.take(':') ||
        !cursor.take_number(2, 2, moment.minute))
        return false;
    if (cursor.take(':') && (!cursor.take_number(2, 2, moment.second) || !cursor.take_fraction(moment.nanos)))
        return false;
    if (!cursor.at_end() && !cursor.take_offset(moment.offset, Cursor::Colon::required)) return false;
    return cursor.at_end() && is_valid_time(moment);
}

/// The month whose name (or its first `length` letters) comes next; 0 if none does.
int take_month(Cursor& cursor, std::size_t length) {
    for (std::size_t i = 0; i < months.size(); ++i)
        if (cursor.take_ignoring_case(months[i].substr(0, length))) return static_cast<int>(i) + 1;
    return 0;
}

/// Reads by the tokens of a format; a twelve-hour clock is resolved at the end, when AM or PM is known.
class FormatReader {
public:
    explicit FormatReader(std::string_view text) : cursor_(text) {}

    bool read(const DateFormat& format, Moment& moment) {
        for (const DateFormat::Token& token : format.tokens())
            if (!take(token, moment)) return false;
        if (twelve_hours_) {
            if (moment.hour < 1 || moment.hour > 12) return false;
            moment.hour = moment.hour % 12 + (afternoon_ ? 12 : 0);
        }
        return cursor_.at_end() && is_valid(moment.date) && is_valid_time(moment);
    }

private:
    bool take(const DateFormat::Token& token, Moment& moment) {
        switch (token.part) {
            case Part::literal:
                return cursor_.take(token.literal);
            case Part::year:
                return cursor_.take_number(4, 4, moment.date.year);
            case Part::month_two:
                return cursor_.take_number(2, 2, moment.date.month);
            case Part::month:
                return cursor_.take_number(1, 2, moment.date.month);
            case Part::month_short:
                return (moment.date.month = take_month(cursor_, 3)) != 0;
            case Part::month_long:
                return (moment.date.month = take_month(cursor_, std::string_view::npos)) != 0;
            case Part::day_two:
                return cursor_.take_number(2, 2, moment.date.day);
            case Part::day:
                return cursor_.take_number(1, 2, moment.date.day);
            default:
                return take_time(token.part, moment);
        }
    }

    bool take_time(Part part, Moment& moment) {
        int millis = 0;
        switch (part) {
            case Part::hour12_two:
            case Part::hour12:
                twelve_hours_ = true;
                [[fallthrough]];
            case Part::hour24_two:
            case Part::hour24:
                moment.has_time = true;
                return cursor_.take_number(part == Part::hour24_two || part == Part::hour12_two ? 2 : 1, 2,
                                           moment.hour);
            case Part::minute:
                return cursor_.take_number(2, 2, moment.minute);
            case Part::second:
                return cursor_.take_number(2, 2, moment.second);
            case Part::millis:
                if (!cursor_.take_number(3, 3, millis)) return false;
                moment.nanos = millis * 1'000'000;
                return true;
            case Part::am_pm:
                afternoon_ = cursor_.take_ignoring_case("PM");
                return afternoon_ || cursor_.take_ignoring_case("AM");
            default:
                return cursor_.take_offset(moment.offset, Cursor::Colon::optional);
        }
    }

    Cursor cursor_;
    bool twelve_hours_ = false;
    bool afternoon_ = false;
};

MomentOrError read_unix_text(std::string_view text, DateFormat::Kind kind) {
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 15) return tl::make_unexpected(Errc::invalid_date);
    std::int64_t value = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return tl::make_unexpected(Errc::invalid_date);
        value = value * 10 + (c - '0');
    }
    return read_unix(Decimal(text.starts_with('-') ? -value : value), kind);
}

}  // namespace

MomentOrError read_date(std::string_view text) {
    Moment moment;
    if (read_iso(text, moment)) return moment;
    return tl::make_unexpected(looks_ambiguous(text) ? Errc::ambiguous_date : Errc::invalid_date);
}

MomentOrError read_date(std::string_view text, const DateFormat& format) {
    if (format.kind() != DateFormat::Kind::tokens) return read_unix_text(text, format.kind());
    Moment moment;
    if (FormatReader(text).read(format, moment)) return moment;
    return tl::make_unexpected(Errc::invalid_date);
}

}  // namespace tenon::mapping
