#pragma once
// Which kind of event is this? Read only after the delivery was proven genuine.

#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace tenon::ingest {

/// `part`: `json:/pointer` into the body, or `hdr:Name`; empty = unknown. What can't be read is an empty
/// type, never an error: the delivery is genuine whatever its shape.
[[nodiscard]] std::string event_type_of(std::string_view part, const http::Request& request);

/// True if the endpoint keeps events of this type: its list is empty or names it.
[[nodiscard]] bool is_wanted(const std::vector<std::string>& kept, std::string_view event_type);

}  // namespace tenon::ingest
