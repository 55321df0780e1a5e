#include "tenon/base/text.hpp"

#include <algorithm>
#include <cstring>

#include "casemap.hpp"

namespace tenon::text {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/// Length of the well-formed sequence at `at` whose first byte is above 0x7F; 0 if there is none
/// (Unicode, table 3-7).
std::size_t sequence_length(std::string_view bytes, std::size_t at) {
    const unsigned char lead = byte_at(bytes, at);
    std::size_t size = 0;
    unsigned char lowest = 0x80;
    unsigned char highest = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        size = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        size = 3;
        if (lead == 0xE0) lowest = 0xA0;
        if (lead == 0xED) highest = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        size = 4;
        if (lead == 0xF0) lowest = 0x90;
        if (lead == 0xF4) highest = 0x8F;
    } else {
        return 0;
    }
    if (bytes.size() - at < size) return 0;
    if (byte_at(bytes, at + 1) < lowest || byte_at(bytes, at + 1) > highest) return 0;
    for (std::size_t i = 2; i < size; ++i)
        if (!is_continuation(byte_at(bytes, at + i))) return 0;
    return size;
}

/// Index behind the run of ASCII bytes that starts at `at`, eight at a time.
std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
    for (; bytes.size() - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        if ((word & 0x8080808080808080ULL) != 0) break;
    }
    while (at < bytes.size() && byte_at(bytes, at) < 0x80) ++at;
    return at;
}

/// Start of the last code point before `end`.
std::size_t previous(std::string_view text, std::size_t end) {
    --end;
    while (end > 0 && is_continuation(byte_at(text, end))) --end;
    return end;
}

std::string map_case(std::string_view text, CaseTable table, char first, char last) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) < 0x80) {
            out += c >= first && c <= last ? static_cast<char>(c ^ 0x20) : c;
            ++at;
        } else {
            append(out, map_character(next(text, at), table));
        }
    }
    return out;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
        const std::size_t size = sequence_length(bytes, at);
        if (size == 0) return false;
        at += size;
    }
    return true;
}

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return !is_continuation(static_cast<unsigned char>(c)); }));
}

std::string_view first(std::string_view text, std::size_t characters) {
    if (text.size() <= characters) return text;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (is_continuation(byte_at(text, at))) continue;
        if (characters == 0) break;
        --characters;
    }
    return text.substr(0, at);
}

char32_t next(std::string_view text, std::size_t& at) {
    const unsigned char lead = byte_at(text, at++);
    if (lead < 0x80) return lead;
    const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    auto character = static_cast<char32_t>(lead & (0x3F >> more));
    for (int i = 0; i < more && at < text.size(); ++i)
        character = (character << 6) | (byte_at(text, at++) & 0x3FU);
    return character;
}

void append(std::string& out, char32_t character) {
    const auto tail = [&](int shift) { out += static_cast<char>(0x80U | ((character >> shift) & 0x3FU)); };
    if (character < 0x80) {
        out += static_cast<char>(character);
    } else if (character < 0x800) {
        out += static_cast<char>(0xC0U | (character >> 6));
        tail(0);
    } else if (character < 0x10000) {
        out += static_cast<char>(0xE0U | (character >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | (character >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

bool is_space(char32_t c) {
    if (c <= 0x20) return c == 0x20 || (c >= 0x09 && c <= 0x0D);
    if (c < 0x2000) return c == 0x85 || c == 0xA0 || c == 0x1680;
    return c <= 0x200B || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
           c == 0xFEFF;
}

bool is_blank(std::string_view text) {
    for (std::size_t at = 0; at < text.size();)
        if (!is_space(next(text, at))) return false;
    return true;
}

std::string_view trim(std::string_view text) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); from = at)
        if (!is_space(next(text, at))) break;
    text.remove_prefix(from);
    while (!text.empty()) {
        const std::size_t start = previous(text, text.size());
        std::size_t at = start;
        if (!is_space(next(text, at))) break;
        text.remove_suffix(text.size() - start);
    }
    return text;
}

std::string collapse_space(std::string_view text) {
    text = trim(text);
    std::string out;
    out.reserve(text.size());
    bool in_space = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        if (is_space(next(text, at))) {
            in_space = true;
            continue;
        }
        if (in_space) out += ' ';
        in_space = false;
        out += text.substr(from, at - from);
    }
    return out;
}

std::string uppercase(std::string_view text) { return map_case(text, CaseTable::upper, 'a', 'z'); }
std::string lowercase(std::string_view text) { return map_case(text, CaseTable::lower, 'A', 'Z'); }

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace tenon::text
