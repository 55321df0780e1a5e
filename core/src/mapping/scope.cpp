#include "tenon/mapping/scope.hpp"

namespace tenon::mapping {

const Ref* Scope::find(std::string_view name) const {
    for (const Named& member : members)
        if (member.name == name) return is_absent(member.ref) ? nullptr : &member.ref;
    return nullptr;
}

Ref member_of(const Ref& ref, std::string_view name) {
    if (ref.scope != nullptr) {
        const Ref* found = ref.scope->find(name);
        return found != nullptr ? *found : Ref{};
    }
    return ref.value != nullptr ? Ref{ref.value->find(name), nullptr} : Ref{};
}

json::Value to_value(const Ref& ref) {
    if (ref.value != nullptr) return *ref.value;
    json::Object out;
    if (ref.scope == nullptr) return {};
    for (const Named& member : ref.scope->members)
        if (!is_absent(member.ref)) out.set(std::string(member.name), to_value(member.ref));
    return out;
}

}  // namespace tenon::mapping
