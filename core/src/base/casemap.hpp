#pragma once
// Simple case mapping of one character, from runs of equal distance (390 runs, 3 kB).

#include <cstdint>

namespace tenon::text {

enum class CaseTable : std::uint8_t { upper, lower };

/// The character's simple mapping, itself where it has none.
[[nodiscard]] char32_t map_character(char32_t character, CaseTable table);

}  // namespace tenon::text
