#pragma once
// Unicode text as the mapping rules use it (spec/MAPPING.md 4): characters are code points, white space and
// case come from tables of Unicode 17, nothing depends on a locale. Inputs are valid UTF-8 unless said
// otherwise.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tenon::text {

/// True if the bytes are UTF-8 without overlong forms, surrogates or anything above U+10FFFF. U+0000 is valid
/// here.
[[nodiscard]] bool is_utf8(std::string_view bytes);
/// Number of code points.
[[nodiscard]] std::size_t length(std::string_view text);
/// The first `characters` code points (all of them if there are fewer).
[[nodiscard]] std::string_view first(std::string_view text, std::size_t characters);
/// Reads the code point at `at` and moves `at` behind it.
[[nodiscard]] char32_t next(std::string_view text, std::size_t& at);
void append(std::string& out, char32_t character);

/// Unicode White_Space, U+200B or U+FEFF.
[[nodiscard]] bool is_space(char32_t character);
/// True if nothing but white space (or nothing at all).
[[nodiscard]] bool is_blank(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string collapse_space(std::string_view text);
/// Simple case mapping, one character to one (`straße` -> `STRAßE`).
[[nodiscard]] std::string uppercase(std::string_view text);
[[nodiscard]] std::string lowercase(std::string_view text);
/// Only A-Z.
[[nodiscard]] std::string lower_ascii(std::string_view text);
/// True if equal when A-Z and a-z are taken as the same.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace tenon::text
