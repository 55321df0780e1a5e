#include "api/handlers.hpp"

namespace tenon::api {
namespace {

/// What a list needs; the whole document is one GET away.
json::Value summary(const catalogue::Provider& provider) {
    json::Array actions;
    for (const auto& action : provider.actions)
        actions.emplace_back(json::Object{
            {"id", action.id}, {"title", action.title}, {"class", action.is_write ? "write" : "read"}});
    json::Array kinds;
    for (const auto& auth : provider.auth) kinds.emplace_back(auth.kind);
    return json::Object{{"id", provider.id},
                        {"name", provider.name},
                        {"category", provider.document.text_at("category")},
                        {"aliases", text_array(provider.aliases)},
                        {"auth_kinds", std::move(kinds)},
                        {"actions", std::move(actions)}};
}

/// `{action: {auth kind: template}}`: what the preview is computed from, so that a page computes the same
/// bytes.
json::Value templates(const Services& services, const catalogue::Provider& provider) {
    json::Object by_action;
    for (const auto& action : provider.actions) {
        json::Object by_kind;
        for (const auto& auth : provider.auth)
            if (auto text = services.catalogue.action_template(provider.id, action.id, auth.kind))
                by_kind.set(auth.kind, stored_json(*text));
        by_action.set(action.id, std::move(by_kind));
    }
    return by_action;
}

}  // namespace

asio::awaitable<Reply> list_providers(Call& call) {
    json::Array data;
    for (const auto& provider : call.services.catalogue.providers()) data.emplace_back(summary(provider));
    co_return answer(200, json::Object{{"data", std::move(data)}, {"next_cursor", nullptr}});
}

asio::awaitable<Reply> get_provider(Call& call) {
    const auto* provider = call.services.catalogue.provider(call.path_text("provider_id"));
    if (provider == nullptr)
        co_return fail(Errc::not_found, {}, "No provider has this id; GET /v1/providers lists them.");
    json::Object shown = provider->document.as_object();
    shown.set("templates", templates(call.services, *provider));
    co_return answer(200, std::move(shown));
}

}  // namespace tenon::api
