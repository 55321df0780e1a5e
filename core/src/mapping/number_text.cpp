#include "tenon/mapping/number_text.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"

namespace tenon::mapping {
namespace {

constexpr std::string_view right_quote = "\u2019";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// One of £ ¥ ฿ or U+20A0 to U+20C0 at the start of `text`: its length in bytes, else 0.
std::size_t symbol_length(std::string_view text) {
    if (text.starts_with("\u00a3") || text.starts_with("\u00a5")) return 2;
    if (text.starts_with("\u0e3f")) return 3;
    if (text.size() < 3 || text[0] != '\xe2') return 0;
    const auto second = static_cast<unsigned char>(text[1]);
    const auto third = static_cast<unsigned char>(text[2]);
    return (second == 0x82 && third >= 0xA0) || (second == 0x83 && third == 0x80) ? 3 : 0;
}

/// Reads one folded text under one decimal mark.
class NumberReader {
public:
    NumberReader(std::string_view text, char mark, const NumberReading& reading)
        : text_(text), mark_(mark), reading_(reading) {}

    tl::expected<Decimal, Errc> read() {
        if (!read_parts() || !is_consistent()) return tl::make_unexpected(Errc::invalid_number);
        if (percent_ && reading_.percent == PercentSign::refuse)
            return tl::make_unexpected(Errc::ambiguous_percent);
        if (is_other_currency()) return tl::make_unexpected(Errc::currency_mismatch);
        return to_decimal();
    }

private:
    bool read_parts() {
        open_ = take('(');
        skip_space();
        read_sign();
        if (read_currency()) read_sign();
        if (!read_body()) return false;
        skip_space();
        percent_ = take('%');
        skip_space();
        (void)read_currency();
        close_ = take(')');
        return at_ == text_.size();
    }

    bool is_consistent() const {
        if (open_ != close_ || signs_ > 1 || (open_ && signs_ > 0)) return false;
        return currencies_ == 0 || !(percent_ || !exponent_.empty());
    }

    bool is_other_currency() const {
        if (reading_.currency.empty()) return false;
        return std::any_of(codes_, codes_ + code_count_, [&](std::string_view code) {
            return !text::equal_ignoring_case(code, reading_.currency);
        });
    }

    tl::expected<Decimal, Errc> to_decimal() const {
        std::string token;
        token.reserve(integer_.size() + fraction_.size() + exponent_.size() + 8);
        if (negative_ != open_) token += '-';
        token += integer_.empty() ? std::string_view("0") : std::string_view(integer_);
        if (!fraction_.empty()) (token += '.') += fraction_;
        const bool hundredth = percent_ && reading_.percent == PercentSign::fraction;
        if (!exponent_.empty()) (token += 'e') += exponent_;
        if (hundredth && exponent_.empty()) token += "e-2";
        auto number = Decimal::parse(token);
        if (number && hundredth && !exponent_.empty()) number = number->scaled(-2);
        if (!number) return tl::make_unexpected(Errc::number_out_of_range);
        return std::move(*number);
    }

    void read_sign() {
        while (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) {
            negative_ = text_[at_++] == '-';
            ++signs_;
        }
        skip_space();
    }

    bool read_currency() {
        const std::string_view rest = text_.substr(at_);
        std::size_t letters = 0;
        while (letters < 4 && letters < rest.size() && is_letter(rest[letters])) ++letters;
        std::size_t length = 0;
        if (letters <= 3 && letters < rest.size() && rest[letters] == '$') {
            length = letters + 1;
        } else if (letters == 3) {
            codes_[code_count_++] = rest.substr(0, 3);
            length = 3;
        } else if (letters == 0) {
            length = symbol_length(rest);
        }
        if (length == 0) return false;
        at_ += length;
        ++currencies_;
        skip_space();
        return true;
    }

    bool read_body() {
        const std::string_view first = digits();
        if (first.empty()) {
            if (!take(mark_)) return false;
            fraction_ = digits();
            read_exponent();
            return !fraction_.empty();
        }
        integer_ = first;
        const bool grouped = read_groups(first);
        if (bad_groups_) return false;
        if (take(mark_)) fraction_ = digits();
        if (!grouped) read_exponent();
        return true;
    }

    /// The separator at the cursor if a digit follows it, else nothing.
    std::string_view separator() const {
        const std::string_view rest = text_.substr(at_);
        std::size_t length = 0;
        if (rest.starts_with(mark_ == '.' ? ',' : '.') || rest.starts_with('\'') || rest.starts_with(' '))
            length = 1;
        else if (rest.starts_with(right_quote))
            length = right_quote.size();
        if (length == 0 || rest.size() == length || !is_digit(rest[length])) return {};
        return rest.substr(0, length);
    }

    /// Western groups are 1-3 and threes; Indian ones (comma only) 1-2, twos, and a three.
    bool read_groups(std::string_view first) {
        const std::string_view mark = separator();
        if (mark.empty()) return false;
        bool western = first.size() <= 3;
        bool indian = mark == "," && first.size() <= 2;
        bool last_was_three = false;
        int count = 0;
        while (separator() == mark) {
            at_ += mark.size();
            const std::string_view group = digits();
            integer_ += group;
            ++count;
            western = western && group.size() == 3;
            indian = indian && !last_was_three && (group.size() == 2 || group.size() == 3);
            last_was_three = group.size() == 3;
        }
        indian = indian && last_was_three && count >= 2;
        bad_groups_ = first.front() == '0' || !(western || indian);
        return true;
    }

    void read_exponent() {
        if (at_ >= text_.size() || (text_[at_] != 'e' && text_[at_] != 'E')) return;
        std::size_t end = at_ + 1;
        if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) ++end;
        const std::size_t start = end;
        while (end < text_.size() && is_digit(text_[end])) ++end;
        if (end == start) return;
        exponent_ = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end;
    }

    std::string_view digits() {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
        return text_.substr(start, at_ - start);
    }

    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    void skip_space() { (void)take(' '); }

    std::string_view text_;
    char mark_;
    const NumberReading& reading_;
    std::size_t at_ = 0;
    bool open_ = false;
    bool close_ = false;
    bool negative_ = false;
    bool percent_ = false;
    bool bad_groups_ = false;
    int signs_ = 0;
    int currencies_ = 0;
    std::string_view codes_[2];
    std::size_t code_count_ = 0;
    std::string integer_;
    std::string_view fraction_;
    std::string_view exponent_;
};

tl::expected<Decimal, Errc> read_under(std::string_view text, char mark, const NumberReading& reading) {
    return NumberReader(text, mark, reading).read();
}

tl::expected<Decimal, Errc> read_either(std::string_view text, const NumberReading& reading) {
    auto dot = read_under(text, '.', reading);
    auto comma = read_under(text, ',', reading);
    if (dot && comma)
        return *dot == *comma ? std::move(dot)
                              : tl::expected<Decimal, Errc>(tl::make_unexpected(Errc::ambiguous_number));
    if (dot) return dot;
    if (comma) return comma;
    return dot.error() != Errc::invalid_number ? std::move(dot) : std::move(comma);
}

/// True if folding would change nothing: the usual case, spared a copy.
bool is_folded(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool space = false;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = text::next(text, at);
        if (text::is_space(c)) {
            space = true;
            continue;
        }
        if (space && !out.empty()) out += ' ';
        space = false;
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c == 0xFFE5) c = 0xA5;
        if (c == 0xFFE1) c = 0xA3;
        if (c == 0x2212) c = '-';
        text::append(out, c);
    }
    return out;
}

tl::expected<Decimal, Errc> read_number(std::string_view text, const NumberReading& reading) {
    std::string folded;
    if (!is_folded(text)) text = folded = fold(text);
    if (reading.mark == DecimalMark::automatic) return read_either(text, reading);
    const char mark = reading.mark == DecimalMark::dot ? '.' : ',';
    auto number = read_under(text, mark, reading);
    if (number || number.error() != Errc::invalid_number) return number;
    const auto other = read_under(text, mark == '.' ? ',' : '.', reading);
    if (other || other.error() != Errc::invalid_number) return tl::make_unexpected(Errc::ambiguous_number);
    return number;
}

}  // namespace tenon::mapping
