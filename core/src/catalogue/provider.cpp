#include "tenon/catalogue/provider.hpp"

#include <algorithm>

namespace tenon::catalogue {

namespace {

bool contains(const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

std::string_view name_of(ApplyKind kind) {
    switch (kind) {
        case ApplyKind::none:
            return "none";
        case ApplyKind::bearer:
            return "bearer";
        case ApplyKind::basic:
            return "basic";
        case ApplyKind::header:
            return "header";
        case ApplyKind::query:
            return "query";
        case ApplyKind::standard_webhooks:
            return "standard_webhooks";
        case ApplyKind::url:
            return "url";
    }
    return "none";
}

std::string_view name_of(ReplyClass kind) {
    switch (kind) {
        case ReplyClass::ok:
            return "ok";
        case ReplyClass::auth_expired:
            return "auth_expired";
        case ReplyClass::permission:
            return "permission";
        case ReplyClass::rate_limited:
            return "rate_limited";
        case ReplyClass::retry:
            return "retry";
        case ReplyClass::not_applied:
            return "not_applied";
        case ReplyClass::permanent:
            return "permanent";
        case ReplyClass::conflict:
            return "conflict";
        case ReplyClass::outcome_unknown:
            return "outcome_unknown";
    }
    return "permanent";
}

const Field* Auth::field(std::string_view wanted) const {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.name == wanted; });
    return found == fields.end() ? nullptr : &*found;
}

bool Action::allows(std::string_view auth_kind) const {
    return auth_kinds.empty() || contains(auth_kinds, auth_kind);
}

const Step* Action::first_write() const {
    for (const Step& step : steps)
        if (!step.is_reading()) return &step;
    return steps.empty() ? nullptr : &steps.back();
}

std::vector<const Step*> Action::reading_steps() const {
    std::vector<const Step*> out;
    for (const Step& step : steps)
        if (step.is_reading()) out.push_back(&step);
    return out;
}

const Action* Provider::action(std::string_view id_or_alias) const {
    for (const Action& each : actions)
        if (each.id == id_or_alias || contains(each.aliases, id_or_alias)) return &each;
    return nullptr;
}

const Auth* Provider::auth_of(std::string_view kind) const {
    const auto found =
        std::find_if(auth.begin(), auth.end(), [&](const Auth& each) { return each.kind == kind; });
    return found == auth.end() ? nullptr : &*found;
}

const Auth* Provider::auth_for(const Action& wanted, std::string_view kind) const {
    for (const Auth& each : auth)
        if (wanted.allows(each.kind) && (kind.empty() || each.kind == kind)) return &each;
    return nullptr;
}

}  // namespace tenon::catalogue
