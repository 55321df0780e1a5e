// Unicode's compatibility decomposition (NFKD) as far as it ends in ASCII: what typographic input leaves in a
// secret that was pasted. Everything else is refused: a guess would be another key.
#include <iterator>

#include "public_keys.hpp"
#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

/// Characters `first` to `last` are those from `ascii` on.
struct Run {
    char32_t first;
    char32_t last;
    char ascii;
};
constexpr Run runs[] = {{0x20, 0x7e, ' '},     {0x2080, 0x2089, '0'}, {0x2074, 0x2079, '4'},
                        {0x2460, 0x2468, '1'}, {0x24b6, 0x24cf, 'A'}, {0x24d0, 0x24e9, 'a'},
                        {0xff01, 0xff5e, '!'}};

struct Word {
    char32_t character;
    std::string_view ascii;
};
constexpr Word words[] = {{0xa0, " "},    {0xaa, "a"},    {0xb2, "2"},    {0xb3, "3"},     {0xb9, "1"},
                          {0xba, "o"},    {0x2024, "."},  {0x2025, ".."}, {0x2026, "..."}, {0x202f, " "},
                          {0x205f, " "},  {0x2070, "0"},  {0x207a, "+"},  {0x207c, "="},   {0x207d, "("},
                          {0x207e, ")"},  {0x207f, "n"},  {0x2122, "TM"}, {0x24ea, "0"},   {0x3000, " "},
                          {0xfb00, "ff"}, {0xfb01, "fi"}, {0xfb02, "fl"}, {0xfb03, "ffi"}, {0xfb04, "ffl"},
                          {0xfb05, "st"}, {0xfb06, "st"}};

constexpr std::string_view roman[] = {"I",  "II", "III", "IV",  "V", "VI", "VII", "VIII",
                                      "IX", "X",  "XI",  "XII", "L", "C",  "D",   "M"};

/// Mathematical letters come in rows of 52, digits in rows of ten.
std::string_view mathematical(char32_t c) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view digits = "0123456789";
    if (c >= 0x1d400 && c <= 0x1d6a3) return letters.substr((c - 0x1d400) % letters.size(), 1);
    if (c >= 0x1d7ce && c <= 0x1d7ff) return digits.substr((c - 0x1d7ce) % digits.size(), 1);
    return {};
}

bool append(std::string& out, char32_t c) {
    for (const Run& run : runs) {
        if (c < run.first || c > run.last) continue;
        out.push_back(static_cast<char>(run.ascii + static_cast<char>(c - run.first)));
        return true;
    }
    for (const Word& word : words)
        if (c == word.character) {
            out += word.ascii;
            return true;
        }
    if (c >= 0x2160 && c <= 0x217f) {
        const std::string_view number = roman[(c - 0x2160) % std::size(roman)];
        out += c < 0x2170 ? std::string(number) : text::lower_ascii(number);
        return true;
    }
    const bool is_space = c >= 0x2000 && c <= 0x200a;
    out += is_space ? std::string_view(" ") : mathematical(c);
    return is_space || !mathematical(c).empty();
}

}  // namespace

std::optional<std::string> ascii_decomposition(std::string_view text) {
    if (!text::is_utf8(text)) return std::nullopt;
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        if (!append(out, text::next(text, at))) return std::nullopt;
    return out;
}

}  // namespace tenon::webhook
