#include <algorithm>
#include <cstddef>

#include "tenon/base/decimal.hpp"
#include "tenon/base/limits.hpp"

namespace tenon {
namespace {

constexpr int lowest_leading = -324;
constexpr int highest_leading = 308;
// 2^1024 - 2^970, where rounding goes to infinity: its first 100 digits of 309. A number has at most 100, so
// it is at or past the whole of it exactly if it is greater than these.
constexpr std::string_view infinite_from =
    "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179775872070";

struct Token {
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view text, std::size_t& at) {
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return text.substr(from, at - from);
}

bool take_exponent(std::string_view text, std::size_t& at, std::int64_t& exponent) {
    bool negative = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
    const std::string_view digits = take_digits(text, at);
    for (const char digit : digits)
        exponent = std::min<std::int64_t>(exponent * 10 + (digit - '0'), 1'000'000'000'000);
    if (negative) exponent = -exponent;
    return !digits.empty();
}

std::optional<Token> split(std::string_view text) {
    Token token;
    std::size_t at = 0;
    if (!text.empty() && text[0] == '-') {
        token.negative = true;
        ++at;
    }
    token.whole = take_digits(text, at);
    if (at < text.size() && text[at] == '.') {
        ++at;
        token.fraction = take_digits(text, at);
        if (token.fraction.empty()) return std::nullopt;
    }
    if (token.whole.empty() && token.fraction.empty()) return std::nullopt;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (!take_exponent(text, at, token.exponent)) return std::nullopt;
    }
    if (at != text.size()) return std::nullopt;
    return token;
}

/// Short enough that no limit can be near: up to 18 digits and no exponent.
bool is_short(const Token& token) {
    return token.exponent == 0 && token.whole.size() + token.fraction.size() <= 18;
}

std::uint64_t join(std::uint64_t value, std::string_view digits) {
    for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return value;
}

}  // namespace

Result<Decimal> Decimal::make_checked(bool negative, std::string_view digits, std::int64_t scale) {
    const std::size_t first = digits.find_first_not_of('0');
    if (first == std::string_view::npos) {
        if (scale > limits::number_fraction_digits) return fail(Errc::number_out_of_range);
        return make(false, {}, std::max<std::int64_t>(scale, 0));
    }
    const std::string_view significant = digits.substr(first, digits.find_last_not_of('0') + 1 - first);
    const std::int64_t leading = static_cast<std::int64_t>(digits.size() - first) - 1 - scale;
    const bool infinite = leading == highest_leading && significant > infinite_from;
    if (significant.size() > limits::number_digits || leading < lowest_leading || leading > highest_leading ||
        scale > limits::number_fraction_digits || infinite)
        return fail(Errc::number_out_of_range);
    return make(negative, digits.substr(first), scale);
}

Result<Decimal> Decimal::parse(std::string_view text) {
    const std::optional<Token> token = split(text);
    if (!token) return fail(Errc::invalid_number);
    const auto scale = static_cast<std::int64_t>(token->fraction.size()) - token->exponent;
    if (is_short(*token)) {
        Decimal number;
        number.small_ = join(join(0, token->whole), token->fraction);
        number.scale_ = static_cast<std::int32_t>(scale);
        number.negative_ = token->negative && number.small_ != 0;
        return number;
    }
    std::string digits(token->whole);
    digits += token->fraction;
    return make_checked(token->negative, digits, scale);
}

Result<Decimal> Decimal::parse_json(std::string_view token) {
    const std::optional<Token> parts = split(token);
    if (!parts) return fail(Errc::invalid_number);
    if (is_short(*parts)) {
        std::string_view fraction = parts->fraction;
        while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
        Decimal number;
        number.small_ = join(join(0, parts->whole), fraction);
        number.scale_ = static_cast<std::int32_t>(fraction.size());
        number.negative_ = parts->negative && number.small_ != 0;
        return number;
    }
    std::string digits(parts->whole);
    digits += parts->fraction;
    auto scale = static_cast<std::int64_t>(parts->fraction.size()) - parts->exponent;
    if (digits.find_first_not_of('0') == std::string::npos) return Decimal();
    while (scale > 0 && digits.back() == '0') {
        digits.pop_back();
        --scale;
    }
    return make_checked(parts->negative, digits, scale);
}

}  // namespace tenon
