#pragma once
// The URL of a request: base and path, or one whole URL from the context, and the query. Internal to
// core/mapping.

#include "tenon/mapping/directive.hpp"

namespace tenon::mapping {

/// How the action authenticates, checked.
struct Auth {
    std::string_view kind = "none";
    std::string_view name;  ///< Header or query name, where the kind has one.
};

/// Errors: action_invalid and path_invalid at `/action/base`, `/action/path`, `/action/url`,
/// `/action/query…`.
[[nodiscard]] tl::expected<std::string, Finding> build_url(const json::Value& action, const Auth& auth,
                                                           Evaluator& evaluator);

/// `name=value` pairs joined with `&`, sorted by name, arrays repeating the name. Errors: action_invalid at
/// `place` for a value that is not flat.
[[nodiscard]] tl::expected<std::string, Finding> encode_pairs(const json::Object& pairs, const Place& place);

}  // namespace tenon::mapping
