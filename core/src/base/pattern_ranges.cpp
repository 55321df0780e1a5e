#include <algorithm>

#include "pattern_tree.hpp"
#include "sort.hpp"

namespace tenon::pattern {

void normalise(Ranges& ranges) {
    sort(ranges.data(), ranges.data() + ranges.size(),
         [](const CharacterRange& a, const CharacterRange& b) { return a.first < b.first; });
    std::size_t kept = 0;
    for (const CharacterRange& range : ranges) {
        if (kept > 0 && range.first <= ranges[kept - 1].last + 1)
            ranges[kept - 1].last = std::max(ranges[kept - 1].last, range.last);
        else
            ranges[kept++] = range;
    }
    ranges.resize(kept);
}

Ranges complement(const Ranges& ranges) {
    constexpr char32_t last_character = 0x10FFFF;
    Ranges out;
    char32_t from = 0;
    for (const CharacterRange& range : ranges) {
        if (range.first > from) out.push_back({from, range.first - 1});
        from = range.last + 1;
    }
    if (from <= last_character) out.push_back({from, last_character});
    return out;
}

void fold_ascii(Ranges& ranges) {
    const std::size_t count = ranges.size();
    const auto add = [&](const CharacterRange& range, char32_t low, char32_t high) {
        const char32_t first = std::max(range.first, low);
        const char32_t last = std::min(range.last, high);
        if (first <= last) ranges.push_back({first ^ 0x20U, last ^ 0x20U});
    };
    for (std::size_t i = 0; i < count; ++i) {
        const CharacterRange range = ranges[i];
        add(range, U'A', U'Z');
        add(range, U'a', U'z');
    }
}

}  // namespace tenon::pattern
