#include "config_reader.hpp"
#include "tenon/mapping/value_text.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

bool has_order(Type type) {
    return type == Type::number || type == Type::integer || type == Type::decimal || type == Type::date ||
           type == Type::datetime;
}
bool has_text(Type type) {
    return type == Type::string || type == Type::email || type == Type::url || type == Type::phone;
}
bool applies(std::string_view keyword, Type type) {
    if (keyword == "min" || keyword == "max") return has_order(type);
    if (keyword == "pattern") return has_text(type);
    return has_text(type) || type == Type::array;
}

/// A JSON number, or plain text as the type decimal writes it.
std::optional<Decimal> number_bound(const Value& value, Type type) {
    if (value.is_number()) return value.as_number();
    const std::string& text = value.as_text();
    if (type != Type::decimal || text.find_first_not_of("-.0123456789") != text.npos) return std::nullopt;
    const std::size_t digits = text.starts_with('-') ? 1 : 0;
    if (digits == text.size() || text[digits] == '.' || text.back() == '.') return std::nullopt;
    auto number = Decimal::parse(text);
    if (!number) return std::nullopt;
    return std::move(*number);
}

/// A day, or a time with its offset.
std::optional<Instant> time_bound(const Value& value, Type type) {
    if (!value.is_text()) return std::nullopt;
    const auto moment = read_date(value.as_text());
    if (!moment || moment->has_time != (type == Type::datetime)) return std::nullopt;
    if (moment->has_time && !moment->offset) return std::nullopt;
    return instant_of(*moment, moment->offset.value_or(0));
}

}  // namespace

void ConfigReader::read_typed(const json::Object& members, const Place& place, Mapping& mapping) {
    if (members.contains("items") && mapping.type != Type::array)
        report(place.member("items"), Errc::not_applicable,
               {{"member", "items"}, {"type", name_of(mapping.type)}});
    read_options(members.find("options"), place, mapping);
    if (const Value* validation = members.find("validation"))
        read_validation(validation->as_object(), place.member("validation"), mapping);
}

void ConfigReader::read_options(const Value* options, const Place& place, Mapping& mapping) {
    const Type type = mapping.type == Type::array ? mapping.items : mapping.type;
    const Place at = place.member("options");
    if (options == nullptr) {
        if (type == Type::option) report(at, Errc::config_missing);
        return;
    }
    if (type != Type::option)
        return report(at, Errc::not_applicable, {{"member", "options"}, {"type", name_of(mapping.type)}});
    mapping.options.map = &options->find("map")->as_object();
    const std::string_view otherwise = options->text_at("else");
    if (otherwise == "keep") mapping.options.otherwise = Options::Otherwise::keep;
    if (otherwise == "empty") mapping.options.otherwise = Options::Otherwise::empty;
}

void ConfigReader::read_validation(const json::Object& validation, const Place& place, Mapping& mapping) {
    Validation& out = mapping.validation;
    for (const json::Member& member : validation) {
        const std::string_view name = member.name;
        const Place at = place.member(name);
        if (!applies(name, mapping.type)) {
            report(at, Errc::not_applicable, {{"member", name}, {"type", name_of(mapping.type)}});
        } else if (name == "min" || name == "max") {
            read_bound(member.value, at, mapping.type, name == "min" ? out.min : out.max);
        } else if (name == "pattern") {
            auto compiled = Pattern::compile(member.value.as_text());
            if (compiled)
                out.pattern = std::move(*compiled);
            else
                report(at, Errc::pattern_invalid);
        } else {
            auto& length = name == "min_length" ? out.min_length : out.max_length;
            length = static_cast<std::size_t>(*member.value.as_number().to_int64());
        }
    }
}

void ConfigReader::read_bound(const Value& value, const Place& place, Type type, std::optional<Bound>& out) {
    Bound bound;
    bound.limit = text_form(value);
    if (type == Type::date || type == Type::datetime) {
        const auto instant = time_bound(value, type);
        if (!instant) return report(place, Errc::config_value);
        bound.instant = *instant;
    } else {
        auto number = number_bound(value, type);
        if (!number) return report(place, Errc::config_value);
        bound.number = std::move(*number);
    }
    out = std::move(bound);
}

}  // namespace tenon::mapping
