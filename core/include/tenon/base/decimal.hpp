#pragma once
// Exact decimal numbers (spec/MAPPING.md 3.2): sign, digits and scale; no floating point arithmetic anywhere.
// A number of JSON and a number of a text are the same thing here, so 20-digit ids pass through unharmed.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tenon/base/result.hpp"

namespace tenon {

enum class Rounding : std::uint8_t { half_up, half_even, up, down, floor, ceiling };

/// Invariants: (1) zero is never negative; (2) at most limits::number_digits significant digits, a leading
/// digit between 10^-324 and 10^308, at most limits::number_fraction_digits fraction digits, and a finite
/// nearest double.
class Decimal {
public:
    Decimal() = default;
    Decimal(std::int64_t value);  // NOLINT(google-explicit-constructor): a whole number is a decimal

    /// Reads `[-]digits[.digits][(e|E)[+-]digits]` (JSON's grammar, but leading zeros and an empty integer
    /// part are the caller's business). Trailing fraction zeros are kept: a text keeps its scale (`50.00`).
    /// Errors: invalid_number for another grammar, number_out_of_range.
    [[nodiscard]] static Result<Decimal> parse(std::string_view text);
    /// The same for a JSON number token, which loses trailing fraction zeros.
    [[nodiscard]] static Result<Decimal> parse_json(std::string_view token);

    [[nodiscard]] bool is_zero() const;
    [[nodiscard]] bool is_negative() const { return negative_; }
    /// True if no fraction digit other than zero is left.
    [[nodiscard]] bool is_whole() const;
    /// True if the canonical text is not numerically equal: more digits than a double holds.
    [[nodiscard]] bool is_inexact() const;
    /// The value if whole and within int64.
    [[nodiscard]] std::optional<std::int64_t> to_int64() const;

    /// ECMAScript Number::toString of the nearest double (RFC 8785 3.2.2.3).
    [[nodiscard]] std::string canonical() const;
    /// All digits, no exponent, scale kept: `-0.050`.
    [[nodiscard]] std::string plain() const;
    /// As plain(), trailing fraction zeros removed: how an inexact number is written.
    [[nodiscard]] std::string plain_shortest() const;
    /// Appends canonical() or, for an inexact number, plain_shortest(): the text form of spec/MAPPING.md 5.1.
    void append_text(std::string& out) const;
    /// The nearest double as a decimal (type `number`): canonical() read again. Exact numbers stay as they
    /// are.
    [[nodiscard]] Decimal nearest_double() const;

    /// Rounded to `digits` fraction digits; the result has exactly that scale.
    [[nodiscard]] Result<Decimal> rounded(int digits, Rounding mode) const;
    /// Times 10^power, exact; trailing zeros are not invented (19.99 * 10^2 = 1999). Errors:
    /// number_out_of_range.
    [[nodiscard]] Result<Decimal> scaled(int power) const;
    [[nodiscard]] Decimal negated() const;

    /// Numeric comparison: 1.0 equals 1.
    [[nodiscard]] std::strong_ordering compare(const Decimal& other) const;
    friend bool operator==(const Decimal& a, const Decimal& b) { return a.compare(b) == 0; }

private:
    struct Digits;
    // `digits` may have leading zeros; they go, and a zero loses its sign.
    [[nodiscard]] static Decimal make(bool negative, std::string_view digits, std::int64_t scale);
    [[nodiscard]] static Result<Decimal> make_checked(bool negative, std::string_view digits,
                                                      std::int64_t scale);
    [[nodiscard]] bool is_surely_exact() const;
    [[nodiscard]] std::optional<std::string> inexact_canonical() const;

    // value = (negative ? -1 : 1) * integer(digits_) * 10^-scale_. Up to 18 digits live in small_ (digits_
    // empty).
    std::string digits_;
    std::uint64_t small_ = 0;
    std::int32_t scale_ = 0;  // may be negative while reading 1e300; >= 0 where a text's scale counts
    bool negative_ = false;
};

}  // namespace tenon
