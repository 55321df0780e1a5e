#include "casemap.hpp"

#include <algorithm>
#include <iterator>

namespace tenon::text {
namespace {

/// `range` = first << 9 | every second character only << 8 | last - first: a run fits into eight bytes.
struct CaseRun {
    std::uint32_t range;
    std::int32_t delta;
};

#include "casemap_table.hpp"

char32_t map_in(const CaseRun* begin, const CaseRun* end, char32_t character) {
    const CaseRun* run = std::upper_bound(
        begin, end, character, [](char32_t c, const CaseRun& candidate) { return c < candidate.range >> 9; });
    if (run == begin) return character;
    --run;
    const std::uint32_t distance = character - (run->range >> 9);
    const bool every_second = (run->range & 0x100U) != 0;
    if (distance > (run->range & 0xFFU) || (every_second && distance % 2 != 0)) return character;
    return static_cast<char32_t>(static_cast<std::int32_t>(character) + run->delta);
}

}  // namespace

char32_t map_character(char32_t character, CaseTable table) {
    return table == CaseTable::upper ? map_in(std::begin(upper_runs), std::end(upper_runs), character)
                                     : map_in(std::begin(lower_runs), std::end(lower_runs), character);
}

}  // namespace tenon::text
