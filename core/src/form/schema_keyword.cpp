#include "schema_keyword.hpp"

#include <algorithm>
#include <set>

namespace tenon::form {
namespace {

constexpr KeywordRow rows[] = {
    {"$schema", Shape::text},
    {"$id", Shape::identifier},
    {"$anchor", Shape::anchor},
    {"$dynamicAnchor", Shape::anchor},
    {"$ref", Shape::reference, Op::ref},
    {"$dynamicRef", Shape::reference, Op::dynamic_ref},
    {"$vocabulary", Shape::object},
    {"$comment", Shape::text},
    {"$defs", Shape::schema_map},
    {"definitions", Shape::schema_map},
    {"allOf", Shape::schemas, Op::all_of},
    {"anyOf", Shape::schemas, Op::any_of},
    {"oneOf", Shape::schemas, Op::one_of},
    {"not", Shape::schema, Op::negation},
    {"if", Shape::schema, Op::condition},
    {"then", Shape::schema},
    {"else", Shape::schema},
    {"dependentSchemas", Shape::schema_map, Op::dependent_schemas},
    {"properties", Shape::schema_map, Op::properties},
    {"patternProperties", Shape::schema_map, Op::pattern_properties},
    {"additionalProperties", Shape::schema, Op::additional_properties},
    {"propertyNames", Shape::schema, Op::property_names},
    {"prefixItems", Shape::schemas, Op::prefix_items},
    {"items", Shape::schema, Op::items},
    {"contains", Shape::schema, Op::contains},
    {"unevaluatedItems", Shape::schema, Op::unevaluated_items},
    {"unevaluatedProperties", Shape::schema, Op::unevaluated_properties},
    {"type", Shape::type, Op::type, Vocabulary::validation},
    {"enum", Shape::array, Op::enumeration, Vocabulary::validation},
    {"const", Shape::any, Op::constant, Vocabulary::validation},
    {"multipleOf", Shape::positive_number, Op::multiple_of, Vocabulary::validation},
    {"maximum", Shape::number, Op::maximum, Vocabulary::validation},
    {"exclusiveMaximum", Shape::number, Op::exclusive_maximum, Vocabulary::validation},
    {"minimum", Shape::number, Op::minimum, Vocabulary::validation},
    {"exclusiveMinimum", Shape::number, Op::exclusive_minimum, Vocabulary::validation},
    {"maxLength", Shape::count, Op::max_length, Vocabulary::validation},
    {"minLength", Shape::count, Op::min_length, Vocabulary::validation},
    {"pattern", Shape::text, Op::pattern, Vocabulary::validation},
    {"maxItems", Shape::count, Op::max_items, Vocabulary::validation},
    {"minItems", Shape::count, Op::min_items, Vocabulary::validation},
    {"uniqueItems", Shape::boolean, Op::unique_items, Vocabulary::validation},
    {"maxContains", Shape::count, Op::none, Vocabulary::validation},
    {"minContains", Shape::count, Op::none, Vocabulary::validation},
    {"maxProperties", Shape::count, Op::max_properties, Vocabulary::validation},
    {"minProperties", Shape::count, Op::min_properties, Vocabulary::validation},
    {"required", Shape::names, Op::required, Vocabulary::validation},
    {"dependentRequired", Shape::names_map, Op::dependent_required, Vocabulary::validation},
    {"format", Shape::text, Op::format},
    {"contentEncoding", Shape::text},
    {"contentMediaType", Shape::text},
    {"contentSchema", Shape::schema},
    {"title", Shape::text},
    {"description", Shape::text},
    {"default", Shape::any},
    {"deprecated", Shape::boolean},
    {"readOnly", Shape::boolean},
    {"writeOnly", Shape::boolean},
    {"examples", Shape::array},
};

bool is_schema(const json::Value& value) { return value.is_object() || value.is_boolean(); }

bool is_type_name(std::string_view name) {
    return name == "null" || name == "boolean" || name == "object" || name == "array" || name == "number" ||
           name == "string" || name == "integer";
}

bool are_names(const json::Value& value) {
    if (!value.is_array()) return false;
    std::set<std::string_view> seen;
    for (const json::Value& item : value.as_array())
        if (!item.is_text() || !seen.insert(item.as_text()).second) return false;
    return true;
}

bool is_type(const json::Value& value) {
    if (value.is_text()) return is_type_name(value.as_text());
    if (!are_names(value) || value.as_array().empty()) return false;
    return std::all_of(value.as_array().begin(), value.as_array().end(),
                       [](const json::Value& item) { return is_type_name(item.as_text()); });
}

bool is_anchor(const json::Value& value) {
    if (!value.is_text() || value.as_text().empty()) return false;
    const std::string& name = value.as_text();
    const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return starts(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
               return starts(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

bool is_identifier(const json::Value& value) {
    if (!value.is_text()) return false;
    const std::size_t hash = value.as_text().find('#');
    return hash == std::string::npos || hash + 1 == value.as_text().size();
}

template <typename Predicate>
bool is_map_of(const json::Value& value, Predicate predicate) {
    return value.is_object() &&
           std::all_of(value.as_object().begin(), value.as_object().end(),
                       [&](const json::Member& member) { return predicate(member.value); });
}

}  // namespace

const KeywordRow* find_keyword(std::string_view name) {
    const auto* row = std::find_if(std::begin(rows), std::end(rows),
                                   [&](const KeywordRow& candidate) { return candidate.name == name; });
    return row == std::end(rows) ? nullptr : row;
}

bool has_shape(const json::Value& value, Shape shape) {
    switch (shape) {
        case Shape::any:
            return true;
        case Shape::text:
        case Shape::reference:
            return value.is_text();
        case Shape::boolean:
            return value.is_boolean();
        case Shape::number:
            return value.is_number();
        case Shape::positive_number:
            return value.is_number() && !value.as_number().is_zero() && !value.as_number().is_negative();
        case Shape::count:
            return value.is_number() && value.as_number().is_whole() && !value.as_number().is_negative();
        case Shape::array:
            return value.is_array();
        case Shape::type:
            return is_type(value);
        case Shape::names:
            return are_names(value);
        case Shape::names_map:
            return is_map_of(value, are_names);
        case Shape::identifier:
            return is_identifier(value);
        case Shape::anchor:
            return is_anchor(value);
        case Shape::object:
            return value.is_object();
        case Shape::schema:
            return is_schema(value);
        case Shape::schemas:
            return value.is_array() && !value.as_array().empty() &&
                   std::all_of(value.as_array().begin(), value.as_array().end(), is_schema);
        case Shape::schema_map:
            return is_map_of(value, is_schema);
    }
    return false;
}

}  // namespace tenon::form
