#include "tenon/mapping/coerce.hpp"

#include <algorithm>

#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"
#include "tenon/mapping/contact.hpp"

namespace tenon::mapping {
namespace {

using json::Kind;
using json::Value;

constexpr std::int64_t largest_exact_integer = 9'007'199'254'740'991;  // 2^53 - 1

/// Types one value (an item of an array, or the whole) as `type`.
class Typing {
public:
    Typing(const Mapping& mapping, Notes& warnings) : mapping_(mapping), warnings_(warnings) {}

    CellOrNote to(Type type, const Value& given) {
        const Value* value = &given;
        if (type != Type::string && type != Type::array && type != Type::json)
            while (value->is_array() && value->as_array().size() == 1) value = &value->as_array().front();
        auto typed = of_kind(type, *value);
        if (typed && !given.is_text() && typed->get().kind() != given.kind() && !is_empty(typed->get()))
            warnings_.add_once(Errc::coerced,
                               sentence(Errc::coerced, {{"from", kind_name(given.kind())},
                                                        {"to", kind_name(typed->get().kind())}}));
        return typed;
    }

private:
    CellOrNote of_kind(Type type, const Value& value) {
        switch (type) {
            case Type::string:
                return value.is_text() ? CellOrNote(Cell::borrow(&value))
                                       : CellOrNote(Value(text_form(value)));
            case Type::number:
            case Type::integer:
            case Type::decimal:
                return numeric(type, value);
            case Type::boolean:
                return boolean(value);
            case Type::date:
            case Type::datetime:
                return moment(type, value);
            case Type::email:
            case Type::url:
            case Type::phone:
                return contact(type, value);
            case Type::option:
                return option(value);
            case Type::array:
                return array(value);
            case Type::json:
                return parsed(value);
        }
        return mismatch(value, name_of(type));
    }

    CellOrNote numeric(Type type, const Value& value) {
        if (value.is_number()) return from_number(type, value.as_number());
        if (!value.is_text()) return mismatch(value, name_of(type));
        auto number = read_number(value.as_text(), mapping_.parse.number);
        if (!number) return refuse(number.error());
        return from_number(type, *number);
    }

    CellOrNote from_number(Type type, const Decimal& number) {
        if (type == Type::decimal) return Cell(Value(number.plain()));
        if (type == Type::number) {
            if (!number.is_inexact()) return Cell(Value(number));
            warnings_.add_once(Errc::precision_lost, sentence(Errc::precision_lost));
            return Cell(Value(number.nearest_double()));
        }
        if (!number.is_whole()) return refuse(Errc::not_an_integer);
        const auto whole = number.to_int64();
        if (whole && *whole <= largest_exact_integer && *whole >= -largest_exact_integer)
            return Cell(Value(*whole));
        warnings_.add_once(Errc::integer_as_text, sentence(Errc::integer_as_text));
        return Cell(Value(number.plain_shortest()));
    }

    CellOrNote boolean(const Value& value) {
        if (value.is_boolean()) return Cell::borrow(&value);
        if (value.is_number()) {
            const auto whole = value.as_number().to_int64();
            if (whole == 0 || whole == 1) return Cell(Value(*whole == 1));
            return refuse(Errc::invalid_boolean);
        }
        if (!value.is_text()) return mismatch(value, name_of(Type::boolean));
        constexpr std::string_view yes[] = {"true", "yes", "on", "1"};
        constexpr std::string_view no[] = {"false", "no", "off", "0"};
        const std::string_view text = text::trim(value.as_text());
        if (is_word(text, mapping_.parse.true_values, yes)) return Cell(Value(true));
        if (is_word(text, mapping_.parse.false_values, no)) return Cell(Value(false));
        return refuse(Errc::invalid_boolean);
    }

    static bool is_word(std::string_view text, const json::Array* own,
                        std::span<const std::string_view> usual) {
        if (own != nullptr)
            return std::any_of(own->begin(), own->end(),
                               [&](const Value& word) { return word.as_text() == text; });
        return std::any_of(usual.begin(), usual.end(),
                           [&](std::string_view word) { return text::equal_ignoring_case(word, text); });
    }

    CellOrNote moment(Type type, const Value& value) {
        auto read = read_moment(value, mapping_.parse, name_of(type));
        if (!read) return tl::make_unexpected(std::move(read.error()));
        if (type == Type::datetime) {
            auto printed = print_instant(*read, mapping_.parse.zone);
            if (!printed) return refuse(printed.error());
            return Cell(Value(std::move(*printed)));
        }
        if (read->offset && mapping_.parse.zone != nullptr) {
            const auto moved = in_zone(*read, *mapping_.parse.zone);
            if (!moved) return refuse(moved.error());
            *read = *moved;
        }
        return Cell(Value(print_day(read->date)));
    }

    static CellOrNote contact(Type type, const Value& value) {
        if (type == Type::phone && value.is_number()) {
            if (!value.as_number().is_whole()) return refuse(Errc::invalid_phone);
            return phone(value.as_number().plain_shortest());
        }
        if (!value.is_text()) return mismatch(value, name_of(type));
        const std::string_view text = text::trim(value.as_text());
        if (type == Type::phone) return phone(text);
        if (type == Type::email) {
            if (!is_email(text)) return refuse(Errc::invalid_email);
            return text.size() == value.as_text().size() ? Cell::borrow(&value) : Cell(Value(text));
        }
        auto url = read_url(text);
        if (!url) return refuse(Errc::invalid_url);
        return Cell(Value(std::move(*url)));
    }

    static CellOrNote phone(std::string_view text) {
        auto digits = read_phone(text);
        if (!digits) return refuse(Errc::invalid_phone);
        return Cell(Value(std::move(*digits)));
    }

    CellOrNote option(const Value& value) {
        if (value.is_array() || value.is_object() || value.is_null())
            return mismatch(value, name_of(Type::option));
        const std::string key = text_form(value);
        if (const Value* found = mapping_.options.map->find(text::trim(key))) return Cell::borrow(found);
        if (mapping_.options.otherwise == Options::Otherwise::keep) return Cell::borrow(&value);
        if (mapping_.options.otherwise == Options::Otherwise::empty) return Cell();
        return refuse(Errc::option_unknown);
    }

    CellOrNote array(const Value& value) {
        if (value.is_object() || value.is_null()) return mismatch(value, name_of(Type::array));
        const std::size_t count = value.is_array() ? value.as_array().size() : 1;
        json::Array typed;
        typed.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const Value& item = value.is_array() ? value.as_array()[i] : value;
            if (is_empty(item)) continue;
            // A scalar that became an array of itself is reported once, as the array it became.
            auto one = value.is_array() ? to(mapping_.items, item) : of_kind(mapping_.items, item);
            if (!one) {
                std::string message = "item ";
                message += count_text(i + 1);
                message += ": ";
                message += one.error().message;
                return tl::make_unexpected(Note{one.error().code, std::move(message)});
            }
            if (!is_empty(one->get())) typed.push_back(std::move(*one).take());
        }
        return Cell(Value(std::move(typed)));
    }

    static CellOrNote parsed(const Value& value) {
        if (!value.is_text()) return Cell::borrow(&value);
        auto read = json::read(value.as_text());
        if (read) return Cell(std::move(*read));
        return refuse(read.error().code == Errc::number_out_of_range ? Errc::number_out_of_range
                                                                     : Errc::invalid_json);
    }

    const Mapping& mapping_;
    Notes& warnings_;
};

}  // namespace

CellOrNote coerce(const Value& value, const Mapping& mapping, Notes& warnings) {
    return Typing(mapping, warnings).to(mapping.type, value);
}

tl::expected<Moment, Note> read_moment(const Value& value, const Parse& parse, std::string_view wanted) {
    const bool is_unix = parse.format && parse.format->kind() != DateFormat::Kind::tokens;
    MomentOrError moment;
    if (value.is_number() && is_unix) {
        moment = read_unix(value.as_number(), parse.format->kind());
    } else if (value.is_text()) {
        const std::string_view text = text::trim(value.as_text());
        moment = parse.format ? read_date(text, *parse.format) : read_date(text);
    } else {
        return mismatch(value, wanted);
    }
    if (!moment) return refuse(moment.error());
    return *moment;
}

}  // namespace tenon::mapping
