#pragma once
// /openapi.json (OpenAPI 3.1), written once at start from the route table and schemas.json.

#include <string>
#include <string_view>

#include "api/schemas.hpp"

namespace tenon::api {

/// `server_url`: the public URL. `version`: of the program.
[[nodiscard]] std::string write_openapi(const Schemas& schemas, std::string_view server_url,
                                        std::string_view version);

}  // namespace tenon::api
