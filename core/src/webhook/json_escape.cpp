#include "json_escape.hpp"

#include <cstdint>

namespace tenon::webhook {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::uint32_t four_hex(std::string_view digits) {
    std::uint32_t value = 0;
    for (const char c : digits.substr(0, 4)) value = value * 16 + static_cast<std::uint32_t>(hex_value(c));
    return value;
}

/// Any scalar value or surrogate (text::append takes scalar values only).
void append_generalised(std::string& out, std::uint32_t c) {
    const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xc0 | (c >> 6));
        byte(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        byte(0xe0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3f));
        byte(0x80 | (c & 0x3f));
    } else {
        byte(0xf0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3f));
        byte(0x80 | ((c >> 6) & 0x3f));
        byte(0x80 | (c & 0x3f));
    }
}

char short_escape(char letter) {
    switch (letter) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return letter;
    }
}

}  // namespace

std::size_t escape_length(std::string_view text) {
    if (text.size() < 2) return 0;
    if (text[1] != 'u') return std::string_view("\"\\/bfnrt").find(text[1]) == std::string_view::npos ? 0 : 2;
    if (text.size() < 6) return 0;
    for (const char c : text.substr(2, 4))
        if (hex_value(c) < 0) return 0;
    return 6;
}

Unescaped unescape(std::string_view raw) {
    Unescaped out;
    out.bytes.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        if (raw[at] != '\\') {
            out.bytes.push_back(raw[at++]);
            continue;
        }
        if (raw[at + 1] != 'u') {
            out.bytes.push_back(short_escape(raw[at + 1]));
            at += 2;
            continue;
        }
        std::uint32_t c = four_hex(raw.substr(at + 2));
        at += 6;
        if (c >= 0xd800 && c <= 0xdfff) {
            const std::string_view rest = raw.substr(at);
            const std::uint32_t low = rest.substr(0, 2) == "\\u" ? four_hex(rest.substr(2)) : 0;
            if (c <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                at += 6;
            } else {
                out.is_unicode = false;
            }
        }
        append_generalised(out.bytes, c);
    }
    return out;
}

}  // namespace tenon::webhook
