#pragma once
// Examples of the catalogue as requests, and the simulator's answers to them, without sockets.

#include <gtest/gtest.h>

#include <string>

#include "core/execution/samples.hpp"
#include "simulator/application.hpp"
#include "simulator/cast.hpp"
#include "tenon/catalogue/embedded.hpp"
#include "tenon/execution/plan.hpp"
#include "tenon/execution/reply_class.hpp"

namespace tenon::simulator {

constexpr UnixTime test_now{std::chrono::seconds(1'700'000'000)};
constexpr const char* test_secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

using execution::read_json;

/// Sets `value` at the pointer, or removes what is there. The parent must exist.
inline void change_at(json::Value& root, const std::string& pointer, const json::Value* value) {
    const std::size_t slash = pointer.rfind('/');
    auto* parent = const_cast<json::Value*>(json::resolve(root, pointer.substr(0, slash)));
    ASSERT_NE(parent, nullptr) << pointer;
    const std::string last = json::pointer_tokens(pointer).back();
    if (parent->is_array()) {
        ASSERT_NE(value, nullptr) << "items of lists are changed, not removed";
        parent->as_array().at(std::stoul(last)) = *value;
    } else if (value != nullptr) {
        parent->as_object().set(last, *value);
    } else {
        ASSERT_TRUE(parent->as_object().contains(last)) << pointer;
        parent->as_object().erase(last);
    }
}

/// A request on its way: as the preview shows it, with the credential in.
struct Sent {
    std::string method, url;
    json::Object headers;
    json::Value body;
    bool has_body = false;
};

/// `path` and query below the host; the simulator sees the provider's URLs like that.
inline http::Request request_of(const Sent& sent) {
    http::Request out;
    out.method = sent.method;
    const std::size_t start = sent.url.find('/', std::string("https://").size());
    out.target = start == std::string::npos ? "/" : sent.url.substr(start);
    const std::size_t mark = out.target.find('?');
    out.path = out.target.substr(0, mark);
    if (mark != std::string::npos) out.query = out.target.substr(mark + 1);
    for (const json::Member& header : sent.headers)
        out.headers.emplace_back(header.name, header.value.as_text());
    if (sent.has_body) out.body = json::write(sent.body);
    return out;
}

inline Answer ask(Behaviour& behaviour, const Sent& sent, UnixTime now = test_now) {
    const http::Request request = request_of(sent);
    return behaviour.answer({request, request.path}, now);
}

inline execution::Classified classified(const Answer& answer, const catalogue::Provider& provider,
                                        const catalogue::Action& action) {
    return execution::classify({answer.status, answer.headers, answer.body}, provider.rules(action), action,
                               test_now);
}

inline std::string credential_for(const std::string& provider, const std::string& field) {
    if (field == "url") return "https://hooks.slack.com/services/T000/B000/XXXX";
    if (field == "secret") return test_secret;
    if (provider == "airtable") return "patAbc.def";
    return provider == "slack" ? "xoxb-1-abc" : "ya29.a0_token";
}

inline catalogue::Catalogue embedded_catalogue() {
    std::vector<catalogue::Provider> providers;
    for (const auto& each : catalogue::embedded_providers())
        providers.push_back(*catalogue::load(read_json(each.text)));
    return *catalogue::Catalogue::create(std::move(providers));
}

/// The request of an example: previewed, filled, ready to be changed.
inline Sent sent_for(const catalogue::Catalogue& catalogue, const catalogue::Provider& provider,
                     const catalogue::Action& action, const json::Value& example) {
    json::Object config;
    config.set("provider", provider.id);
    config.set("action", action.id);
    config.set("target_config", *example.find("target_config"));
    config.set("field_mappings", *example.find("config"));
    if (const json::Value* message = example.find("message_template"))
        config.set("message_template", *message);
    const std::string config_text = execution::in_order(json::Value(std::move(config)));
    const std::string submission = json::write(*example.find("submission"));
    const auto request = catalogue.action_template(provider.id, action.id, example.text_at("auth"));
    mapping::PreviewInput input;
    input.config = config_text;
    input.submission = submission;
    if (request) input.action = *request;
    const auto preview = mapping::preview(input);
    EXPECT_TRUE(preview.request) << json::write(preview.document);
    Sent out;
    if (!preview.request) return out;
    const catalogue::Auth& auth = *provider.auth_for(action, example.text_at("auth"));
    std::vector<std::string> values;
    for (const std::string& field : auth.apply.fields) values.push_back(credential_for(provider.id, field));
    std::vector<execution::CredentialView> credential;
    for (std::size_t i = 0; i < values.size(); ++i) credential.push_back({auth.apply.fields[i], values[i]});
    const auto filled =
        execution::fill(*preview.request, action, auth, credential, {"exe_1", "att_1", test_now});
    EXPECT_TRUE(filled) << filled.error().detail;
    if (!filled) return out;
    out.method = filled->method;
    out.url = filled->url.expose();
    for (const auto& [name, value] : filled->headers) out.headers.set(name, value.expose());
    out.has_body = filled->body.has_value();
    if (filled->body) out.body = read_json(*filled->body);
    return out;
}

/// The request after one change of the example's `refused` list.
inline Sent changed(const Sent& sent, const json::Value& refused) {
    json::Value all(json::Object{
        {"url", json::Value(sent.url)}, {"headers", json::Value(sent.headers)}, {"body", sent.body}});
    change_at(all, std::string(refused.text_at("at")), refused.find("change"));
    Sent out = sent;
    out.url = all.text_at("url");
    out.headers = all.find("headers")->as_object();
    if (const json::Value* body = all.find("body")) out.body = *body;
    return out;
}

}  // namespace tenon::simulator
