#pragma once
// The members of one directive, sorted out by the table of spec/MAPPING.md 8. Internal to core/mapping.

#include "tenon/mapping/directive.hpp"

namespace tenon::mapping {

struct Evaluator::Parts {
    const json::Object& members;
    const Place& place;
    std::string_view head;  ///< `$value`, `$each`, …

    [[nodiscard]] const json::Value* find(std::string_view name) const { return members.find(name); }
    /// The pointer that the head holds; absent if it is none.
    [[nodiscard]] std::optional<std::string_view> pointer() const {
        const json::Value* value = members.find(head);
        if (value == nullptr || !value->is_text() || !json::is_pointer(value->as_text())) return std::nullopt;
        return value->as_text();
    }
    [[nodiscard]] tl::unexpected<Finding> refuse(Errc code) const {
        return tl::make_unexpected(finding(place.pointer(), code));
    }
    [[nodiscard]] tl::unexpected<Finding> invalid() const { return refuse(Errc::action_invalid); }
};

}  // namespace tenon::mapping
