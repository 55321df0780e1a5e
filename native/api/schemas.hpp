#pragma once
// The documents that bodies and answers are made of (schemas.json): one file from which bodies are checked
// and /openapi.json is written.

#include <map>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/form/schema.hpp"

namespace tenon::api {

/// The file as built into the program.
[[nodiscard]] std::string_view embedded_schemas();

/// Immutable once made; threads: any.
class Schemas {
public:
    /// Compiles what the routes' bodies name. Error: internal (field = the schema that is wrong), which a
    /// test rules out.
    [[nodiscard]] static Result<Schemas> load();

    /// Findings of a body as problem errors; empty = valid. `name` must be one that a route names.
    [[nodiscard]] json::Array check(std::string_view name, const json::Value& body) const;
    [[nodiscard]] const json::Object& all() const { return all_; }

private:
    json::Object all_;
    std::map<std::string, form::Schema, std::less<>> compiled_;
};

}  // namespace tenon::api
