// What stands in front of every handler, and the resources without an outside world.

#include "api_world.hpp"

namespace tenon::api {
namespace {

using Pointers = std::vector<std::string>;

struct Front : testing::ApiWorld {};

TEST_F(Front, an_unknown_path_is_404_and_a_wrong_method_405_with_allow) {
    EXPECT_EQ(get("/v1/nothing").status, 404);
    const auto answer = call("DELETE", "/v1/forms");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("allow"), "GET, HEAD, POST");
}

TEST_F(Front, every_problem_has_its_members) {
    const auto answer = get("/v1/nothing");
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    for (const char* name : {"type", "title", "status", "code", "detail", "request_id"})
        EXPECT_NE(answer.body.find(name), nullptr) << name;
    EXPECT_EQ(answer.text("type"), "/problems/not_found");
    EXPECT_EQ(answer.text("request_id"), "test");
}

TEST_F(Front, a_foreign_host_is_421) {
    http::Request made = request("GET", {{"authorization", "Bearer " + own.key}});
    made.headers.back().second = "evil.example";
    EXPECT_EQ(wait(api->handle(made)).status, 421);
}

TEST_F(Front, another_content_type_is_415) {
    const auto answer =
        send("POST", "/v1/forms", {{"authorization", "Bearer " + own.key}, {"content-type", "text/plain"}},
             R"({"name":"x"})");
    EXPECT_EQ(answer.status, 415);
    EXPECT_EQ(send("POST", "/v1/forms", {{"authorization", "Bearer " + own.key}}, R"({"name":"x"})").status,
              415);
}

TEST_F(Front, unreadable_bodies_are_400_with_their_code) {
    const std::pair<std::string, std::string_view> table[] = {
        {"{", "invalid_json"},
        {"", "invalid_json"},
        {"\xEF\xBB\xBF{\"name\":\"x\"}", "invalid_json"},
        {"{\"name\":\"\xff\"}", "invalid_unicode"},
        {R"({"name":"\ud800"})", "invalid_unicode"},
        {R"({"name":"x","name":"y"})", "duplicate_key"}};
    for (const auto& [body, code] : table) {
        const auto answer = call("POST", "/v1/forms", body, {{"content-type", "application/json"}});
        if (body.empty()) continue;  // sent with two content types: 415
        EXPECT_TRUE(answer.status == 400 || answer.status == 415) << body;
    }
    for (const auto& [body, code] : table) {
        const auto answer =
            send("POST", "/v1/forms",
                 {{"authorization", "Bearer " + own.key}, {"content-type", "application/json"}}, body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_EQ(answer.code(), code) << body;
    }
}

TEST_F(Front, a_body_nested_too_deeply_is_refused) {
    const std::string deep =
        R"({"name":"x","schema":{"default":)" + std::string(70, '[') + std::string(70, ']') + "}}";
    const auto answer = call("POST", "/v1/forms", deep);
    EXPECT_EQ(answer.code(), "too_deep");
}

TEST_F(Front, unknown_and_missing_members_have_pointers) {
    const auto answer = call("POST", "/v1/forms", R"({"nome":"x"})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.code(), "validation_failed");
    EXPECT_EQ(answer.pointers(), (Pointers{"", "/nome"}));
}

TEST_F(Front, a_body_where_none_belongs_is_refused) {
    const std::string id = make_connection();
    EXPECT_EQ(call("POST", "/v1/connections/" + id + "/disconnect", R"({"a":1})").status, 400);
    EXPECT_EQ(call("POST", "/v1/connections/" + id + "/disconnect", "{}").status, 200);
}

TEST_F(Front, parameters_are_checked) {
    for (const char* limit : {"0", "201", "-1", "x", "", "1.5", "99999999999"})
        EXPECT_EQ(get(std::string("/v1/forms?limit=") + limit).status, 422) << limit;
    EXPECT_EQ(get("/v1/forms?limit=1").status, 200);
    EXPECT_EQ(get("/v1/forms?limit=200").status, 200);
    EXPECT_EQ(get("/v1/forms?cursor=AAAA").code(), "cursor_invalid");
    EXPECT_EQ(get("/v1/forms?cursor=AAAA").status, 400);
    EXPECT_EQ(get("/v1/forms?other=1").status, 422);
    EXPECT_EQ(get("/v1/forms?limit=1&limit=2").status, 400);
    EXPECT_EQ(get("/v1/forms?limit=%zz").status, 400);
    EXPECT_EQ(get("/v1/executions?form_id=x").pointers(), Pointers{"/form_id"});
    EXPECT_EQ(get("/v1/executions?since=yesterday").pointers(), Pointers{"/since"});
}

TEST_F(Front, pages_go_on_where_they_ended) {
    std::vector<std::string> made;
    for (int i = 0; i < 5; ++i) made.push_back(make_form());
    std::vector<std::string> seen;
    std::string target = "/v1/forms?limit=2";
    for (int page = 0; page < 3; ++page) {
        const auto answer = get(target);
        for (const auto& form : answer.body.find("data")->as_array()) seen.emplace_back(form.text_at("id"));
        const auto* next = answer.body.find("next_cursor");
        if (next->is_null()) break;
        target = "/v1/forms?limit=2&cursor=" + next->as_text();
    }
    EXPECT_EQ(seen, std::vector<std::string>(made.rbegin(), made.rend()));
    EXPECT_TRUE(get("/v1/forms?limit=5").body.find("next_cursor")->is_null());
}

struct Forms : testing::ApiWorld {};

TEST_F(Forms, a_form_is_answered_as_it_was_made) {
    const auto made = call(
        "POST", "/v1/forms",
        R"({"name":"Leads","schema":{"type":"object","properties":{"z":true,"a":true}},"subject_pointer":"/email"})");
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.header("etag"), "\"1\"");
    const auto read = get("/v1/forms/" + std::string(made.text("id")));
    EXPECT_EQ(read.response.body, made.response.body);
    EXPECT_NE(read.response.body.find(R"("properties":{"z":true,"a":true})"), std::string::npos);
}

TEST_F(Forms, schemas_that_could_not_be_applied_are_refused) {
    const std::pair<const char*, const char*> table[] = {
        {R"({"type":"objekt"})", "schema_malformed"},
        {R"({"$ref":"https://example.test/x"})", "ref_unresolved"},
        {R"j({"properties":{"a":{"pattern":"(?=x)"}}})j", "pattern_unsupported"}};
    for (const auto& [schema, code] : table) {
        const auto answer = call("POST", "/v1/forms", std::string(R"({"name":"x","schema":)") + schema + "}");
        EXPECT_EQ(answer.status, 422) << schema;
        EXPECT_EQ(answer.code(), code) << schema;
        ASSERT_EQ(answer.pointers().size(), 1U);
        EXPECT_TRUE(answer.pointers()[0].starts_with("/schema")) << answer.pointers()[0];
    }
}

TEST_F(Forms, a_change_raises_the_version_and_a_stale_one_is_412) {
    const std::string path = "/v1/forms/" + make_form();
    const auto changed = call("PATCH", path, R"({"name":"New"})", {{"if-match", "\"1\""}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(changed.header("etag"), "\"2\"");
    EXPECT_EQ(call("PATCH", path, R"({"name":"Old"})", {{"if-match", "\"1\""}}).status, 412);
    EXPECT_EQ(call("PATCH", path, R"({"name":"Old"})", {{"if-match", "2"}}).status, 412);
    EXPECT_EQ(get(path).text("name"), "New");
    EXPECT_EQ(call("PATCH", path, R"({"name":"Any"})", {{"if-match", "*"}}).status, 200);
}

TEST_F(Forms, a_change_leaves_out_what_it_does_not_name_and_null_removes_the_schema) {
    const std::string path = "/v1/forms/" + make_form(R"({"name":"x","schema":{"type":"object"}})");
    EXPECT_NE(call("PATCH", path, R"({"name":"y"})").body.find("schema"), nullptr);
    EXPECT_EQ(call("PATCH", path, R"({"schema":null})").body.find("schema"), nullptr);
    EXPECT_EQ(call("PATCH", path, "{}").status, 422);
}

TEST_F(Forms, a_deleted_form_is_gone_and_one_with_submissions_stays) {
    const std::string path = "/v1/forms/" + make_form();
    EXPECT_EQ(call("DELETE", path).status, 204);
    EXPECT_EQ(get(path).status, 404);
    const std::string kept = "/v1/forms/" + make_form();
    ASSERT_EQ(call("POST", kept + "/submissions", "{}").status, 202);
    EXPECT_EQ(call("DELETE", kept).status, 409);
}

struct Connections : testing::ApiWorld {};

TEST_F(Connections, credentials_make_a_connection_active_and_are_never_shown) {
    const auto made = call("POST", "/v1/connections", R"({"provider":"acme_old","account_name":"main"})");
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.text("provider"), "acme");
    EXPECT_EQ(made.text("status"), "connecting");
    const std::string path = "/v1/connections/" + std::string(made.text("id"));
    const auto given =
        call("PUT", path + "/credentials", R"({"kind":"api_key","fields":{"token":"secretword"}})");
    EXPECT_EQ(given.text("status"), "active");
    EXPECT_EQ(given.text("auth_kind"), "api_key");
    EXPECT_EQ(get(path).response.body.find("secretword"), std::string::npos);
    const auto gone = call("POST", path + "/disconnect");
    EXPECT_EQ(gone.text("status"), "disconnected");
}

TEST_F(Connections, credentials_must_fit_the_providers_form) {
    const std::string path = "/v1/connections/" + make_connection() + "/credentials";
    const std::pair<const char*, Pointers> table[] = {
        {R"({"kind":"api_key","fields":{"token":"ABC"}})", {"/fields/token"}},
        {R"({"kind":"api_key","fields":{"token":"aaaaaaaaaaaaaaaaaaaaa"}})", {"/fields/token"}},
        {R"({"kind":"api_key","fields":{"token":1}})", {"/fields/token"}},
        {R"({"kind":"api_key","fields":{}})", {"/fields/token"}},
        {R"({"kind":"api_key","fields":{"token":"abc","more":"x"}})", {"/fields/more"}},
        {R"({"kind":"basic","fields":{}})", {"/kind"}},
        {R"({"kind":"oauth2","fields":{}})", {"/kind"}}};
    for (const auto& [body, pointers] : table) {
        const auto answer = call("PUT", path, body);
        EXPECT_EQ(answer.status, 422) << body;
        EXPECT_EQ(answer.pointers(), pointers) << body;
        EXPECT_EQ(answer.response.body.find("aaaaaa"), std::string::npos);
    }
}

TEST_F(Connections, a_taken_name_is_409_and_an_unknown_provider_422) {
    ASSERT_EQ(call("POST", "/v1/connections", R"({"provider":"acme","account_name":"x"})").status, 201);
    EXPECT_EQ(call("POST", "/v1/connections", R"({"provider":"acme","account_name":"x"})").status, 409);
    const auto unknown = call("POST", "/v1/connections", R"({"provider":"nobody","account_name":"x"})");
    EXPECT_EQ(unknown.code(), "unknown_provider");
    EXPECT_EQ(unknown.pointers(), Pointers{"/provider"});
    EXPECT_EQ(
        call("POST", "/v1/connections", R"({"provider":"acme","account_name":"y","region":"eu"})").pointers(),
        Pointers{"/region"});
}

struct Access_ : testing::ApiWorld {};

TEST_F(Access_, a_key_is_shown_once_and_works_until_it_is_revoked) {
    const auto made = call("POST", "/v1/api-keys", R"({"name":"ci","scopes":["forms:read"]})");
    ASSERT_EQ(made.status, 201);
    const std::string key(made.text("key"));
    EXPECT_EQ(send("GET", "/v1/forms", {{"authorization", "Bearer " + key}}).status, 200);
    EXPECT_EQ(get("/v1/api-keys").response.body.find(key), std::string::npos);
    EXPECT_EQ(call("DELETE", "/v1/api-keys/" + std::string(made.text("id"))).status, 204);
    EXPECT_EQ(send("GET", "/v1/forms", {{"authorization", "Bearer " + key}}).status, 401);
}

TEST_F(Access_, nobody_hands_out_more_than_they_hold) {
    const std::string narrow = add_key(own, {"api_keys:write", "forms:*"});
    const auto with_narrow = [&](const std::string& body) {
        return send("POST", "/v1/api-keys",
                    {{"authorization", "Bearer " + narrow}, {"content-type", "application/json"}}, body);
    };
    EXPECT_EQ(with_narrow(R"({"name":"x","scopes":["forms:read"]})").status, 201);
    EXPECT_EQ(with_narrow(R"({"name":"x","scopes":["*"]})").status, 403);
    EXPECT_EQ(with_narrow(R"({"name":"x","scopes":["forms:read","connections:read"]})").pointers(),
              Pointers{"/scopes/1"});
}

TEST_F(Access_, a_key_can_not_expire_in_the_past_and_its_scopes_have_a_form) {
    EXPECT_EQ(
        call("POST", "/v1/api-keys", R"({"name":"x","scopes":["*"],"expires_at":"2020-01-01T00:00:00Z"})")
            .status,
        422);
    EXPECT_EQ(call("POST", "/v1/api-keys", R"({"name":"x","scopes":["forms"]})").status, 422);
    EXPECT_EQ(call("POST", "/v1/api-keys", R"({"name":"x","scopes":[]})").status, 422);
}

TEST_F(Access_, a_session_is_opened_used_and_closed) {
    const auto opened = send("POST", "/v1/session", {{"content-type", "application/json"}},
                             R"({"api_key":")" + own.key + "\"}");
    ASSERT_EQ(opened.status, 201);
    const std::string cookie = opened.header("set-cookie").substr(0, opened.header("set-cookie").find(';'));
    const auto me = send("GET", "/v1/me", {{"cookie", cookie}});
    EXPECT_EQ(me.text("means"), "session");
    const std::string csrf(me.text("csrf_token"));
    EXPECT_EQ(send("DELETE", "/v1/session", {{"cookie", cookie}}).status, 403);
    const auto closed = send("DELETE", "/v1/session",
                             {{"cookie", cookie}, {"x-tenon-csrf", csrf}, {"sec-fetch-site", "same-origin"}});
    EXPECT_EQ(closed.status, 204);
    EXPECT_NE(closed.header("set-cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(send("GET", "/v1/me", {{"cookie", cookie}}).status, 401);
}

TEST_F(Access_, another_sites_page_can_not_sign_anybody_in) {
    const auto answer =
        send("POST", "/v1/session", {{"content-type", "application/json"}, {"sec-fetch-site", "cross-site"}},
             R"({"api_key":")" + own.key + "\"}");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.header("set-cookie"), "");
}

struct Operators : testing::ApiWorld {};

TEST_F(Operators, health_needs_no_key) {
    EXPECT_EQ(send("GET", "/healthz", {}).text("status"), "ok");
    EXPECT_EQ(send("GET", "/readyz", {}).text("status"), "ready");
    probes.stop();
    EXPECT_EQ(send("GET", "/readyz", {}).status, 503);
}

TEST_F(Operators, metrics_name_no_organisation) {
    get("/v1/forms");
    const auto answer = send("GET", "/metrics", {});
    EXPECT_EQ(answer.header("content-type"), std::string(Metrics::content_type));
    EXPECT_NE(
        answer.response.body.find("tenon_http_requests_total{operation=\"list_forms\",status=\"2xx\"} 1"),
        std::string::npos);
    EXPECT_EQ(answer.response.body.find(own.handle->id().text()), std::string::npos);
}

TEST_F(Operators, every_code_has_a_page) {
    for (const auto& row : error_table)
        EXPECT_EQ(send("GET", "/problems/" + std::string(row.id), {}).status, 200) << row.id;
    EXPECT_EQ(send("GET", "/problems/nothing", {}).status, 404);
}

TEST_F(Operators, beside_an_admin_listener_metrics_are_not_public) {
    api.reset();
    api.emplace(*services, *checker, Listener::main);
    EXPECT_EQ(send("GET", "/metrics", {}).status, 404);
    EXPECT_EQ(send("GET", "/healthz", {}).status, 200);
    api.reset();
    api.emplace(*services, *checker, Listener::admin);
    EXPECT_EQ(send("GET", "/metrics", {}).status, 200);
    EXPECT_EQ(get("/v1/forms").status, 404);
}

TEST_F(Operators, the_page_has_a_strict_policy_and_files_have_types) {
    const auto page = send("GET", "/", {});
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    const auto policy = page.header("content-security-policy");
    EXPECT_NE(policy.find("script-src 'self' 'wasm-unsafe-eval'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe-inline"), std::string::npos);
    const auto wasm = send("GET", "/assets/a.wasm", {});
    EXPECT_EQ(wasm.header("content-type"), "application/wasm");
    EXPECT_NE(wasm.header("cache-control").find("immutable"), std::string::npos);
    EXPECT_EQ(send("GET", "/assets/b.wasm", {}).status, 404);
    EXPECT_EQ(send("GET", "/assets/../index.html", {}).status, 404);
}

}  // namespace
}  // namespace tenon::api
