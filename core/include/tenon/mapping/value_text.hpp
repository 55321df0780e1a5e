#pragma once
// How a value reads as text (spec/MAPPING.md 5.1), when it counts as empty (2), and what its kind is called
// in messages.

#include <string>
#include <string_view>

#include "tenon/base/json.hpp"

namespace tenon::mapping {

/// Absent, null, blank text, `[]` or `{}`. 0 and false are values.
[[nodiscard]] bool is_empty(const json::Value* value);
[[nodiscard]] inline bool is_empty(const json::Value& value) { return is_empty(&value); }

/// Text: itself; number: canonical, or its plain digits where a double would lose some; boolean: `true`,
/// `false`; null: nothing; array of scalars: text forms joined with `, `, nulls dropped; anything else:
/// canonical JSON.
void append_text_form(std::string& out, const json::Value& value);
[[nodiscard]] std::string text_form(const json::Value& value);

[[nodiscard]] bool is_scalar(const json::Value& value);  ///< Anything but array and object.
/// `null boolean number string array object`.
[[nodiscard]] std::string_view kind_name(json::Kind kind);

}  // namespace tenon::mapping
