#include "tenon/base/text.hpp"
#include "tenon/mapping/field.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

Instant instant_of_text(std::string_view text) {
    const auto moment = read_date(text);  // what the type step printed
    return moment ? instant_of(*moment, moment->offset.value_or(0)) : Instant{};
}

/// Negative, zero or positive.
int compare(const Value& value, const Bound& bound, Type type) {
    if (type == Type::date || type == Type::datetime) {
        const Instant instant = instant_of_text(value.as_text());
        return is_before(instant, bound.instant) ? -1 : instant == bound.instant ? 0 : 1;
    }
    if (value.is_number()) {
        const auto order = value.as_number().compare(bound.number);
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    const auto number = Decimal::parse(value.as_text());
    if (!number) return 0;
    const auto order = number->compare(bound.number);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

}  // namespace

void validate(const Value& value, const Mapping& mapping, std::vector<Note>& errors) {
    const Validation& rules = mapping.validation;
    if (rules.min && compare(value, *rules.min, mapping.type) < 0)
        errors.push_back(note(Errc::below_min, {{"limit", rules.min->limit}}));
    if (rules.max && compare(value, *rules.max, mapping.type) > 0)
        errors.push_back(note(Errc::above_max, {{"limit", rules.max->limit}}));
    if (rules.min_length || rules.max_length) {
        const std::size_t length = value.is_array() ? value.as_array().size() : text::length(value.as_text());
        if (rules.min_length && length < *rules.min_length)
            errors.push_back(note(Errc::too_short, {{"limit", count_text(*rules.min_length)}}));
        if (rules.max_length && length > *rules.max_length)
            errors.push_back(note(Errc::too_long, {{"limit", count_text(*rules.max_length)}}));
    }
    if (rules.pattern && !rules.pattern->is_found_in(value.as_text()))
        errors.push_back(note(Errc::pattern_mismatch));
}

}  // namespace tenon::mapping
