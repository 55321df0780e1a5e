#pragma once
// What templates see: values that exist already, under names. A scope borrows; nothing is copied to look
// something up.

#include <span>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"

namespace tenon::mapping {

struct Scope;

/// A value or a scope, borrowed; neither = null.
struct Ref {
    const json::Value* value = nullptr;
    const Scope* scope = nullptr;
};

struct Named {
    std::string_view name;
    Ref ref;
};

/// An object whose members live elsewhere. A member without value and scope is absent.
struct Scope {
    std::span<const Named> members;

    /// Null pointer if there is no such member.
    [[nodiscard]] const Ref* find(std::string_view name) const;
};

/// Member `name` of a scope or of an object; null pointers if there is none.
[[nodiscard]] Ref member_of(const Ref& ref, std::string_view name);
[[nodiscard]] inline bool is_absent(const Ref& ref) { return ref.value == nullptr && ref.scope == nullptr; }
/// The scope as one value, copied: for the rare place that prints a whole scope.
[[nodiscard]] json::Value to_value(const Ref& ref);

}  // namespace tenon::mapping
