#pragma once
// Limits of a submission (spec/MAPPING.md 3.3), found in one walk.

#include "tenon/mapping/finding.hpp"

namespace tenon::mapping {

/// not_an_object, too_many_fields, name_length, string_too_long, item_too_long, array_too_long, too_deep;
/// sorted by pointer (`/submission…`). Below a failing node nothing more is reported. Empty = good.
[[nodiscard]] Findings check_submission(const json::Value& submission);

}  // namespace tenon::mapping
