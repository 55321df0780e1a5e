#pragma once
// What stands in front of every handler that takes a body.

#include "api/call.hpp"
#include "api/routes.hpp"
#include "api/schemas.hpp"

namespace tenon::api {

/// Checks the content type, reads the body and checks it against the route's schema; sets `call.body` for
/// Body::json. Problems: unsupported_media_type, those of reading JSON, validation_failed with one entry for
/// each finding, malformed_request for a body where none belongs.
[[nodiscard]] tl::expected<void, Problem> read_body(const Route& route, const Schemas& schemas, Call& call);

/// True for `application/json`, with any parameters but a charset other than UTF-8.
[[nodiscard]] bool is_json(std::string_view content_type);

}  // namespace tenon::api
