#pragma once
// The one place where mapping uses JSON Schema: the form's schema over the submission, and the config's
// `validation_schema` over the target object.

#include <memory>
#include <optional>
#include <string_view>

#include "tenon/mapping/finding.hpp"

namespace tenon::form {
class Schema;
}

namespace tenon::mapping {

/// A compiled schema; cheap to copy, safe to share between threads.
class SchemaCheck {
public:
    /// Nothing if `schema` is no usable schema (form/schema.hpp says what is).
    [[nodiscard]] static std::optional<SchemaCheck> compile(const json::Value& schema);

    /// schema_invalid for every failing leaf keyword, sorted by pointer; pointers begin with `root`
    /// (`/submission` or
    /// `/target`).
    [[nodiscard]] Findings run(const json::Value& instance, std::string_view root) const;

private:
    explicit SchemaCheck(std::shared_ptr<const form::Schema> schema) : schema_(std::move(schema)) {}
    std::shared_ptr<const form::Schema> schema_;  // shared: keeps its type out of this header
};

}  // namespace tenon::mapping
