#include "tenon/base/decimal.hpp"

#include <algorithm>
#include <cstddef>

#include "decimal_double.hpp"
#include "tenon/base/limits.hpp"

namespace tenon {
namespace {

constexpr std::size_t small_digits = 18;
constexpr std::size_t exact_digits = 15;  // any decimal this short survives a double
constexpr std::uint64_t largest_of_exact_digits = 999'999'999'999'999ULL;
constexpr std::uint64_t exact_whole = 1ULL << 53;  // and so does any whole number up to here

/// Writes `digits` * 10^-`scale` without an exponent.
void append_plain(std::string& out, std::string_view digits, std::int64_t scale) {
    const auto count = static_cast<std::int64_t>(digits.size());
    if (scale <= 0) {
        out += digits.empty() ? std::string_view("0") : digits;
        if (!digits.empty()) out.append(static_cast<std::size_t>(-scale), '0');
    } else if (count <= scale) {
        out += "0.";
        out.append(static_cast<std::size_t>(scale - count), '0');
        out += digits;
    } else {
        out += digits.substr(0, static_cast<std::size_t>(count - scale));
        out += '.';
        out += digits.substr(static_cast<std::size_t>(count - scale));
    }
}

/// Number::toString, steps 6 to 12: `digits` without trailing zeros, value = 0.d1d2… * 10^point.
void append_ecmascript(std::string& out, std::string_view digits, std::int64_t point) {
    if (digits.empty()) {
        out += '0';
        return;
    }
    if (point > -6 && point <= 21) {
        append_plain(out, digits, static_cast<std::int64_t>(digits.size()) - point);
        return;
    }
    out += digits[0];
    if (digits.size() > 1) {
        out += '.';
        out += digits.substr(1);
    }
    out += point > 0 ? "e+" : "e-";
    std::int64_t exponent = point > 0 ? point - 1 : 1 - point;
    char buffer[8];
    std::size_t at = sizeof buffer;
    for (; exponent > 0; exponent /= 10) buffer[--at] = static_cast<char>('0' + exponent % 10);
    out.append(buffer + at, sizeof buffer - at);
}

/// Whether the kept digits go up by one, given what was cut off.
bool goes_up(Rounding mode, bool negative, bool last_is_odd, int against_half) {
    switch (mode) {
        case Rounding::half_up:
            return against_half >= 0;
        case Rounding::half_even:
            return against_half > 0 || (against_half == 0 && last_is_odd);
        case Rounding::up:
            return true;
        case Rounding::down:
            return false;
        case Rounding::floor:
            return negative;
        case Rounding::ceiling:
            return !negative;
    }
    return false;
}

/// The cut-off digits (not all zero) against one half: -1, 0, 1. `gap`: zeros between the mark and them.
int compare_to_half(std::string_view cut, bool gap) {
    if (gap || cut[0] < '5') return -1;
    if (cut[0] > '5') return 1;
    return cut.find_first_not_of('0', 1) == std::string_view::npos ? 0 : 1;
}

void increment(std::string& digits) {
    std::size_t at = digits.size();
    while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
    if (at == 0)
        digits.insert(digits.begin(), '1');
    else
        ++digits[at - 1];
}

}  // namespace

/// The digits of a number wherever they live, without leading zeros; none for zero.
struct Decimal::Digits {
    explicit Digits(const Decimal& number) : all(number.digits_) {
        if (!all.empty()) return;
        std::size_t at = sizeof buffer;
        for (std::uint64_t rest = number.small_; rest > 0; rest /= 10)
            buffer[--at] = static_cast<char>('0' + rest % 10);
        all = std::string_view(buffer + at, sizeof buffer - at);
    }
    Digits(const Digits&) = delete;
    Digits& operator=(const Digits&) = delete;

    /// Without trailing zeros.
    [[nodiscard]] std::string_view significant() const {
        return all.substr(0, all.find_last_not_of('0') + 1);
    }

    char buffer[20];
    std::string_view all;
};

Decimal::Decimal(std::int64_t value) : negative_(value < 0) {
    const std::uint64_t magnitude =
        negative_ ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    small_ = magnitude;
    if (magnitude >= 1'000'000'000'000'000'000ULL) {
        digits_ = std::string(Digits(*this).all);
        small_ = 0;
    }
}

Decimal Decimal::make(bool negative, std::string_view digits, std::int64_t scale) {
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    Decimal number;
    number.scale_ = static_cast<std::int32_t>(scale);
    if (digits.empty()) {
        number.scale_ = std::max(number.scale_, 0);
        return number;
    }
    number.negative_ = negative;
    if (digits.size() > small_digits)
        number.digits_ = std::string(digits);
    else
        for (const char digit : digits)
            number.small_ = number.small_ * 10 + static_cast<std::uint64_t>(digit - '0');
    return number;
}

bool Decimal::is_zero() const { return small_ == 0 && digits_.empty(); }

bool Decimal::is_whole() const {
    if (scale_ <= 0 || is_zero()) return true;
    const Digits digits(*this);
    return digits.all.size() - digits.significant().size() >= static_cast<std::size_t>(scale_);
}

std::optional<std::int64_t> Decimal::to_int64() const {
    if (!is_whole()) return std::nullopt;
    const Digits digits(*this);
    std::uint64_t value = 0;
    const auto count = static_cast<std::int64_t>(digits.all.size()) - scale_;  // before the mark
    if (count > 19) return std::nullopt;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        value = value * 10 + (at < digits.all.size() ? static_cast<std::uint64_t>(digits.all[at] - '0') : 0);
    }
    constexpr std::uint64_t edge = 1ULL << 63;
    if (value > edge || (value == edge && !negative_)) return std::nullopt;
    return static_cast<std::int64_t>(negative_ ? ~value + 1 : value);
}

/// Without looking at the digits: at most 15 of them, or a whole number up to 2^53.
bool Decimal::is_surely_exact() const {
    return digits_.empty() && scale_ >= 0 && scale_ < 280 &&
           small_ <= (scale_ == 0 ? exact_whole : largest_of_exact_digits);
}

/// The canonical text if it is not numerically equal to this number.
std::optional<std::string> Decimal::inexact_canonical() const {
    if (is_surely_exact()) return std::nullopt;
    const Digits digits(*this);
    const std::string_view significant = digits.significant();
    const std::int64_t point = static_cast<std::int64_t>(digits.all.size()) - scale_;
    if (significant.empty() || (significant.size() <= exact_digits && point > -307)) return std::nullopt;
    const auto exponent = static_cast<int>(point - static_cast<std::int64_t>(significant.size()));
    const ShortestDigits nearest = shortest_digits(significant, exponent);
    if (nearest.view() == significant && nearest.point == point) return std::nullopt;
    std::string text;
    if (negative_ && nearest.count > 0) text += '-';
    append_ecmascript(text, nearest.view(), nearest.point);
    return text;
}

bool Decimal::is_inexact() const { return !is_surely_exact() && inexact_canonical().has_value(); }

std::string Decimal::canonical() const {
    if (std::optional<std::string> text = inexact_canonical()) return std::move(*text);
    std::string text;
    append_text(text);
    return text;
}

void Decimal::append_text(std::string& out) const {
    if (is_inexact()) {
        out += plain_shortest();
        return;
    }
    const Digits digits(*this);
    if (negative_) out += '-';
    append_ecmascript(out, digits.significant(), static_cast<std::int64_t>(digits.all.size()) - scale_);
}

std::string Decimal::plain() const {
    std::string text;
    if (negative_) text += '-';
    append_plain(text, Digits(*this).all, scale_);
    return text;
}

std::string Decimal::plain_shortest() const {
    const Digits digits(*this);
    std::string_view kept = digits.all;
    std::int64_t scale = scale_;
    for (; scale > 0 && !kept.empty() && kept.back() == '0'; --scale) kept.remove_suffix(1);
    if (kept.empty()) return "0";
    std::string text;
    if (negative_) text += '-';
    append_plain(text, kept, scale);
    return text;
}

Decimal Decimal::nearest_double() const {
    const std::optional<std::string> text = inexact_canonical();
    if (!text) return *this;
    const Result<Decimal> number = parse_json(*text);
    return number ? *number : Decimal();  // a double's shortest digits are always within the limits
}

Result<Decimal> Decimal::rounded(int digits, Rounding mode) const {
    const Digits held(*this);
    std::string kept(held.all);
    if (scale_ <= digits) {
        if (!kept.empty()) kept.append(static_cast<std::size_t>(digits - scale_), '0');
        return make_checked(negative_, kept, digits);
    }
    const auto cut_count = static_cast<std::size_t>(scale_ - digits);
    const std::size_t kept_count = kept.size() > cut_count ? kept.size() - cut_count : 0;
    const std::string_view cut = held.all.substr(kept_count);
    kept.resize(kept_count);
    if (cut.find_first_not_of('0') != std::string_view::npos) {
        const bool odd = !kept.empty() && (kept.back() - '0') % 2 != 0;
        if (goes_up(mode, negative_, odd, compare_to_half(cut, cut.size() < cut_count))) increment(kept);
    }
    return make_checked(negative_, kept, digits);
}

Result<Decimal> Decimal::scaled(int power) const {
    const Digits digits(*this);
    std::string_view kept = digits.all;
    std::int64_t scale = static_cast<std::int64_t>(scale_) - power;
    return make_checked(negative_, kept, scale);
}

Decimal Decimal::negated() const {
    Decimal number = *this;
    number.negative_ = !negative_ && !is_zero();
    return number;
}

std::strong_ordering Decimal::compare(const Decimal& other) const {
    if (digits_.empty() && other.digits_.empty() && scale_ == other.scale_ && negative_ == other.negative_)
        return negative_ ? other.small_ <=> small_ : small_ <=> other.small_;
    const auto sign = [](const Decimal& d) { return d.is_zero() ? 0 : d.negative_ ? -1 : 1; };
    if (sign(*this) != sign(other)) return sign(*this) <=> sign(other);
    if (is_zero()) return std::strong_ordering::equal;
    const Digits mine(negative_ ? other : *this);
    const Digits theirs(negative_ ? *this : other);
    const std::int64_t my_point =
        static_cast<std::int64_t>(mine.all.size()) - (negative_ ? other : *this).scale_;
    const std::int64_t their_point =
        static_cast<std::int64_t>(theirs.all.size()) - (negative_ ? *this : other).scale_;
    if (my_point != their_point) return my_point <=> their_point;
    return mine.significant().compare(theirs.significant()) <=> 0;
}

}  // namespace tenon
