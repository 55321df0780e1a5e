#pragma once
// Replies as data: a JSON text in which holes are filled from what came in.
// `{"$from": ptr}` is the value there; `{"$each": ptr, "$do": T}` a list, with `/item` and `/index`; `{/ptr}`
// inside a text is the text form of the value. What is not there leaves its member out.

#include <optional>
#include <string_view>

#include "tenon/base/json.hpp"

namespace tenon::simulator {

/// Nothing if the whole template comes to nothing.
[[nodiscard]] std::optional<json::Value> fill_in(const json::Value& reply, const json::Value& context);

}  // namespace tenon::simulator
