#pragma once
// JSON as a person wrote it: the canonical writer sorts members, but the order of field_mappings means
// something.

#include <string>

#include "tenon/base/json.hpp"

namespace tenon::api {

/// JSON text in member order: documents a person wrote come back in the order they were written. Numbers keep
/// all their digits.
[[nodiscard]] std::string write_in_order(const json::Value& value);

}  // namespace tenon::api
