#include <algorithm>

#include "tenon/base/text.hpp"
#include "tenon/catalogue/load.hpp"

namespace tenon::catalogue {

namespace {

bool answers_to(const Provider& provider, std::string_view name) {
    return provider.id == name ||
           std::find(provider.aliases.begin(), provider.aliases.end(), name) != provider.aliases.end();
}

json::Object merged_headers(const json::Object& defaults, const json::Object& request) {
    json::Object out;
    for (const json::Object* layer : {&defaults, &request}) {
        const json::Value* headers = layer->find("headers");
        if (headers == nullptr || !headers->is_object()) continue;
        for (const json::Member& header : headers->as_object())
            out.set(text::lower_ascii(header.name), header.value);
    }
    return out;
}

json::Value auth_object(const Apply& apply) {
    json::Object out;
    out.set("kind", name_of(apply.kind));
    if (!apply.name.empty()) out.set("name", apply.name);
    return out;
}

json::Array send_time_headers(const json::Object& request, const Action& action) {
    json::Array out;
    if (const json::Value* names = request.find("send_time_headers"); names != nullptr && names->is_array())
        out = names->as_array();
    if (action.effect.kind == EffectKind::header) {
        const json::Value name(action.effect.name);
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
    return out;
}

}  // namespace

json::Value step_template(const Provider& provider, const Action& action, const Step& step,
                          const Auth& auth) {
    const json::Object& request = step.request.as_object();
    json::Object out = request;
    for (const std::string_view name : {"encoding", "message_escape"})
        if (const json::Value* value = provider.defaults.find(name); value != nullptr && !out.contains(name))
            out.set(std::string(name), *value);
    const bool brings_its_url = request.contains("url") || auth.apply.kind == ApplyKind::url;
    if (const json::Value* base = provider.defaults.find("base");
        base != nullptr && !brings_its_url && !out.contains("base"))
        out.set("base", *base);
    json::Object headers = merged_headers(provider.defaults, request);
    if (!headers.empty()) out.set("headers", std::move(headers));
    out.set("auth", auth_object(auth.apply));
    out.erase("send_time_headers");
    if (!step.is_reading())
        if (json::Array names = send_time_headers(request, action); !names.empty())
            out.set("send_time_headers", std::move(names));
    return out;
}

Result<Catalogue> Catalogue::create(std::vector<Provider> providers) {
    std::sort(providers.begin(), providers.end(),
              [](const Provider& a, const Provider& b) { return a.id < b.id; });
    std::vector<std::string> names;
    for (const Provider& each : providers) {
        names.push_back(each.id);
        names.insert(names.end(), each.aliases.begin(), each.aliases.end());
    }
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end())
        return fail(Errc::provider_invalid, *twice, "this id or alias belongs to another provider");
    Catalogue out;
    out.providers_ = std::move(providers);
    return out;
}

const Provider* Catalogue::provider(std::string_view id_or_alias) const {
    for (const Provider& each : providers_)
        if (answers_to(each, id_or_alias)) return &each;
    return nullptr;
}

std::optional<std::string> Catalogue::action_template(std::string_view provider_id,
                                                      std::string_view action_id,
                                                      std::string_view auth_kind) const {
    const Provider* provider_found = provider(provider_id);
    if (provider_found == nullptr) return std::nullopt;
    const Action* action = provider_found->action(action_id);
    if (action == nullptr) return std::nullopt;
    const Auth* auth = provider_found->auth_for(*action, auth_kind);
    if (auth == nullptr) return std::nullopt;
    return json::write(step_template(*provider_found, *action, *action->first_write(), *auth));
}

}  // namespace tenon::catalogue
