#pragma once
// Whether a provider document may be used: the schema (core/providers/schema.json), and what a schema can't
// say. Also the checks of what people enter: target_config, credentials, facts of a connection.

#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/catalogue/provider.hpp"
#include "tenon/form/schema.hpp"

namespace tenon::catalogue {

struct Finding {
    std::string pointer;  ///< Into the document.
    std::string message;
    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Everything wrong with a document, sorted by pointer; empty = good. First the schema: with findings there
/// the deeper rules are not asked. `file_stem`: the file's name without `.json`, empty = not checked.
[[nodiscard]] std::vector<Finding> lint(const json::Value& document, const form::Schema& schema,
                                        std::string_view file_stem = {});
/// Only the rules beyond the schema, for a document that load() accepts.
[[nodiscard]] std::vector<Finding> lint_meaning(const Provider& provider);

/// Checks `target_config` against the action's schema; run when an integration is saved and again before it
/// is executed. Empty = good. A schema that does not compile is one failure at the root.
[[nodiscard]] std::vector<form::Failure> check_target_config(const Action& action,
                                                             const json::Value& target_config);

/// Checks `fields` of `PUT …/credentials`: exactly the declared names, texts, length and pattern. Errors:
/// validation_failed (field = `/fields/<name>`; detail names the rule, never the value).
[[nodiscard]] Result<void> check_credentials(const Auth& auth, const json::Value& fields);

/// Checks public facts of a connection against the declared variables, when stored and again at send, since
/// some become host names. Error: validation_failed (field = `/<name>`). Facts that are no variables are not
/// looked at.
[[nodiscard]] Result<void> check_facts(const Provider& provider, const json::Value& facts);

}  // namespace tenon::catalogue
