#pragma once
// Does an integration want this payload? Its condition is a JSON Schema; absent means always.

#include <string>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::fanout {

/// `condition`: JSON Schema text as validated on save, empty = always. Errors: schema_malformed and the like,
/// for a text that was not validated.
[[nodiscard]] Result<bool> condition_holds(const std::string& condition, const json::Value& payload);

}  // namespace tenon::fanout
