#include "tenon/mapping/transform.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"
#include "tenon/mapping/coerce.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

std::string replaced(std::string_view text, std::string_view find, std::string_view with) {
    std::string out;
    for (;;) {
        const std::size_t at = text.find(find);
        out += text.substr(0, at);
        if (at == text.npos) return out;
        out += with;
        text.remove_prefix(at + find.size());
    }
}

std::string truncated(std::string_view text, const Operation& operation, Notes& warnings) {
    const auto most = static_cast<std::size_t>(operation.number);
    const std::size_t length = text.size() <= most ? text.size() : text::length(text);
    if (length <= most) return std::string(text);
    warnings.add_once(Errc::truncated,
                      sentence(Errc::truncated, {{"from", count_text(length)}, {"to", count_text(most)}}));
    return std::string(text::first(text, most - text::length(operation.text))).append(operation.text);
}

std::string changed_text(std::string_view text, const Operation& operation, Notes& warnings) {
    switch (operation.op) {
        case Op::trim:
            return std::string(text::trim(text));
        case Op::collapse_whitespace:
            return text::collapse_space(text);
        case Op::uppercase:
            return text::uppercase(text);
        case Op::lowercase:
            return text::lowercase(text);
        case Op::prefix:
            return std::string(operation.text).append(text);
        case Op::suffix:
            return std::string(text).append(operation.text);
        case Op::replace:
            return replaced(text, operation.text, operation.with);
        default:
            return truncated(text, operation, warnings);
    }
}

bool has_text_form(const Value& value) { return value.is_text() || value.is_number() || value.is_boolean(); }

Value change_one(const Value& value, const Operation& operation, Notes& warnings) {
    if (value.is_text()) return changed_text(value.as_text(), operation, warnings);
    return changed_text(text_form(value), operation, warnings);
}

CellOrNote change_text(const Operation& operation, const Value& value, Notes& warnings) {
    if (has_text_form(value)) return Cell(change_one(value, operation, warnings));
    if (!value.is_array() || !std::all_of(value.as_array().begin(), value.as_array().end(), has_text_form))
        return mismatch(value, name_of(operation.op));
    json::Array out;
    out.reserve(value.as_array().size());
    for (const Value& item : value.as_array()) out.push_back(change_one(item, operation, warnings));
    return Cell(Value(std::move(out)));
}

CellOrNote split(const Operation& operation, const Value& value) {
    if (!has_text_form(value)) return mismatch(value, name_of(operation.op));
    const std::string text = text_form(value);
    std::string_view rest = text;
    json::Array pieces;
    for (;;) {
        const std::size_t at = rest.find(operation.text);
        const std::string_view piece = text::trim(rest.substr(0, at));
        if (!piece.empty()) pieces.emplace_back(piece);
        if (at == rest.npos) return Cell(Value(std::move(pieces)));
        rest.remove_prefix(at + operation.text.size());
    }
}

CellOrNote join(const Operation& operation, const Value& value) {
    if (has_text_form(value)) return Cell(Value(text_form(value)));
    if (!value.is_array() || !std::all_of(value.as_array().begin(), value.as_array().end(), is_scalar))
        return mismatch(value, name_of(operation.op));
    std::string out;
    bool first = true;
    for (const Value& item : value.as_array()) {
        if (item.is_null()) continue;
        if (!first) out += operation.text;
        first = false;
        append_text_form(out, item);
    }
    return Cell(Value(std::move(out)));
}

CellOrNote change_number(const Operation& operation, const Value& value, const Mapping& mapping) {
    tl::expected<Decimal, Errc> number;
    if (value.is_number())
        number = value.as_number();
    else if (value.is_text())
        number = read_number(value.as_text(), mapping.parse.number);
    else
        return mismatch(value, name_of(operation.op));
    if (!number) return refuse(number.error());
    auto changed = operation.op == Op::round ? number->rounded(operation.number, operation.rounding)
                                             : number->scaled(operation.number);
    if (!changed) return refuse(changed.error().code);
    return Cell(Value(std::move(*changed)));
}

CellOrNote format_date(const Operation& operation, const Value& value, const Mapping& mapping) {
    auto moment = read_moment(value, mapping.parse, name_of(operation.op));
    if (!moment) return tl::make_unexpected(std::move(moment.error()));
    if (mapping.parse.zone != nullptr) {
        const auto moved = in_zone(*moment, *mapping.parse.zone);
        if (!moved) return refuse(moved.error());
        *moment = *moved;
    }
    auto printed = print_date(*moment, *operation.format);
    if (!printed) return refuse(printed.error());
    return Cell(Value(std::move(*printed)));
}

}  // namespace

CellOrNote apply(const Operation& operation, const Value& value, const Mapping& mapping, Notes& warnings) {
    switch (operation.op) {
        case Op::split:
            return split(operation, value);
        case Op::join:
            return join(operation, value);
        case Op::round:
        case Op::scale:
            return change_number(operation, value, mapping);
        case Op::format_date:
            return format_date(operation, value, mapping);
        case Op::default_value:
            return Cell::borrow(operation.value);
        default:
            return change_text(operation, value, warnings);
    }
}

}  // namespace tenon::mapping
