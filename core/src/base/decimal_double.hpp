#pragma once
// Decimal -> nearest double -> shortest decimal, in whole numbers only: every compiler gives the same digits,
// and none of strtod, printf or to_chars (118 kB of tables in WebAssembly) is linked.

#include <string_view>

namespace tenon {

/// The shortest digits that read back as one double (ECMAScript Number::toString, steps for k and n).
/// value = 0.d1d2… * 10^point; no digits: zero.
struct ShortestDigits {
    char digits[18] = {};
    int count = 0;
    int point = 0;

    [[nodiscard]] std::string_view view() const { return {digits, static_cast<std::size_t>(count)}; }
};

/// Of the double nearest to `digits` * 10^`exponent` (ties to even). `digits`: 1 to 100 decimal digits, the
/// first one not zero; the value lies below the largest double's upper half-way point and above 10^-325.
[[nodiscard]] ShortestDigits shortest_digits(std::string_view digits, int exponent);

}  // namespace tenon
