#pragma once
// The keywords that look at one value only, without schemas inside.

#include <string>

#include "schema_node.hpp"

namespace tenon::form {

/// True if `value` satisfies the keyword, or is of a kind that the keyword does not speak about. Only for
/// keywords without schemas inside.
[[nodiscard]] bool satisfies(const Keyword& keyword, const json::Value& value);
/// The sentence for a keyword that failed; made of the schema's limits only.
[[nodiscard]] std::string error_of(const Keyword& keyword, const json::Value& value);

}  // namespace tenon::form
