#include "ecma_pattern.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>

#include "tenon/base/text.hpp"

namespace tenon::form {
namespace {

#include "property_table.hpp"

constexpr std::size_t longest_source = 2000;
constexpr std::size_t longest_translation = 10 * longest_source;

std::vector<CharacterRange> unpack(const unsigned char* at, const unsigned char* end) {
    std::vector<CharacterRange> ranges;
    const auto take = [&] {
        char32_t value = 0;
        for (int shift = 0;; shift += 7) {
            value |= static_cast<char32_t>(*at & 0x7FU) << shift;
            if (*at++ < 0x80) return value;
        }
    };
    char32_t behind = 0;
    while (at != end) {
        const char32_t first = behind + take();
        behind = first + take() + 1;
        ranges.push_back({first, behind - 1});
    }
    return ranges;
}

/// The classes that the translation uses.
std::vector<CharacterRange> class_of(std::string_view name) {
    if (name == "L") return unpack(std::begin(letter_differences), std::end(letter_differences));
    if (name == "Nd") return unpack(std::begin(digit_differences), std::end(digit_differences));
    if (name == "any") return {{0, 0x10FFFF}};
    if (name == "line") return {{U'\n', U'\n'}, {U'\r', U'\r'}, {0x2028, 0x2029}};
    if (name == "space")
        return {{0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
                {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
    return {};
}

/// `judge`: what can't be translated is replaced by something else that is well formed.
enum class Purpose : std::uint8_t { translate, judge };

class Translator {
public:
    Translator(std::string_view source, Purpose purpose) : source_(source), purpose_(purpose) {}

    std::optional<std::string> translate() {
        while (!failed_ && at_ < source_.size()) {
            if (in_class_)
                class_part();
            else
                part();
        }
        if (failed_ || in_class_) return std::nullopt;
        return std::move(out_);
    }

private:
    void fail() { failed_ = true; }

    bool take(std::string_view wanted) {
        if (source_.substr(at_, wanted.size()) != wanted) return false;
        at_ += wanted.size();
        return true;
    }

    void part() {
        if (take("\\")) return escape();
        if (take("[^]")) return put("\\p{any}");
        if (take("[]")) return put("\\P{any}");
        if (take("[")) {
            in_class_ = true;
            put("[");
            if (take("^")) put("^");
            return;
        }
        if (take(".")) return put("\\P{line}");
        if (take("(?")) return group();
        if (source_[at_] == '{' && !is_quantifier()) {
            ++at_;
            return put("\\{");
        }
        out_ += source_[at_++];
    }

    void class_part() {
        if (take("\\")) return escape();
        if (take("[")) return put("\\[");  // never the start of a POSIX class
        in_class_ = source_[at_] != ']';
        out_ += source_[at_++];
    }

    void put(std::string_view text) { out_ += text; }

    void put_character(char32_t c) {
        constexpr std::string_view digits = "0123456789abcdef";
        put("\\x{");
        for (int shift = 20; shift >= 0; shift -= 4) out_ += digits[c >> shift & 0xFU];
        put("}");
    }

    /// Behind `(?`.
    void group() {
        if (take(":")) return put("(?:");
        const bool looks_around = take("=") || take("!") || take("<=") || take("<!");
        if (looks_around) return purpose_ == Purpose::judge ? put("(?:") : fail();
        if (!take("<")) return fail();
        const std::size_t end = source_.find('>', at_);
        if (end == std::string_view::npos || end == at_) return fail();
        at_ = end + 1;
        put("(");
    }

    /// A brace that is no quantifier stands for itself, as in ECMA-262 without the flag u.
    [[nodiscard]] bool is_quantifier() const {
        std::size_t at = source_.find_first_not_of("0123456789", at_ + 1);
        if (at == at_ + 1 || at == std::string_view::npos) return false;
        if (source_[at] == ',') at = source_.find_first_not_of("0123456789", at + 1);
        return at != std::string_view::npos && source_[at] == '}';
    }

    void escape() {
        if (at_ >= source_.size()) return fail();
        const char c = source_[at_++];
        switch (c) {
            case 's':
                return put("\\p{space}");
            case 'S':
                return put("\\P{space}");
            case 'b':
                return put(in_class_ ? "\\x08" : "\\b");
            case 'B':
                return in_class_ ? fail() : put("\\B");
            case '0':
                return at_ < source_.size() && is_digit(source_[at_]) ? fail() : put("\\x00");
            case 'c':
                return control();
            case 'k':
                return named_reference();
            case 'u':
                return unicode();
            case 'p':
            case 'P':
                return property(c);
            case 'x':
                if (const std::optional<char32_t> value = hex(2)) return put_character(*value);
                return fail();
            default:
                break;
        }
        if (is_digit(c) && purpose_ == Purpose::judge && !in_class_) return put("(?:)");
        if (std::string_view("dDwWtnvfr").find(c) == std::string_view::npos && (is_digit(c) || is_letter(c)))
            return fail();  // a back-reference, or no escape at all
        if (c == ' ' || c == '\t' || static_cast<unsigned char>(c) >= 0x80) return out_.push_back(c);
        put("\\");
        out_ += c;
    }

    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

    void named_reference() {
        const std::size_t end = source_.find('>', at_);
        if (purpose_ != Purpose::judge || !take("<") || end == std::string_view::npos) return fail();
        at_ = end + 1;
        put("(?:)");
    }

    void control() {
        if (at_ >= source_.size() || !is_letter(source_[at_])) return fail();
        put_character(static_cast<char32_t>(source_[at_++]) & 0x1FU);
    }

    /// Exactly `count` digits.
    std::optional<char32_t> hex(int count) {
        char32_t value = 0;
        for (int i = 0; i < count; ++i) {
            const char c = at_ < source_.size() ? source_[at_++] : ' ';
            const char lower = static_cast<char>(c | 0x20);
            if (is_digit(c))
                value = value << 4 | static_cast<char32_t>(c - '0');
            else if (lower >= 'a' && lower <= 'f')
                value = value << 4 | static_cast<char32_t>(lower - 'a' + 10);
            else
                return std::nullopt;
        }
        return value;
    }

    void unicode() {
        if (take("{")) {
            const std::size_t end = std::min(source_.find('}', at_), source_.size());
            put("\\x{");
            put(source_.substr(at_, end - at_));  // judged by Pattern
            at_ = end;
            return;
        }
        std::optional<char32_t> unit = hex(4);
        if (!unit) return fail();
        if (*unit >= 0xD800 && *unit <= 0xDBFF && take("\\u")) {
            const std::optional<char32_t> low = hex(4);
            if (!low || *low < 0xDC00 || *low > 0xDFFF) return fail();
            unit = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
        }
        put_character(*unit);
    }

    /// Behind `\p` or `\P`: the general categories L and Nd, by any of their names.
    void property(char letter) {
        const std::size_t end = source_.find('}', at_);
        if (!take("{") || end == std::string_view::npos) return fail();
        std::string_view name = source_.substr(at_, end - at_);
        at_ = end + 1;
        if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
            const std::string_view property = name.substr(0, equals);
            if (property == "gc" || property == "General_Category") name.remove_prefix(equals + 1);
        }
        const bool is_letters = name == "L" || name == "Letter";
        const bool is_digits = name == "Nd" || name == "Decimal_Number" || name == "digit";
        if (!is_letters && !is_digits && purpose_ == Purpose::translate) return fail();
        put(letter == 'p' ? "\\p{" : "\\P{");
        put(is_digits ? "Nd}" : "L}");
    }

    std::string_view source_;
    Purpose purpose_;
    std::string out_;
    std::size_t at_ = 0;
    bool in_class_ = false;
    bool failed_ = false;
};

Result<Pattern> compile_as(std::string_view pattern, Purpose purpose) {
    if (!text::is_utf8(pattern) || text::length(pattern) > longest_source)
        return tenon::fail(Errc::pattern_unsupported);
    const std::optional<std::string> translated = Translator(pattern, purpose).translate();
    if (!translated) return tenon::fail(Errc::pattern_unsupported);
    const PatternDialect dialect{longest_translation, class_of};
    Result<Pattern> compiled = Pattern::compile(*translated, dialect);
    if (!compiled) return tenon::fail(Errc::pattern_unsupported);
    return compiled;
}

}  // namespace

Result<Pattern> compile_ecma_pattern(std::string_view pattern) {
    return compile_as(pattern, Purpose::translate);
}

bool is_ecma_pattern(std::string_view text) { return compile_as(text, Purpose::judge).has_value(); }

}  // namespace tenon::form
