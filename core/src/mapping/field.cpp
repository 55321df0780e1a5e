#include "tenon/mapping/field.hpp"

#include <optional>

#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"
#include "tenon/mapping/coerce.hpp"
#include "tenon/mapping/transform.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

bool is_too_long(std::string_view text) {
    return text.size() > limits::text_characters && text::length(text) > limits::text_characters;
}

/// A text or array over its limit, at any depth.
std::optional<Errc> oversize(const Value& value) {
    if (value.is_text())
        return is_too_long(value.as_text()) ? std::optional(Errc::string_too_long) : std::nullopt;
    if (value.is_array()) {
        for (const Value& item : value.as_array())
            if (const auto code = oversize(item)) return code;
        if (value.as_array().size() > limits::array_items) return Errc::array_too_long;
    }
    if (value.is_object())
        for (const json::Member* member : value.as_object().sorted())
            if (const auto code = oversize(member->value)) return code;
    return std::nullopt;
}

/// Runs one mapping. Invariant: `field_.cells` never grows beyond what was reserved, so cells may borrow from
/// it.
class Run {
public:
    Run(const Mapping& mapping, const Answers& answers) : mapping_(mapping), answers_(answers) {
        field_.mapping = &mapping;
        field_.cells.reserve(mapping.operations.size() + 2);
        field_.cells.push_back({});
    }

    Field finish() {
        if (read_input() && transform() && type()) conclude();
        return std::move(field_);
    }

private:
    const Value& current() const { return field_.cells.back().value.get(); }

    bool fail_with(Note error) {
        field_.errors.push_back(std::move(error));
        field_.status = Status::error;
        return false;
    }

    bool add_step(std::string_view op, CellOrNote value) {
        if (!value) return fail_with(std::move(value.error()));
        if (const auto code = oversize(value->get())) return fail_with(note(*code));
        field_.cells.push_back({op, std::move(*value)});
        return true;
    }

    bool read_input() {
        auto input = read_source(mapping_.source, answers_, field_.warnings);
        if (!input) return fail_with(std::move(input.error()));
        field_.cells.front().value = std::move(*input);
        return true;
    }

    bool transform() {
        for (const Operation& operation : mapping_.operations) {
            const bool fills = operation.op == Op::default_value;
            if (is_empty(current()) != fills) continue;
            if (fills) field_.warnings.add_once(Errc::default_used, sentence(Errc::default_used));
            if (!add_step(name_of(operation.op), apply(operation, current(), mapping_, field_.warnings)))
                return false;
        }
        return true;
    }

    bool type() {
        if (is_empty(current())) return true;
        return add_step(name_of(mapping_.type), coerce(current(), mapping_, field_.warnings));
    }

    void conclude() {
        if (is_empty(current())) {
            if (mapping_.is_required) fail_with(note(Errc::required_missing));
            return;
        }
        validate(current(), mapping_, field_.errors);
        field_.status = field_.errors.empty() ? Status::value : Status::error;
    }

    const Mapping& mapping_;
    const Answers& answers_;
    Field field_;
};

}  // namespace

Field run_mapping(const Mapping& mapping, const Answers& answers) { return Run(mapping, answers).finish(); }

}  // namespace tenon::mapping
