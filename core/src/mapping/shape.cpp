#include "tenon/mapping/shape.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"

namespace tenon::mapping {

using json::Value;

std::string Place::pointer() const {
    if (parent == nullptr) return {};
    std::string out = parent->pointer();
    out += '/';
    out += is_index ? count_text(index) : json::escape_token(token);
    return out;
}

namespace {

bool is_within(std::int64_t size, const Shape& shape) { return size >= shape.least && size <= shape.most; }

std::int64_t characters(std::string_view text) { return static_cast<std::int64_t>(text::length(text)); }

bool has_form(const Value& value, Shape::Form form) {
    switch (form) {
        case Shape::Form::text:
            return value.is_text();
        case Shape::Form::number_or_text:
            return value.is_number() || value.is_text();
        case Shape::Form::integer:
            return value.is_number();
        case Shape::Form::boolean:
            return value.is_boolean();
        case Shape::Form::scalar:
            return !value.is_array() && !value.is_object();
        case Shape::Form::object_or_boolean:
            return value.is_object() || value.is_boolean();
        case Shape::Form::object:
        case Shape::Form::map:
            return value.is_object();
        case Shape::Form::array:
            return value.is_array();
        default:
            return true;
    }
}

bool is_allowed_text(std::string_view text, const Shape& shape) {
    if (!shape.choices.empty())
        return std::find(shape.choices.begin(), shape.choices.end(), text) != shape.choices.end();
    return is_within(characters(text), shape) && (shape.allows == nullptr || shape.allows(text));
}

bool is_allowed_integer(const Decimal& number, const Shape& shape) {
    const auto whole = number.to_int64();
    return whole && is_within(*whole, shape);
}

void check_members(const Value& value, const Shape& shape, const Place& place, Findings& findings) {
    std::uint32_t seen = 0;
    for (const json::Member& member : value.as_object()) {
        const auto known = std::find_if(shape.members.begin(), shape.members.end(),
                                        [&](const MemberShape& each) { return each.name == member.name; });
        if (known == shape.members.end()) {
            findings.push_back(finding(place.member(member.name).pointer(), Errc::config_unknown_member));
            continue;
        }
        seen |= 1U << (known - shape.members.begin());
        check_shape(member.value, *known->shape, place.member(member.name), findings);
    }
    for (std::size_t i = 0; i < shape.members.size(); ++i)
        if (shape.members[i].is_required && (seen >> i & 1U) == 0)
            findings.push_back(finding(place.member(shape.members[i].name).pointer(), Errc::config_missing));
}

void check_map(const Value& value, const Shape& shape, const Place& place, Findings& findings) {
    const json::Object& object = value.as_object();
    if (!is_within(static_cast<std::int64_t>(object.size()), shape))
        findings.push_back(finding(place.pointer(), Errc::config_value));
    for (const json::Member& member : object) {
        const Place at = place.member(member.name);
        if (member.name.empty() || characters(member.name) > shape.longest_name)
            findings.push_back(finding(at.pointer(), Errc::config_value));
        if (shape.item != nullptr) check_shape(member.value, *shape.item, at, findings);
    }
}

void check_items(const Value& value, const Shape& shape, const Place& place, Findings& findings) {
    const json::Array& items = value.as_array();
    if (!is_within(static_cast<std::int64_t>(items.size()), shape))
        findings.push_back(finding(place.pointer(), Errc::config_value));
    for (std::size_t i = 0; i < items.size(); ++i)
        check_shape(items[i], *shape.item, place.item(i), findings);
}

}  // namespace

void check_shape(const Value& value, const Shape& shape, const Place& place, Findings& findings) {
    if (!has_form(value, shape.form)) {
        findings.push_back(finding(place.pointer(), Errc::config_type));
        return;
    }
    switch (shape.form) {
        case Shape::Form::text:
            if (!is_allowed_text(value.as_text(), shape))
                findings.push_back(finding(place.pointer(), Errc::config_value));
            return;
        case Shape::Form::integer:
            if (!is_allowed_integer(value.as_number(), shape))
                findings.push_back(finding(place.pointer(), Errc::config_value));
            return;
        case Shape::Form::object:
            return check_members(value, shape, place, findings);
        case Shape::Form::map:
            return check_map(value, shape, place, findings);
        case Shape::Form::array:
            return check_items(value, shape, place, findings);
        case Shape::Form::custom:
            return shape.check(value, place, findings);
        default:
            return;
    }
}

}  // namespace tenon::mapping
