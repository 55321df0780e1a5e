#pragma once
// What reading and writing a JSON text have in common: most bytes stand for themselves.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tenon::json {

/// False for what must be escaped: `"`, `\` and everything below U+0020.
[[nodiscard]] inline bool is_plain(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

/// Index of the first byte from `at` on that is not plain; the size of `text` if there is none. Eight bytes
/// at a time: `(x - 01…) & ~x & 80…` is not zero exactly if some byte of x is zero.
[[nodiscard]] inline std::size_t skip_plain(std::string_view text, std::size_t at) {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    constexpr std::uint64_t tops = 0x8080808080808080ULL;
    for (; text.size() - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t quote = word ^ (ones * '"');
        const std::uint64_t backslash = word ^ (ones * '\\');
        const std::uint64_t found =
            ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash);
        if ((found & tops) != 0) break;
    }
    while (at < text.size() && is_plain(text[at])) ++at;
    return at;
}

}  // namespace tenon::json
