// Every example of every action, through the mapping: what the catalogue promises is what is sent.

#include <gtest/gtest.h>

#include "samples.hpp"
#include "tenon/catalogue/embedded.hpp"
#include "tenon/execution/plan.hpp"

namespace tenon::execution {
namespace {

catalogue::Catalogue embedded_catalogue() {
    std::vector<catalogue::Provider> providers;
    for (const auto& each : catalogue::embedded_providers())
        providers.push_back(*catalogue::load(read_json(each.text)));
    return *catalogue::Catalogue::create(std::move(providers));
}

/// The config of an example, as a person would store it.
std::string config_of(const std::string& provider, const std::string& action, const json::Value& example) {
    json::Object config;
    config.set("provider", provider);
    config.set("action", action);
    config.set("target_config", *example.find("target_config"));
    config.set("field_mappings", *example.find("config"));
    if (const json::Value* message = example.find("message_template"))
        config.set("message_template", *message);
    return in_order(json::Value(std::move(config)));
}

mapping::Preview preview_of(const catalogue::Catalogue& catalogue, const std::string& provider,
                            const std::string& action, const json::Value& example) {
    const std::string config = config_of(provider, action, example);
    const std::string submission = json::write(*example.find("submission"));
    const auto request = catalogue.action_template(provider, action, example.text_at("auth"));
    EXPECT_TRUE(request);
    const std::string meta = example.find("meta") == nullptr ? "" : json::write(*example.find("meta"));
    const std::string connection =
        example.find("connection") == nullptr ? "" : json::write(*example.find("connection"));
    mapping::PreviewInput input;
    input.config = config;
    input.submission = submission;
    if (request) input.action = *request;
    if (!meta.empty()) input.meta = meta;
    if (!connection.empty()) input.connection = connection;
    return mapping::preview(input);
}

TEST(ExamplesTest, every_example_becomes_exactly_its_request) {
    const auto catalogue = embedded_catalogue();
    std::size_t count = 0;
    for (const auto& provider : catalogue.providers())
        for (const json::Value& action : provider.document.find("actions")->as_array())
            for (const json::Value& example : action.find("examples")->as_array()) {
                const std::string id(action.text_at("id"));
                const auto preview = preview_of(catalogue, provider.id, id, example);
                const json::Value* request = preview.document.find("request");
                ASSERT_NE(request, nullptr);
                EXPECT_EQ(json::write(*request), json::write(*example.find("request")))
                    << provider.id << "." << id << ": " << json::write(*preview.document.find("errors"));
                ++count;
            }
    EXPECT_GE(count, 8U);
}

TEST(ExamplesTest, an_alias_plans_the_same_request) {
    const auto catalogue = embedded_catalogue();
    for (const auto& provider : catalogue.providers())
        for (const auto& action : provider.actions)
            for (const std::string& alias : action.aliases)
                EXPECT_EQ(catalogue.action_template(provider.id, alias),
                          catalogue.action_template(provider.id, action.id));
}

TEST(ExamplesTest, a_reading_step_is_planned_over_the_target_config) {
    const auto catalogue = embedded_catalogue();
    const auto& provider = *catalogue.provider("googlesheets");
    const auto& action = *provider.action("append_row");
    const auto planned =
        plan_reading(provider, action, *action.reading_steps().front(), provider.auth.front(),
                     read_json(R"({"spreadsheet_id":"1Bx","worksheet_name":"Ann''s tab"})"), {});
    ASSERT_TRUE(planned) << planned.error().field << planned.error().detail;
    EXPECT_EQ(planned->method, "GET");
    EXPECT_EQ(planned->url,
              "https://sheets.googleapis.com/v4/spreadsheets/1Bx/values/%27Ann%27%27s%20tab%27%211%3A1");
    EXPECT_FALSE(planned->body);
    const auto failed = plan_reading(provider, action, *action.reading_steps().front(), provider.auth.front(),
                                     read_json(R"({"spreadsheet_id":"..","worksheet_name":"a"})"), {});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Errc::path_invalid);
}

TEST(ExamplesTest, a_preview_can_be_filled) {
    const auto catalogue = embedded_catalogue();
    const auto& provider = *catalogue.provider("slack");
    const auto& action = *provider.action("send_webhook_message");
    const json::Value example = json::resolve(provider.document, "/actions/1/examples/0") != nullptr
                                    ? *json::resolve(provider.document, "/actions/1/examples/0")
                                    : json::Value();
    const auto preview = preview_of(catalogue, "slack", "send_webhook_message", example);
    ASSERT_TRUE(preview.request);
    const std::vector<CredentialView> credential{{"url", "https://hooks.slack.com/services/T0/B0/x"}};
    const auto filled = fill(*preview.request, action, *provider.auth_of("webhook_url"), credential, {});
    ASSERT_TRUE(filled) << filled.error().detail;
    EXPECT_EQ(filled->url.expose(), "https://hooks.slack.com/services/T0/B0/x");
    EXPECT_EQ(*filled->body, json::write(*json::resolve(preview.document, "/request/body")));
}

}  // namespace
}  // namespace tenon::execution
