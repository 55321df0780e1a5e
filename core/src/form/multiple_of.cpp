#include "multiple_of.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace tenon::form {
namespace {

/// The digits of a number times 10^`scale`, which is at least its own scale.
std::string whole_digits(const Decimal& number, std::size_t scale) {
    std::string digits = number.plain_shortest();
    if (digits[0] == '-') digits.erase(0, 1);
    const std::size_t mark = digits.find('.');
    std::size_t fraction = 0;
    if (mark != std::string::npos) {
        fraction = digits.size() - mark - 1;
        digits.erase(mark, 1);
    }
    digits.append(scale - fraction, '0');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

std::size_t scale_of(const Decimal& number) {
    const std::string text = number.plain_shortest();
    const std::size_t mark = text.find('.');
    return mark == std::string::npos ? 0 : text.size() - mark - 1;
}

/// Limbs of nine digits, lowest first.
using Limbs = std::vector<std::uint32_t>;
constexpr std::uint32_t base = 1'000'000'000;

int compare(const Limbs& a, const Limbs& b) {
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    for (std::size_t i = a.size(); i-- > 0;)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

void times_ten_plus(Limbs& number, std::uint32_t digit) {
    std::uint64_t carry = digit;
    for (std::uint32_t& limb : number) {
        carry += static_cast<std::uint64_t>(limb) * 10;
        limb = static_cast<std::uint32_t>(carry % base);
        carry /= base;
    }
    if (carry > 0) number.push_back(static_cast<std::uint32_t>(carry));
}

/// Needs `other` <= `number`.
void subtract(Limbs& number, const Limbs& other) {
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < number.size(); ++i) {
        std::int64_t limb = static_cast<std::int64_t>(number[i]) - borrow;
        if (i < other.size()) limb -= other[i];
        borrow = limb < 0 ? 1 : 0;
        number[i] = static_cast<std::uint32_t>(limb < 0 ? limb + base : limb);
    }
    while (!number.empty() && number.back() == 0) number.pop_back();
}

Limbs limbs_of(const std::string& digits) {
    Limbs limbs;
    for (const char digit : digits) times_ten_plus(limbs, static_cast<std::uint32_t>(digit - '0'));
    return limbs;
}

}  // namespace

bool is_multiple_of(const Decimal& value, const Decimal& divisor) {
    if (value.is_zero()) return true;
    const std::size_t scale = std::max(scale_of(value), scale_of(divisor));
    const std::string dividend = whole_digits(value, scale);
    const std::string by = whole_digits(divisor, scale);
    constexpr std::size_t fits = 18;
    if (dividend.size() <= fits && by.size() <= fits) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        for (const char digit : dividend) a = a * 10 + static_cast<std::uint64_t>(digit - '0');
        for (const char digit : by) b = b * 10 + static_cast<std::uint64_t>(digit - '0');
        return a % b == 0;
    }
    const Limbs whole = limbs_of(by);
    Limbs rest;
    for (const char digit : dividend) {
        times_ten_plus(rest, static_cast<std::uint32_t>(digit - '0'));
        while (compare(rest, whole) >= 0) subtract(rest, whole);
    }
    return rest.empty();
}

}  // namespace tenon::form
