#pragma once
// JSON Schema 2020-12 (https://json-schema.org/draft/2020-12) over our JSON values. Compiled once, then used
// for every submission. Nothing is fetched: references lead into the schema itself or into documents that the
// caller gives.

#include <memory>
#include <string>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::form {

/// One failing leaf keyword.
struct Failure {
    std::string instance_location;  ///< JSON Pointer into the instance.
    std::string keyword_location;   ///< Dynamic path through the schema, references included.
    std::string keyword;            ///< Last token of keyword_location, e.g. `minLength`.
    std::string error;              ///< From a fixed table; holds keyword limits, never instance data.
};

enum class Formats : unsigned char { annotate, assert_them };

/// A compiled schema; immutable, cheap to copy, safe to share between threads.
class Schema {
public:
    /// `schema`: object or boolean. `documents`: further schemas by absolute URI.
    /// Errors (field = pointer into the schema): schema_malformed, ref_unresolved, pattern_unsupported,
    /// not_supported.
    [[nodiscard]] static Result<Schema> compile(const json::Value& schema, const json::Object& documents = {},
                                                Formats formats = Formats::annotate);

    /// Empty = valid. Sorted by instance, then keyword location; linear in instance size times schema size.
    [[nodiscard]] std::vector<Failure> validate(const json::Value& instance) const;

    struct Compiled;

private:
    explicit Schema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
    std::shared_ptr<const Compiled>
        compiled_;  // shared: one compiled schema serves every submission of a form
};

}  // namespace tenon::form
