// Dates: first line a format, second a zone (`+01:00`), rest the text. Printed with what it was read with, a
// moment reads as itself.
#include "fuzz.hpp"
#include "tenon/base/text.hpp"
#include "tenon/mapping/date.hpp"

namespace tenon::fuzz {
namespace {

using mapping::DateFormat;
using mapping::Moment;

Moment moment_of(const mapping::MomentOrError& read, const char* what) {
    require(read.has_value(), what);
    return *read;
}

/// A moment is what its text says: a real day, a real time, an offset of less than a day.
void require_real(const Moment& moment) {
    require(is_valid(moment.date), "a real day");
    require(civil_from_days(days_from_civil(moment.date)) == moment.date, "days count back");
    require(moment.hour >= 0 && moment.hour < 24 && moment.minute >= 0 && moment.minute < 60 &&
                moment.second >= 0 && moment.second < 60 && moment.nanos >= 0 && moment.nanos < 1'000'000'000,
            "a real time");
    if (moment.offset) require(*moment.offset > -1440 && *moment.offset < 1440, "a real offset");
}

void check_iso(std::string_view text, const mapping::Zone* zone) {
    const auto read = mapping::read_date(text);
    if (!read) return;
    require_real(*read);
    const auto printed = mapping::print_instant(*read, zone);
    if (!printed) return;
    const Moment again = moment_of(mapping::read_date(*printed), "a printed instant can be read");
    require(again.offset.has_value(), "a printed instant has an offset");
    require_equal(mapping::print_instant(again, zone).value_or("?"), *printed,
                  "printing an instant is a fixed point");
    if (read->offset && read->has_time)
        require(mapping::instant_of(*read, *read->offset) == mapping::instant_of(again, *again.offset),
                "the same instant in another zone");
}

void check_format(std::string_view pattern, std::string_view text) {
    const auto reading = DateFormat::compile(pattern, DateFormat::Use::reading);
    const auto printing = DateFormat::compile(pattern, DateFormat::Use::printing);
    if (!reading) return;
    if (reading->kind() == DateFormat::Kind::tokens)
        require(printing.has_value(), "what can be read by can be printed by");
    const auto read = mapping::read_date(text, *reading);
    if (!read) return;
    require_real(*read);
    if (reading->kind() != DateFormat::Kind::tokens) return;
    const auto printed = mapping::print_date(*read, *printing);
    if (!printed) return;
    const Moment again = moment_of(mapping::read_date(*printed, *reading), "a printed date can be read");
    require(again.date == read->date, "the same day");
    require_equal(mapping::print_date(again, *printing).value_or("?"), *printed,
                  "printing a date is a fixed point");
}

}  // namespace

void run(std::string_view input) {
    Parts parts(input);
    const std::string_view pattern = parts.line(), zone_text = parts.line(), text = parts.rest();
    if (!text::is_utf8(input)) return;
    const auto zone = mapping::Zone::fixed(zone_text);
    {
        const MemoryBound bound(input.size(), 4 * kilobytes, 128);
        (void)DateFormat::compile(pattern, DateFormat::Use::printing);
        (void)mapping::read_date(text);
    }
    check_iso(text, zone ? &*zone : nullptr);
    check_format(pattern, text);
    if (const auto time = from_rfc3339(text))
        require(from_rfc3339(to_rfc3339(*time)) == time, "RFC 3339 there and back");
}

}  // namespace tenon::fuzz
