#pragma once
// Dates and times as people write them (spec/MAPPING.md 5.4): read strictly, converted through zone tables
// that come with the config, printed by the same tokens. No clock, no locale, no time zone database.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "tenon/base/decimal.hpp"
#include "tenon/base/time.hpp"

namespace tenon::mapping {

/// What was written: a day, perhaps a time of that day, perhaps an offset from UTC.
struct Moment {
    CivilDate date;
    bool has_time = false;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanos = 0;
    std::optional<int> offset;  ///< Minutes east of UTC.
};

/// A point in time.
struct Instant {
    std::int64_t seconds = 0;  ///< Since 1970-01-01T00:00:00Z.
    int nanos = 0;
    friend bool operator==(const Instant&, const Instant&) = default;
};
[[nodiscard]] bool is_before(const Instant& a, const Instant& b);
/// The instant of a moment that has an offset.
[[nodiscard]] Instant instant_of(const Moment& moment, int offset);

/// Offsets from UTC by time. Rows ascend; the first also holds before its instant, the last for ever.
class Zone {
public:
    struct Row {
        std::int64_t from = 0;
        int offset = 0;
    };
    explicit Zone(std::vector<Row> rows) : rows_(std::move(rows)) {}
    /// `Z` or `±HH:MM`; nothing for another text.
    [[nodiscard]] static std::optional<Zone> fixed(std::string_view text);

    [[nodiscard]] int offset_at(std::int64_t seconds) const;
    /// Offset that a local time has. In a gap or an overlap: the one before the transition.
    [[nodiscard]] int offset_of_local(std::int64_t local_seconds) const;

private:
    std::vector<Row> rows_;  // never empty
};

/// A pattern of tokens: `YYYY MM M DD D MMM MMMM HH H hh h mm ss SSS A Z [literal]`, `unix` or `unix_ms`.
class DateFormat {
public:
    enum class Use : std::uint8_t { reading, printing };
    enum class Kind : std::uint8_t { tokens, unix_seconds, unix_millis };
    enum class Part : std::uint8_t {
        literal,
        year,
        month_two,
        month,
        month_short,
        month_long,
        day_two,
        day,
        hour24_two,
        hour24,
        hour12_two,
        hour12,
        minute,
        second,
        millis,
        am_pm,
        offset
    };
    struct Token {
        Part part = Part::literal;
        std::string_view literal;
    };

    /// Nothing if the pattern is not in the syntax or, for reading, does not name one day. Views point into
    /// `pattern`.
    [[nodiscard]] static std::optional<DateFormat> compile(std::string_view pattern, Use use);

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }

private:
    Kind kind_ = Kind::tokens;
    std::vector<Token> tokens_;
};

using MomentOrError = tl::expected<Moment, Errc>;

/// ISO 8601 as spec/MAPPING.md allows it; `text` is trimmed by the caller. Errors: ambiguous_date,
/// invalid_date.
[[nodiscard]] MomentOrError read_date(std::string_view text);
/// By a format of kind tokens or of unix seconds or milliseconds. Errors: invalid_date.
[[nodiscard]] MomentOrError read_date(std::string_view text, const DateFormat& format);
/// A number, for the unix kinds only. Errors: invalid_date.
[[nodiscard]] MomentOrError read_unix(const Decimal& number, DateFormat::Kind kind);

/// The moment seen from `zone`: a local time gets its offset, one with an offset is moved. Without a time
/// nothing changes. Errors: invalid_date when the day leaves 0001 to 9999.
[[nodiscard]] MomentOrError in_zone(const Moment& moment, const Zone& zone);

/// `2026-01-31`.
[[nodiscard]] std::string print_day(const CivilDate& date);
/// The instant in `zone` (UTC when null), `2026-01-31T10:00:00.5+01:00`. A moment without time is its
/// midnight. Errors: missing_offset for a local time without zone, invalid_date outside 0001 to 9999.
[[nodiscard]] tl::expected<std::string, Errc> print_instant(const Moment& moment, const Zone* zone);
/// By tokens. Errors: missing_offset when `Z` is asked for and there is none.
[[nodiscard]] tl::expected<std::string, Errc> print_date(const Moment& moment, const DateFormat& format);
/// `Z` or `±HH:MM` appended.
void append_offset(std::string& out, int offset);
/// `value` (not negative) with leading zeros; a longer number is cut at the left.
void append_padded(std::string& out, int value, int width);

}  // namespace tenon::mapping
