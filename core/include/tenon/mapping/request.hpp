#pragma once
// From mapped values and an action template to one HTTP request (spec/MAPPING.md 8). Credentials are `***`.

#include "tenon/mapping/directive.hpp"
#include "tenon/mapping/preview.hpp"

namespace tenon::mapping {

/// The request, with its body as a value for the preview document.
struct BuiltRequest {
    PlannedRequest planned;
    json::Value body;           ///< Null when there is none.
    bool body_is_json = false;  ///< `planned.body` is the canonical text of `body`.
};

/// Errors: action_invalid, case_unknown, path_invalid, header_invalid, request_too_large, at `/action…`.
/// Warnings: truncated, items_dropped, at `/request`.
[[nodiscard]] tl::expected<BuiltRequest, Finding> build_request(const json::Value& action,
                                                                const RequestInputs& inputs,
                                                                Findings& warnings);

}  // namespace tenon::mapping
