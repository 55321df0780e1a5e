// Decimal numbers, and text to number as people write numbers. The oracle for the nearest double is strtod.
#include <cstdlib>

#include "fuzz.hpp"
#include "tenon/base/decimal.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"
#include "tenon/mapping/number_text.hpp"

namespace tenon::fuzz {
namespace {

Decimal parsed(const std::string& text) {
    const Result<Decimal> value = Decimal::parse(text);
    require(value.has_value(), "a printed number can be read");
    return *value;
}

void check_rounding(const Decimal& value) {
    for (const Rounding mode : {Rounding::half_up, Rounding::half_even, Rounding::up, Rounding::down,
                                Rounding::floor, Rounding::ceiling}) {
        const Result<Decimal> rounded = value.rounded(2, mode);
        if (!rounded) continue;
        const Result<Decimal> again = rounded->rounded(2, mode);
        require(again && *again == *rounded, "rounding twice is rounding once");
        if (mode == Rounding::floor) require(rounded->compare(value) <= 0, "floor is not above");
        if (mode == Rounding::ceiling) require(rounded->compare(value) >= 0, "ceiling is not below");
    }
    const auto up = value.rounded(0, Rounding::up), down = value.rounded(0, Rounding::down);
    if (up && down && !value.is_negative()) require(down->compare(*up) <= 0, "down is not above up");
}

void check(const Decimal& value) {
    require(parsed(value.plain()) == value, "plain digits mean the same number");
    require_equal(parsed(value.plain()).plain(), value.plain(), "plain digits are a fixed point");
    require(parsed(value.plain_shortest()) == value, "the shortest plain digits mean the same number");
    const std::string canonical = value.canonical();
    require(std::strtod(canonical.c_str(), nullptr) == std::strtod(value.plain().c_str(), nullptr),
            "the canonical text is the nearest double");
    require_equal(parsed(canonical).canonical(), canonical, "the canonical text is a fixed point");
    require(value.is_inexact() == (parsed(canonical) != value),
            "inexact: the canonical text is another number");
    require(value.nearest_double().is_inexact() == false, "the nearest double is exact");
    require(value.negated().negated() == value, "negated twice");
    require(value.is_whole() || !value.to_int64(), "an integer is whole");
    for (const int power : {-3, 2, 40}) {
        const Result<Decimal> scaled = value.scaled(power);
        if (!scaled) continue;
        const Result<Decimal> back = scaled->scaled(-power);
        require(back && *back == value, "scaling back gives the number");
    }
    check_rounding(value);
}

void read_as_people_write(std::string_view text) {
    for (const mapping::DecimalMark mark :
         {mapping::DecimalMark::dot, mapping::DecimalMark::comma, mapping::DecimalMark::automatic})
        for (const mapping::PercentSign percent :
             {mapping::PercentSign::refuse, mapping::PercentSign::fraction, mapping::PercentSign::number}) {
            const MemoryBound bound(text.size(), 4 * kilobytes, 16);
            const auto value = mapping::read_number(text, {mark, percent, {}});
            constexpr auto most_zeros = static_cast<std::size_t>(limits::number_fraction_digits) + 10;
            if (value)
                require(value->plain().size() <= text.size() + most_zeros, "digits come from the text");
        }
    const auto plainly = mapping::read_number(text, {});
    if (!plainly) return;
    const auto again = mapping::read_number(plainly->plain(), {});
    require(again && *again == *plainly, "the digits of a number read as the number");
}

}  // namespace

void run(std::string_view input) {
    Parts parts(input);
    const std::string_view first = parts.line(), second = parts.line();
    Result<Decimal> a = fail(Errc::invalid_number);
    {
        const MemoryBound bound(first.size(), kilobytes, 8);
        a = Decimal::parse(first);
    }
    const Result<Decimal> b = Decimal::parse(second);
    if (a) check(*a);
    if (a && b) {
        require((a->compare(*b) < 0) == (b->compare(*a) > 0), "comparison turns around");
        const double x = std::strtod(a->plain().c_str(), nullptr),
                     y = std::strtod(b->plain().c_str(), nullptr);
        if (x < y) require(a->compare(*b) < 0, "doubles and decimals are in one order");
        if (x > y) require(a->compare(*b) > 0, "doubles and decimals are in one order");
    }
    if (const auto token = Decimal::parse_json(first)) check(*token);
    if (text::is_utf8(first)) read_as_people_write(first);
}

}  // namespace tenon::fuzz
