#include "tenon/catalogue/load.hpp"

#include "load_parts.hpp"

namespace tenon::catalogue {

namespace {

Result<void> load_variables(const Place& root, Provider& out) {
    TENON_TRY(const auto variables, members_of(root, "variables"));
    for (const auto& [name, place] : variables) {
        TENON_TRY(Pattern pattern, load_pattern(place));
        out.variables.push_back(
            Variable{name, std::string(place.value->text_at("pattern")), std::move(pattern)});
    }
    return {};
}

Result<void> load_ways_to_connect(const Place& root, Provider& out) {
    TENON_TRY(const auto items, items_of(root, "auth"));
    if (items.empty()) return root.member("auth").wrong("needs at least one way to connect");
    for (const Place& item : items) {
        TENON_TRY(Auth auth, load_auth(item));
        if (out.auth_of(auth.kind) != nullptr) return item.wrong("a way of this kind exists");
        out.auth.push_back(std::move(auth));
    }
    return {};
}

Result<void> load_actions(const Place& root, Provider& out) {
    TENON_TRY(const auto items, items_of(root, "actions"));
    for (const Place& item : items) {
        TENON_TRY(Action action, load_action(item));
        if (out.action(action.id) != nullptr) return item.wrong("an action of this id exists");
        for (const std::string& alias : action.aliases)
            if (out.action(alias) != nullptr || alias == action.id)
                return item.wrong("an action of this alias exists");
        for (const std::string& kind : action.auth_kinds)
            if (out.auth_of(kind) == nullptr) return item.wrong("allows a way to connect that there is not");
        out.actions.push_back(std::move(action));
    }
    return {};
}

}  // namespace

Result<Provider> load(json::Value document) {
    Provider out;
    out.document = std::move(document);
    const Place root{&out.document, ""};
    if (!root.value->is_object()) return root.wrong("must be an object");
    TENON_TRY(out.id, required_text(root, "id"));
    TENON_TRY(out.name, required_text(root, "name"));
    TENON_TRY(out.aliases, texts_of(root, "aliases"));
    TENON_CHECK(load_variables(root, out));
    TENON_CHECK(load_ways_to_connect(root, out));
    if (const Place defaults = root.member("defaults"); defaults.exists()) {
        if (!defaults.value->is_object()) return defaults.wrong("must be an object");
        out.defaults = defaults.value->as_object();
    }
    TENON_TRY(const Place reply, required(root, "reply"));
    TENON_TRY(out.reply, load_reply_rules(reply));
    TENON_CHECK(load_actions(root, out));
    return out;
}

}  // namespace tenon::catalogue
