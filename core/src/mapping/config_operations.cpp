#include "config_reader.hpp"
#include "tenon/base/text.hpp"

namespace tenon::mapping {
namespace {

Op op_named(std::string_view name) {
    return enum_named(name, Op::format_date, [](Op op) { return name_of(op); });
}

Rounding rounding_named(std::string_view name) {
    constexpr std::string_view names[] = {"half_up", "half_even", "up", "down", "floor", "ceiling"};
    return enum_named(name, Rounding::ceiling,
                      [&](Rounding mode) { return names[static_cast<std::size_t>(mode)]; });
}

}  // namespace

void ConfigReader::read_transform(const json::Value& value, const Place& place, Mapping& mapping) {
    if (value.is_text()) {
        if (value.as_text() != "none") mapping.operations.push_back(read_operation(value, place));
        return;
    }
    const json::Array& operations = value.as_array();
    mapping.operations.reserve(operations.size());
    for (std::size_t i = 0; i < operations.size(); ++i)
        mapping.operations.push_back(read_operation(operations[i], place.item(i)));
}

Operation ConfigReader::read_operation(const json::Value& value, const Place& place) {
    Operation operation;
    operation.op = op_named(value.is_text() ? std::string_view(value.as_text()) : value.text_at("op"));
    if (operation.op == Op::join) operation.text = ", ";
    if (value.is_text()) return operation;
    for (const json::Member& member : value.as_object()) {
        const std::string_view name = member.name;
        if (name == "value") {
            operation.value = &member.value;
        } else if (name == "with") {
            operation.with = member.value.as_text();
        } else if (name == "mode") {
            operation.rounding = rounding_named(member.value.as_text());
        } else if (name == "max" || name == "digits" || name == "power") {
            operation.number = static_cast<int>(*member.value.as_number().to_int64());
        } else if (name != "op") {  // text, find, separator, marker, format
            operation.text = member.value.as_text();
        }
    }
    if (operation.op == Op::truncate &&
        text::length(operation.text) > static_cast<std::size_t>(operation.number))
        report(place.member("marker"), Errc::config_value);
    if (operation.op == Op::format_date) {
        operation.format = DateFormat::compile(operation.text, DateFormat::Use::printing);
        if (!operation.format) report(place.member("format"), Errc::format_invalid);
    }
    return operation;
}

}  // namespace tenon::mapping
