#include "tenon/base/time.hpp"

namespace tenon {
namespace {

constexpr int days_in_month[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr std::int64_t days_per_era = 146'097;            // 400 Gregorian years
constexpr std::int64_t epoch_from_march_first = 719'468;  // days from 0000-03-01 to 1970-01-01
constexpr std::size_t most_fraction_digits = 9;

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// Walks over a text of fixed layout; once something does not fit, `ok` stays false.
struct Scanner {
    std::string_view text;
    std::size_t at = 0;
    bool ok = true;

    bool take(char wanted) {
        if (at >= text.size() || text[at] != wanted) return false;
        ++at;
        return true;
    }
    void expect(char wanted) { ok = take(wanted) && ok; }
    bool at_digit() const { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }
    int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; ++i) {
            ok = ok && at_digit();
            if (!ok) return 0;
            value = value * 10 + (text[at++] - '0');
        }
        return value;
    }
};

/// Milliseconds; further digits are cut off.
int take_fraction(Scanner& scan) {
    int milliseconds = 0;
    std::size_t count = 0;
    // After an earlier mistake no digit is taken any more: without `ok` this would never end.
    for (int unit = 100; scan.ok && scan.at_digit(); unit /= 10, ++count)
        milliseconds += unit * scan.digits(1);
    if (count == 0 || count > most_fraction_digits) scan.ok = false;
    return milliseconds;
}

/// Minutes east of UTC.
int take_offset(Scanner& scan) {
    if (scan.take('Z')) return 0;
    const bool west = scan.take('-');
    if (!west) scan.expect('+');
    const int hours = scan.digits(2);
    scan.expect(':');
    const int minutes = scan.digits(2);
    if (hours > 23 || minutes > 59) scan.ok = false;
    return (west ? -1 : 1) * (hours * 60 + minutes);
}

void append_padded(std::string& out, int value, int width) {
    char digits[4] = {'0', '0', '0', '0'};
    for (int i = width; i-- > 0; value /= 10) digits[i] = static_cast<char>('0' + value % 10);
    out.append(digits, static_cast<std::size_t>(width));
}

}  // namespace

bool is_valid(const CivilDate& date) {
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1) return false;
    return date.day <= days_in_month[date.month - 1] + (date.month == 2 && is_leap(date.year) ? 1 : 0);
}

// Both directions count years from 1 March, so that the leap day is the last one of its year.
std::int64_t days_from_civil(const CivilDate& date) {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month = (date.month + 9) % 12;  // March = 0
    const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * days_per_era + day_of_era - epoch_from_march_first;
}

CivilDate civil_from_days(std::int64_t days) {
    days += epoch_from_march_first;
    const std::int64_t era = (days >= 0 ? days : days - (days_per_era - 1)) / days_per_era;
    const std::int64_t day_of_era = days - era * days_per_era;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / (days_per_era - 1)) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;  // March = 0
    CivilDate date;
    date.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

std::optional<UnixTime> from_rfc3339(std::string_view text) {
    Scanner scan{text};
    CivilDate date;
    date.year = scan.digits(4);
    scan.expect('-');
    date.month = scan.digits(2);
    scan.expect('-');
    date.day = scan.digits(2);
    scan.expect('T');
    const int hour = scan.digits(2);
    scan.expect(':');
    const int minute = scan.digits(2);
    scan.expect(':');
    const int second = scan.digits(2);
    const int milliseconds = scan.take('.') ? take_fraction(scan) : 0;
    const int offset = take_offset(scan);
    if (!scan.ok || scan.at != text.size() || !is_valid(date) || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    const std::int64_t minutes = days_from_civil(date) * 1440 + std::int64_t{hour} * 60 + minute - offset;
    return UnixTime(std::chrono::milliseconds((minutes * 60 + second) * 1000 + milliseconds));
}

std::string to_rfc3339(UnixTime time) {
    constexpr std::int64_t day = 86'400'000;
    const std::int64_t total = time.time_since_epoch().count();
    const std::int64_t days = total / day - (total % day < 0 ? 1 : 0);
    const CivilDate date = civil_from_days(days);
    const auto rest = static_cast<int>(total - days * day);
    std::string out;
    append_padded(out, date.year, 4);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
    out += 'T';
    append_padded(out, rest / 3'600'000, 2);
    out += ':';
    append_padded(out, rest / 60'000 % 60, 2);
    out += ':';
    append_padded(out, rest / 1000 % 60, 2);
    if (rest % 1000 != 0) {
        out += '.';
        append_padded(out, rest % 1000, 3);
    }
    out += 'Z';
    return out;
}

}  // namespace tenon
