#pragma once
// One call of a played provider, as data: where it is, what it takes, and what it answers.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/pattern.hpp"
#include "tenon/base/result.hpp"
#include "tenon/form/schema.hpp"

namespace tenon::simulator {

/// How a call is authenticated. `field`: as the provider document applies an entered credential; `url`: the
/// path is the credential; `signature`: Standard Webhooks.
enum class Proof : std::uint8_t { none, field, url, signature };

/// Refuses when the value at `at` (as text) does or does not match.
struct RefuseRule {
    std::string at;
    Pattern pattern;
    bool if_matches = false;  ///< Else: unless it matches; what is absent does not match.
    std::string refusal;
};

/// An operation on the provider's tables; texts are pointers into the context.
struct TableStep {
    std::string verb;  ///< `files sheets read append write`
    std::string file, range, rows;
};

struct Route {
    std::string method;
    std::vector<std::string> segments;  ///< `literal`, `{name}`, `{name}:literal`, `{*}` for the rest.
    Proof proof = Proof::field;
    std::vector<std::string> content_types;  ///< Empty = no body is looked at.
    std::optional<form::Schema> query;
    std::optional<form::Schema> body;
    std::vector<RefuseRule> refuse;
    std::optional<TableStep> table;
    json::Value reply;      ///< `{status?, headers?, body? | text?}`
    json::Object refusals;  ///< In other words than the provider's usual ones.

    /// Errors: validation_failed (field = the member).
    [[nodiscard]] static Result<Route> create(const json::Value& data);
    /// Values of the names in the path; nothing if it is another path. `path` is percent-encoded.
    [[nodiscard]] std::optional<json::Object> match(std::string_view path) const;
};

}  // namespace tenon::simulator
