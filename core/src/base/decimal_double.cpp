#include "decimal_double.hpp"

#include <cstddef>
#include <cstdint>

namespace tenon {
namespace {

constexpr int mantissa_bits = 53;
constexpr int lowest_exponent = -1074;  // of the last bit of a subnormal double

/// A whole number of fixed capacity. The largest one here, 10^400 shifted by 54 bits or 100 digits shifted by
/// 1074, has under 1,500 bits.
class Big {
public:
    explicit Big(std::uint64_t value = 0) {
        for (; value != 0; value >>= 32) limbs_[size_++] = static_cast<std::uint32_t>(value);
    }

    void multiply_add(std::uint32_t factor, std::uint32_t summand) {
        std::uint64_t carry = summand;
        for (std::size_t i = 0; i < size_; ++i) {
            carry += static_cast<std::uint64_t>(limbs_[i]) * factor;
            limbs_[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0) limbs_[size_++] = static_cast<std::uint32_t>(carry);
    }

    void multiply_power_of_ten(int power) {
        for (; power >= 9; power -= 9) multiply_add(1'000'000'000U, 0);
        for (; power > 0; --power) multiply_add(10, 0);
    }

    void shift_left(int bits) {
        if (size_ == 0 || bits == 0) return;
        const auto limbs = static_cast<std::size_t>(bits / 32);
        const int rest = bits % 32;
        std::uint32_t above = 0;
        if (rest != 0) above = limbs_[size_ - 1] >> (32 - rest);
        for (std::size_t i = size_; i-- > 0;) {
            std::uint32_t limb = limbs_[i] << rest;
            if (rest != 0 && i > 0) limb |= limbs_[i - 1] >> (32 - rest);
            limbs_[i + limbs] = limb;
        }
        for (std::size_t i = 0; i < limbs; ++i) limbs_[i] = 0;
        size_ += limbs;
        if (above != 0) limbs_[size_++] = above;
    }

    [[nodiscard]] int bit_length() const {
        if (size_ == 0) return 0;
        int bits = 0;
        for (std::uint32_t top = limbs_[size_ - 1]; top != 0; top >>= 1) ++bits;
        return static_cast<int>(size_ - 1) * 32 + bits;
    }

    [[nodiscard]] int compare(const Big& other) const {
        if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
        for (std::size_t i = size_; i-- > 0;)
            if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
        return 0;
    }

    void add(const Big& other) {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < other.size_ || (carry != 0 && i < size_); ++i) {
            if (i == size_) limbs_[size_++] = 0;
            carry += limbs_[i];
            if (i < other.size_) carry += other.limbs_[i];
            limbs_[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0) limbs_[size_++] = 1;
    }

    /// Needs `other` <= this.
    void subtract(const Big& other) {
        std::uint64_t borrow = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const std::uint64_t taken = (i < other.size_ ? other.limbs_[i] : 0ULL) + borrow;
            borrow = limbs_[i] < taken ? 1 : 0;
            limbs_[i] = static_cast<std::uint32_t>((borrow << 32) + limbs_[i] - taken);
        }
        while (size_ > 0 && limbs_[size_ - 1] == 0) --size_;
    }

private:
    std::uint32_t limbs_[64] = {};
    std::size_t size_ = 0;  // without leading zero limbs
};

/// mantissa * 2^exponent; normal doubles have all 53 bits.
struct Double {
    std::uint64_t mantissa = 0;
    int exponent = 0;
};

/// numerator / denominator < 2^53, rounded half to even.
std::uint64_t divide_rounded(Big numerator, Big denominator) {
    denominator.shift_left(mantissa_bits);
    std::uint64_t quotient = 0;
    for (int i = 0; i < mantissa_bits; ++i) {
        numerator.shift_left(1);
        quotient <<= 1;
        if (numerator.compare(denominator) >= 0) {
            numerator.subtract(denominator);
            quotient |= 1;
        }
    }
    numerator.shift_left(1);
    const int half = numerator.compare(denominator);
    if (half > 0 || (half == 0 && (quotient & 1) != 0)) ++quotient;
    return quotient;
}

Double nearest(std::string_view digits, int exponent) {
    Big numerator;
    for (const char digit : digits) numerator.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
    Big denominator(1);
    if (exponent >= 0)
        numerator.multiply_power_of_ten(exponent);
    else
        denominator.multiply_power_of_ten(-exponent);

    int top = numerator.bit_length() - denominator.bit_length();  // 2^top <= value < 2^(top+1), or one less
    Big scaled_numerator = numerator;
    Big scaled_denominator = denominator;
    if (top >= 0)
        scaled_denominator.shift_left(top);
    else
        scaled_numerator.shift_left(-top);
    if (scaled_numerator.compare(scaled_denominator) < 0) --top;

    int unit = top - (mantissa_bits - 1);
    if (unit < lowest_exponent) unit = lowest_exponent;
    if (unit >= 0)
        denominator.shift_left(unit);
    else
        numerator.shift_left(-unit);
    Double result{divide_rounded(numerator, denominator), unit};
    if (result.mantissa == 1ULL << mantissa_bits) result = {1ULL << (mantissa_bits - 1), unit + 1};
    return result;
}

/// Free-format printing with exact arithmetic (Steele and White; Burger and Dybvig): digits are produced
/// until what is left lies within half a gap to the neighbouring doubles.
class Printer {
public:
    explicit Printer(Double value) : even_((value.mantissa & 1) == 0) {
        const int up = value.exponent > 0 ? value.exponent : 0;
        const int down = value.exponent < 0 ? -value.exponent : 0;
        // The gap below a power of two is half the gap above it.
        const bool narrow = value.mantissa == 1ULL << (mantissa_bits - 1) && value.exponent > lowest_exponent;
        rest_ = Big(value.mantissa);
        rest_.shift_left(up + (narrow ? 2 : 1));
        whole_ = Big(1);
        whole_.shift_left(down + (narrow ? 2 : 1));
        above_ = Big(1);
        above_.shift_left(up + (narrow ? 1 : 0));
        below_ = Big(1);
        below_.shift_left(up);
        scale(value);
    }

    ShortestDigits print() {
        ShortestDigits out;
        out.point = point_;
        bool low = false;
        bool high = false;
        while (true) {
            rest_.multiply_add(10, 0);
            above_.multiply_add(10, 0);
            below_.multiply_add(10, 0);
            int digit = 0;
            for (; rest_.compare(whole_) >= 0; ++digit) rest_.subtract(whole_);
            const int low_side = rest_.compare(below_);
            low = low_side < 0 || (even_ && low_side == 0);
            high = reaches_next();
            if (low || high) {
                if (high && (!low || rounds_up(digit))) ++digit;
                out.digits[out.count++] = static_cast<char>('0' + digit);
                return out;
            }
            out.digits[out.count++] = static_cast<char>('0' + digit);
        }
    }

private:
    void scale(Double value) {
        int top = value.exponent - 1;  // floor(log2(value))
        for (std::uint64_t rest = value.mantissa; rest != 0; rest >>= 1) ++top;
        point_ = (top * 1233) >> 12;  // log10(2) from below: never too large, at most two too small
        if (point_ >= 0) {
            whole_.multiply_power_of_ten(point_);
        } else {
            rest_.multiply_power_of_ten(-point_);
            above_.multiply_power_of_ten(-point_);
            below_.multiply_power_of_ten(-point_);
        }
        for (; reaches_next(); ++point_) whole_.multiply_add(10, 0);
    }

    /// True if rest + above is past (or, for an even mantissa, at) one whole unit.
    [[nodiscard]] bool reaches_next() const {
        Big sum = rest_;
        sum.add(above_);
        const int side = sum.compare(whole_);
        return side > 0 || (even_ && side == 0);
    }

    [[nodiscard]] bool rounds_up(int digit) const {
        Big twice = rest_;
        twice.shift_left(1);
        const int side = twice.compare(whole_);
        return side > 0 || (side == 0 && digit % 2 != 0);
    }

    Big rest_;
    Big whole_;
    Big above_;
    Big below_;
    int point_ = 0;
    bool even_;
};

}  // namespace

ShortestDigits shortest_digits(std::string_view digits, int exponent) {
    const Double value = nearest(digits, exponent);
    if (value.mantissa == 0) return {};
    return Printer(value).print();
}

}  // namespace tenon
