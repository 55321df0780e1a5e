#pragma once
// The operations between source and type (spec/MAPPING.md 4): each reads one value and writes one.

#include "tenon/mapping/cell.hpp"
#include "tenon/mapping/config.hpp"

namespace tenon::mapping {

/// Applies one operation other than `default` to a value that is not empty and outlives the result.
/// Warnings: truncated. Errors: type_mismatch, the codes of numbers and dates.
[[nodiscard]] CellOrNote apply(const Operation& operation, const json::Value& value, const Mapping& mapping,
                               Notes& warnings);

}  // namespace tenon::mapping
