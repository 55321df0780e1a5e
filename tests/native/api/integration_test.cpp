#include "api_world.hpp"

namespace tenon::api {
namespace {

using Pointers = std::vector<std::string>;

struct Integrations : testing::ApiWorld {
    std::string form = make_form();
    std::string connection = make_connection();

    testing::Answered save(const std::string& config_text, const std::string& more = {}) {
        return call("POST", "/v1/forms/" + form + "/integrations", "{\"config\":" + config_text + more + "}");
    }
};

TEST_F(Integrations, a_config_comes_back_in_the_order_it_was_written) {
    const auto saved = save(config(connection), R"(,"condition":{"required":["a"]})");
    ASSERT_EQ(saved.status, 201) << saved.response.body;
    EXPECT_NE(saved.response.body.find(R"("field_mappings":{"b":{"target":"B"},"a":{"target":"A"}})"),
              std::string::npos);
    EXPECT_EQ(saved.text("form_id"), form);
    const auto read = get("/v1/integrations/" + std::string(saved.text("id")));
    EXPECT_EQ(read.response.body, saved.response.body);
    EXPECT_EQ(get("/v1/forms/" + form + "/integrations").body.find("data")->as_array().size(), 1U);
}

TEST_F(Integrations, older_names_are_replaced) {
    const auto saved = save(R"({"toolkit":"ACME","action_type":"make","connection_id":")" + connection +
                            R"(","target_config":{"table":"t"},"field_mappings":{}})");
    ASSERT_EQ(saved.status, 201) << saved.response.body;
    EXPECT_EQ(saved.body.find("config")->text_at("provider"), "acme");
    EXPECT_EQ(saved.body.find("config")->text_at("action"), "make");
    EXPECT_EQ(saved.body.find("config")->find("toolkit"), nullptr);
}

TEST_F(Integrations, every_rule_of_the_config_is_reported_with_its_pointer) {
    const auto answer =
        save(R"({"provider":"acme","action":"create","connection_id":")" + connection +
             R"(","field_mappings":{"a":{"target":"A","type":"nope"},"b":{"targt":"B"}},"extra":1})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.pointers(),
              (Pointers{"/config/extra", "/config/field_mappings/a/type", "/config/field_mappings/b/target",
                        "/config/field_mappings/b/targt"}));
}

TEST_F(Integrations, unknown_providers_and_actions_are_refused) {
    EXPECT_EQ(save(R"({"provider":"nobody","action":"x","field_mappings":{}})").pointers(),
              Pointers{"/config/provider"});
    const auto answer = save(R"({"provider":"acme","action":"x","field_mappings":{}})");
    EXPECT_EQ(answer.pointers(), Pointers{"/config/action"});
    EXPECT_EQ(answer.body.find("errors")->as_array()[0].text_at("code"), "unknown_action");
    EXPECT_EQ(save(R"({"provider":"none","action":"x","field_mappings":{}})").status, 422);
}

TEST_F(Integrations, target_config_is_checked_by_the_actions_schema) {
    const std::string head = R"({"provider":"acme","action":"create","connection_id":")" + connection + "\",";
    EXPECT_EQ(save(head + R"("target_config":{"table":1},"field_mappings":{}})").pointers(),
              Pointers{"/config/target_config/table"});
    EXPECT_EQ(save(head + R"("target_config":{"table":"t","x":1},"field_mappings":{}})").pointers(),
              Pointers{"/config/target_config/x"});
    EXPECT_EQ(save(head + R"("field_mappings":{}})").pointers(), Pointers{"/config/target_config"});
}

TEST_F(Integrations, the_connection_must_be_there_and_active) {
    const auto with = [&](const std::string& member) {
        return save(
            R"({"provider":"acme","action":"create","target_config":{"table":"t"},"field_mappings":{})" +
            member + "}");
    };
    EXPECT_EQ(with("").pointers(), Pointers{"/config/connection_id"});
    EXPECT_EQ(with(R"(,"connection_id":"x")").status, 422);
    EXPECT_EQ(with(R"(,"connection_id":"01970000-0000-7000-8000-000000000000")").status, 404);
    call("POST", "/v1/connections/" + connection + "/disconnect");
    const auto answer = with(R"(,"connection_id":")" + connection + "\"");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "not_connected");
}

TEST_F(Integrations, a_change_needs_the_right_version) {
    const std::string path = "/v1/integrations/" + std::string(save(config(connection)).text("id"));
    const auto changed =
        call("PATCH", path, "{\"config\":" + config(connection, R"(,"is_active":false)") + "}",
             {{"if-match", "\"1\""}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(changed.header("etag"), "\"2\"");
    EXPECT_EQ(call("PATCH", path, R"({"condition":true})", {{"if-match", "\"1\""}}).status, 412);
    EXPECT_EQ(call("DELETE", path).status, 204);
    EXPECT_EQ(get(path).status, 404);
}

TEST_F(Integrations, an_inactive_one_gets_no_executions) {
    ASSERT_EQ(save(config(connection, R"(,"is_active":false)")).status, 201);
    call("POST", "/v1/forms/" + form + "/submissions", R"({"a":"x"})");
    EXPECT_EQ(get("/v1/executions").body.find("data")->as_array().size(), 0U);
}

TEST_F(Integrations, zones_are_filled_in_and_what_was_sent_is_replaced) {
    const auto saved = save(
        R"({"provider":"acme","action":"create","connection_id":")" + connection +
        R"(","target_config":{"table":"t"},"zones":{"Europe/Berlin":[["2026-03-29T01:00:00Z",7]]},)"
        R"("field_mappings":{"d":{"target":"D","type":"datetime","parse":{"timezone":"Europe/Berlin"}}}})");
    ASSERT_EQ(saved.status, 201) << saved.response.body;
    const auto& rows = saved.body.find("config")->find("zones")->find("Europe/Berlin")->as_array();
    EXPECT_GT(rows.size(), 200U);
    EXPECT_EQ(json::write(rows[0]), R"(["1970-01-01T00:00:00Z",60])");
    EXPECT_EQ(get("/v1/zones/Europe/Berlin").body.find("rows")->as_array().size(), rows.size());
    EXPECT_EQ(get("/v1/zones/Mars/Olympus").status, 404);
}

TEST_F(Integrations, an_unknown_zone_is_reported_at_its_mapping) {
    const auto answer =
        save(R"({"provider":"acme","action":"create","connection_id":")" + connection +
             R"(","target_config":{"table":"t"},)"
             R"("field_mappings":{"d":{"target":"D","type":"datetime","parse":{"timezone":"No/Where"}}}})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.pointers(), Pointers{"/config/field_mappings/d/parse/timezone"});
}

TEST_F(Integrations, a_condition_is_a_json_schema) {
    const auto answer = save(config(connection), R"(,"condition":{"type":"x"})");
    EXPECT_EQ(answer.code(), "schema_malformed");
    EXPECT_TRUE(answer.pointers().at(0).starts_with("/condition"));
}

TEST_F(Integrations, a_preview_shows_the_request_without_the_credential) {
    const auto answer = call("POST", "/v1/preview",
                             "{\"config\":" + config(connection) + R"(,"submission":{"a":"1","b":"2"}})");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.response.body, json::write(answer.body));
    const auto* request = answer.body.find("request");
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->text_at("url"), "https://api.acme.test/t");
    EXPECT_EQ(request->find("headers")->text_at("authorization"), "Bearer ***");
}

TEST_F(Integrations, a_preview_of_a_wrong_config_is_a_document_too) {
    const auto answer = call("POST", "/v1/preview", R"({"config":{},"submission":[]})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.body.find("ok")->as_boolean());
    EXPECT_EQ(call("POST", "/v1/preview", R"({"config":{}})").status, 422);
}

}  // namespace
}  // namespace tenon::api
