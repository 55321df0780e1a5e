#pragma once
// Text to number (spec/MAPPING.md 5.2): currency signs, grouping, percent and accounting parentheses are
// read, nothing is guessed. What could mean two numbers is an error that says which setting decides.

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "tenon/base/decimal.hpp"

namespace tenon::mapping {

enum class DecimalMark : unsigned char { dot, comma, automatic };
enum class PercentSign : unsigned char { refuse, fraction, number };

/// `parse.decimal`, `parse.percent` and `parse.currency` of a mapping.
struct NumberReading {
    DecimalMark mark = DecimalMark::dot;
    PercentSign percent = PercentSign::refuse;
    std::string_view currency;  ///< ISO code in capitals; empty = any.
};

/// Errors: invalid_number, ambiguous_number, ambiguous_percent, currency_mismatch, number_out_of_range.
/// The scale of the text is kept (`$50.00` has two fraction digits). Linear in the length of the text.
[[nodiscard]] tl::expected<Decimal, Errc> read_number(std::string_view text, const NumberReading& reading);

/// Full-width forms to ASCII, the minus sign to `-`, every run of white space to one space, ends trimmed.
[[nodiscard]] std::string fold(std::string_view text);

}  // namespace tenon::mapping
