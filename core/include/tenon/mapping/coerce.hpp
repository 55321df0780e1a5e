#pragma once
// The last step of every mapping: a value becomes one of its declared type (spec/MAPPING.md 5).

#include "tenon/mapping/cell.hpp"
#include "tenon/mapping/config.hpp"

namespace tenon::mapping {

/// `value` is not empty and outlives the result. Warnings: precision_lost, integer_as_text, coerced.
/// Errors: type_mismatch and the codes of the type.
[[nodiscard]] CellOrNote coerce(const json::Value& value, const Mapping& mapping, Notes& warnings);

/// How `parse` reads a date or time: text trimmed, numbers only in the unix formats. `wanted` names the step
/// in a mismatch.
[[nodiscard]] tl::expected<Moment, Note> read_moment(const json::Value& value, const Parse& parse,
                                                     std::string_view wanted);

}  // namespace tenon::mapping
