#pragma once
// The keywords of JSON Schema 2020-12: what their values must look like and what they do.

#include <cstdint>
#include <string_view>

#include "tenon/base/json.hpp"

namespace tenon::form {

/// What a keyword's value must be.
enum class Shape : std::uint8_t {
    any,
    text,
    boolean,
    number,
    positive_number,
    count,  // whole, not negative
    array,
    type,        // a type's name or an array of different ones
    names,       // array of different texts
    names_map,   // object of such arrays
    reference,   // text
    identifier,  // text without a fragment
    anchor,      // text that is a plain name
    object,
    schema,
    schemas,  // array of one or more
    schema_map,
};

/// What a keyword does to an instance. `none`: nothing, or it is read by another keyword.
enum class Op : std::uint8_t {
    none,
    ref,
    dynamic_ref,
    all_of,
    any_of,
    one_of,
    negation,
    condition,
    dependent_schemas,
    properties,
    pattern_properties,
    additional_properties,
    property_names,
    prefix_items,
    items,
    contains,
    type,
    enumeration,
    constant,
    multiple_of,
    maximum,
    exclusive_maximum,
    minimum,
    exclusive_minimum,
    max_length,
    min_length,
    pattern,
    max_items,
    min_items,
    unique_items,
    max_properties,
    min_properties,
    required,
    dependent_required,
    format,
    unevaluated_items,
    unevaluated_properties,
};

/// The vocabularies that a metaschema can leave out with an effect.
enum class Vocabulary : std::uint8_t { always, validation };

struct KeywordRow {
    std::string_view name;
    Shape shape;
    Op op = Op::none;
    Vocabulary vocabulary = Vocabulary::always;
};

/// Null for a name that is no keyword (which is then an annotation).
[[nodiscard]] const KeywordRow* find_keyword(std::string_view name);
/// Whether a keyword's value has its shape. Schemas inside are judged by whoever walks into them, but for
/// being an object or a boolean.
[[nodiscard]] bool has_shape(const json::Value& value, Shape shape);

}  // namespace tenon::form
