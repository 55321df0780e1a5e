#include "tenon/mapping/value_text.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"

namespace tenon::mapping {

using json::Kind;
using json::Value;

bool is_empty(const Value* value) {
    if (value == nullptr) return true;
    switch (value->kind()) {
        case Kind::null:
            return true;
        case Kind::text:
            return text::is_blank(value->as_text());
        case Kind::array:
            return value->as_array().empty();
        case Kind::object:
            return value->as_object().empty();
        default:
            return false;
    }
}

bool is_scalar(const Value& value) { return !value.is_array() && !value.is_object(); }

namespace {

void append_joined(std::string& out, const json::Array& items) {
    bool first = true;
    for (const Value& item : items) {
        if (item.is_null()) continue;
        if (!first) out += ", ";
        first = false;
        append_text_form(out, item);
    }
}

}  // namespace

void append_text_form(std::string& out, const Value& value) {
    switch (value.kind()) {
        case Kind::null:
            return;
        case Kind::text:
            out += value.as_text();
            return;
        case Kind::boolean:
            out += value.as_boolean() ? "true" : "false";
            return;
        case Kind::number:
            value.as_number().append_text(out);
            return;
        case Kind::array:
            if (std::all_of(value.as_array().begin(), value.as_array().end(), is_scalar))
                return append_joined(out, value.as_array());
            break;
        case Kind::object:
            break;
    }
    json::write_to(out, value);
}

std::string text_form(const Value& value) {
    std::string out;
    append_text_form(out, value);
    return out;
}

std::string_view kind_name(Kind kind) {
    constexpr std::string_view names[] = {"null", "boolean", "number", "string", "array", "object"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace tenon::mapping
