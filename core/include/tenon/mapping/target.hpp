#pragma once
// Where values go in the target object (spec/MAPPING.md 1.3): paths, the conflicts between them, and the
// object itself.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/mapping/finding.hpp"

namespace tenon::mapping {

struct Mapping;

/// The tokens of a target: one for a plain name, 1 to 8 for a pointer. Nothing for a malformed pointer.
[[nodiscard]] std::optional<std::vector<std::string>> target_path(std::string_view target);

/// duplicate_target and target_conflict, each mapping against the earlier ones, the first hit only.
void check_targets(const std::vector<Mapping>& mappings, Findings& findings);

/// Puts `value` at `path`, creating containers; positions of an array that stay unset before it become null.
/// The paths of one target must not conflict.
void place(json::Object& target, const std::vector<std::string>& path, json::Value value);

}  // namespace tenon::mapping
