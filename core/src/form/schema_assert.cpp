#include "schema_assert.hpp"

#include <algorithm>

#include "multiple_of.hpp"
#include "schema_format.hpp"
#include "tenon/base/text.hpp"

namespace tenon::form {
namespace {

bool is_of_type(const json::Value& value, std::string_view type) {
    switch (value.kind()) {
        case json::Kind::null:
            return type == "null";
        case json::Kind::boolean:
            return type == "boolean";
        case json::Kind::number:
            return type == "number" || (type == "integer" && value.as_number().is_whole());
        case json::Kind::text:
            return type == "string";
        case json::Kind::array:
            return type == "array";
        case json::Kind::object:
            return type == "object";
    }
    return false;
}

bool is_of_types(const json::Value& value, const json::Value& types) {
    if (types.is_text()) return is_of_type(value, types.as_text());
    return std::any_of(types.as_array().begin(), types.as_array().end(),
                       [&](const json::Value& type) { return is_of_type(value, type.as_text()); });
}

bool is_within(Op op, const Decimal& value, const Decimal& limit) {
    const std::strong_ordering order = value.compare(limit);
    switch (op) {
        case Op::maximum:
            return order <= 0;
        case Op::exclusive_maximum:
            return order < 0;
        case Op::minimum:
            return order >= 0;
        case Op::exclusive_minimum:
            return order > 0;
        default:
            return is_multiple_of(value, limit);
    }
}

/// Equal items have equal canonical texts, so only neighbours in that order need be compared.
bool are_unique(const json::Array& items) {
    std::vector<std::pair<std::string, const json::Value*>> sorted;
    sorted.reserve(items.size());
    for (const json::Value& item : items) sorted.emplace_back(json::write(item), &item);
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second->kind() < b.second->kind();
    });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i].first == sorted[i - 1].first && *sorted[i].second == *sorted[i - 1].second)
            return false;
    return true;
}

/// The names of an array that `object` lacks, each in quotes.
std::string missing_names(const json::Array& names, const json::Object& object) {
    std::string out;
    for (const json::Value& name : names) {
        if (object.contains(name.as_text())) continue;
        if (!out.empty()) out += ", ";
        json::write_text_to(out, name.as_text());
    }
    return out;
}

std::string missing_dependents(const json::Object& dependents, const json::Object& object) {
    for (const json::Member* member : dependents.sorted()) {
        if (!object.contains(member->name)) continue;
        std::string missing = missing_names(member->value.as_array(), object);
        if (!missing.empty()) return missing;
    }
    return {};
}

bool satisfies_text(const Keyword& keyword, const std::string& text) {
    switch (keyword.op) {
        case Op::max_length:
            return text.size() <= keyword.count || text::length(text) <= keyword.count;
        case Op::min_length:
            return text::length(text) >= keyword.count;
        case Op::pattern:
            return keyword.pattern->is_found_in(text);
        case Op::format:
            return has_format(keyword.value->as_text(), text);
        default:
            return true;
    }
}

bool satisfies_array(const Keyword& keyword, const json::Array& items) {
    switch (keyword.op) {
        case Op::max_items:
            return items.size() <= keyword.count;
        case Op::min_items:
            return items.size() >= keyword.count;
        case Op::unique_items:
            return are_unique(items);
        default:
            return true;
    }
}

bool satisfies_object(const Keyword& keyword, const json::Object& object) {
    switch (keyword.op) {
        case Op::max_properties:
            return object.size() <= keyword.count;
        case Op::min_properties:
            return object.size() >= keyword.count;
        case Op::required:
            return missing_names(keyword.value->as_array(), object).empty();
        case Op::dependent_required:
            return missing_dependents(keyword.value->as_object(), object).empty();
        default:
            return true;
    }
}

std::string types_error(const json::Value& types) {
    if (types.is_text()) return "is not of type " + types.as_text();
    std::string text = "is of none of the types";
    std::string_view before = " ";
    for (const json::Value& type : types.as_array()) {
        text += before;
        text += type.as_text();
        before = ", ";
    }
    return text;
}

/// The limit between two halves of a sentence.
std::string limited(const Keyword& keyword, std::string_view before, std::string_view behind = "") {
    return std::string(before) + keyword.value->as_number().plain_shortest() + std::string(behind);
}

}  // namespace

bool satisfies(const Keyword& keyword, const json::Value& value) {
    switch (keyword.op) {
        case Op::type:
            return is_of_types(value, *keyword.value);
        case Op::constant:
            return value == *keyword.value;
        case Op::enumeration: {
            const json::Array& allowed = keyword.value->as_array();
            return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
        }
        case Op::multiple_of:
        case Op::maximum:
        case Op::exclusive_maximum:
        case Op::minimum:
        case Op::exclusive_minimum:
            return !value.is_number() || is_within(keyword.op, value.as_number(), keyword.value->as_number());
        default:
            break;
    }
    if (value.is_text()) return satisfies_text(keyword, value.as_text());
    if (value.is_array()) return satisfies_array(keyword, value.as_array());
    return !value.is_object() || satisfies_object(keyword, value.as_object());
}

std::string error_of(const Keyword& keyword, const json::Value& value) {
    switch (keyword.op) {
        case Op::type:
            return types_error(*keyword.value);
        case Op::enumeration:
            return "is not one of the allowed values";
        case Op::constant:
            return "is not the allowed value";
        case Op::multiple_of:
            return limited(keyword, "is not a multiple of ");
        case Op::maximum:
            return limited(keyword, "is greater than ");
        case Op::exclusive_maximum:
            return limited(keyword, "is not less than ");
        case Op::minimum:
            return limited(keyword, "is less than ");
        case Op::exclusive_minimum:
            return limited(keyword, "is not greater than ");
        case Op::max_length:
            return limited(keyword, "is longer than ", " characters");
        case Op::min_length:
            return limited(keyword, "is shorter than ", " characters");
        case Op::pattern:
            return "does not match the pattern";
        case Op::format:
            return "is not in the format " + keyword.value->as_text();
        case Op::max_items:
            return limited(keyword, "has more than ", " items");
        case Op::min_items:
            return limited(keyword, "has fewer than ", " items");
        case Op::unique_items:
            return "has equal items";
        case Op::max_properties:
            return limited(keyword, "has more than ", " members");
        case Op::min_properties:
            return limited(keyword, "has fewer than ", " members");
        case Op::required:
            return "lacks " + missing_names(keyword.value->as_array(), value.as_object());
        case Op::dependent_required:
            return "lacks " + missing_dependents(keyword.value->as_object(), value.as_object());
        case Op::contains:
            return "has too few items that fit the schema of contains";
        case Op::one_of:
            return "fits more than one of the schemas";
        case Op::negation:
            return "fits the schema that it must not fit";
        default:
            return "is not allowed";
    }
}

}  // namespace tenon::form
