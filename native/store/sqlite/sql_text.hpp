#pragma once
// SQL put together at compile time from constant pieces, so that a list of columns is written once. Values
// never take this way: they are bound.

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace tenon::store::sqlite {

/// A constant zero-terminated text of `Size - 1` characters.
template <std::size_t Size>
struct SqlText {
    char characters[Size]{};
    // NOLINTNEXTLINE(google-explicit-constructor)
    [[nodiscard]] constexpr operator const char*() const { return characters; }
};

namespace detail {

template <std::size_t Size>
consteval std::size_t put(char* to, const char (&piece)[Size]) {
    std::copy_n(piece, Size - 1, to);
    return Size - 1;
}
template <std::size_t Size>
consteval std::size_t put(char* to, const SqlText<Size>& piece) {
    return put(to, piece.characters);
}
template <typename T>
struct SizeOf;
template <std::size_t Size>
struct SizeOf<char[Size]> {
    static constexpr std::size_t value = Size - 1;
};
template <std::size_t Size>
struct SizeOf<SqlText<Size>> {
    static constexpr std::size_t value = Size - 1;
};
template <typename T>
inline constexpr std::size_t size_of = SizeOf<std::remove_const_t<std::remove_reference_t<T>>>::value;

}  // namespace detail

/// The pieces in a row.
template <typename... Pieces>
consteval auto sql(const Pieces&... pieces) {
    SqlText<(detail::size_of<Pieces> + ...) + 1> text;
    std::size_t at = 0;
    ((at += detail::put(text.characters + at, pieces)), ...);
    return text;
}

/// `?,?,?` for `Count` values.
template <std::size_t Count>
consteval auto marks() {
    SqlText<Count * 2> text;
    for (std::size_t i = 0; i < Count; ++i) {
        text.characters[i * 2] = '?';
        if (i + 1 < Count) text.characters[i * 2 + 1] = ',';
    }
    return text;
}

}  // namespace tenon::store::sqlite
