#include "tenon/execution/plan.hpp"

namespace tenon::execution {

namespace {

json::Value reading_config(const catalogue::Provider& provider, const catalogue::Action& action,
                           const json::Value& target_config) {
    json::Object config;
    config.set("provider", provider.id);
    config.set("action", action.id);
    config.set("target_config", target_config.is_object() ? target_config : json::Value(json::Object()));
    config.set("field_mappings", json::Object());
    return config;
}

}  // namespace

Result<mapping::PlannedRequest> plan_reading(const catalogue::Provider& provider,
                                             const catalogue::Action& action, const catalogue::Step& step,
                                             const catalogue::Auth& auth, const json::Value& target_config,
                                             const json::Value& connection) {
    const std::string config = json::write(reading_config(provider, action, target_config));
    const std::string request = json::write(catalogue::step_template(provider, action, step, auth));
    const std::string facts = connection.is_object() ? json::write(connection) : std::string();
    mapping::PreviewInput input;
    input.config = config;
    input.submission = "{}";
    input.action = request;
    if (!facts.empty()) input.connection = facts;
    mapping::Preview preview = mapping::preview(input);
    if (preview.request) return std::move(*preview.request);
    const json::Value* first = json::resolve(preview.document, "/errors/0");
    if (first == nullptr) return fail(Errc::action_invalid, "/action");
    const auto code = errc_from_id(first->text_at("code"));
    return fail(code.value_or(Errc::action_invalid), std::string(first->text_at("pointer")),
                std::string(first->text_at("message")));
}

}  // namespace tenon::execution
