// Every route of the table against every kind of caller. What is compared is written down here, not derived
// from the code under test: without a key 401, with a key that lacks the scope 403, with another
// organisation's id 404.

#include "api/routes.hpp"
#include "api_world.hpp"

namespace tenon::api {
namespace {

struct AccessMatrix : testing::ApiWorld {
    auth::testing::Tenant foreign = make_foreign();

    auth::testing::Tenant make_foreign() {
        auto tenant = make_tenant({"*"});
        EXPECT_TRUE(vault->ensure_key(tenant.handle->id()));
        return tenant;
    }

    /// The route's path with `id` for every parameter.
    static std::string path_of(const Route& route, const std::string& id) {
        std::string path(route.path);
        while (path.find('{') != std::string::npos)
            path.replace(path.find('{'), path.find('}') - path.find('{') + 1, id);
        return path;
    }
    static std::string some_id() { return "01970000-0000-7000-8000-000000000000"; }
    static std::string method_of(const Route& route) {
        return route.method == "*" ? "POST" : std::string(route.method);
    }

    std::vector<const Route*> protected_routes() {
        std::vector<const Route*> found;
        for (const auto& route : routes())
            if (route.access != Access::open) found.push_back(&route);
        return found;
    }
};

TEST_F(AccessMatrix, without_a_key_every_protected_route_is_401) {
    for (const auto* route : protected_routes()) {
        const auto answer = send(method_of(*route), path_of(*route, some_id()), {});
        EXPECT_EQ(answer.status, 401) << route->operation;
        EXPECT_EQ(answer.code(), "unauthenticated") << route->operation;
        EXPECT_EQ(answer.header("www-authenticate"), "Bearer realm=\"tenon\"");
    }
}

TEST_F(AccessMatrix, with_a_wrong_key_every_protected_route_is_401) {
    std::string wrong = own.key;
    wrong[40] = wrong[40] == 'A' ? 'B' : 'A';
    for (const auto* route : protected_routes())
        EXPECT_EQ(send(method_of(*route), path_of(*route, some_id()), {{"authorization", "Bearer " + wrong}})
                      .status,
                  401)
            << route->operation;
}

TEST_F(AccessMatrix, with_every_scope_but_its_own_a_route_is_403) {
    std::set<std::string, std::less<>> scopes;
    for (const auto* route : protected_routes())
        if (route->access == Access::scoped) scopes.emplace(route->scope);
    ASSERT_GT(scopes.size(), 15U);
    for (const auto& lacking : scopes) {
        std::vector<std::string> others(scopes.begin(), scopes.end());
        std::erase(others, lacking);
        const std::string key = add_key(own, others);
        for (const auto* route : protected_routes()) {
            if (route->scope != lacking) continue;
            const auto answer =
                send(method_of(*route), path_of(*route, some_id()), {{"authorization", "Bearer " + key}});
            EXPECT_EQ(answer.status, 403) << route->operation;
            EXPECT_EQ(answer.code(), "forbidden") << route->operation;
            EXPECT_NE(answer.text("detail").find(lacking), std::string_view::npos) << route->operation;
        }
    }
}

TEST_F(AccessMatrix, with_exactly_its_scope_a_route_lets_the_caller_in) {
    for (const auto* route : protected_routes()) {
        if (route->access != Access::scoped) continue;
        const std::string key = add_key(own, {std::string(route->scope)});
        const auto answer =
            send(method_of(*route), path_of(*route, some_id()), {{"authorization", "Bearer " + key}});
        EXPECT_NE(answer.status, 401) << route->operation;
        EXPECT_NE(answer.status, 403) << route->operation;
    }
}

TEST_F(AccessMatrix, another_organisations_ids_are_404) {
    const std::string form = make_form();
    const std::string connection = make_connection();
    const std::string integration(
        call("POST", "/v1/forms/" + form + "/integrations", "{\"config\":" + config(connection) + "}")
            .text("id"));
    const auto submitted = call("POST", "/v1/forms/" + form + "/submissions", R"({"a":"1","b":"2"})");
    ASSERT_EQ(submitted.status, 202);
    const std::string submission(submitted.text("submission_id"));
    const std::string execution(get("/v1/executions").body.find("data")->as_array().at(0).text_at("id"));
    const std::map<std::string_view, std::string> ids{{"form_id", form},
                                                      {"connection_id", connection},
                                                      {"integration_id", integration},
                                                      {"submission_id", submission},
                                                      {"execution_id", execution},
                                                      {"api_key_id", own.key_id.text()}};
    const std::map<std::string_view, std::string> bodies{
        {"put_credentials", R"({"kind":"api_key","fields":{"token":"abc"}})"},
        {"change_form", R"({"name":"x"})"},
        {"create_form_integration", "{\"config\":" + config(connection) + "}"},
        {"change_integration", R"({"condition":true})"},
        {"submit_form", "{}"}};
    std::size_t tried = 0;
    for (const auto* route : protected_routes()) {
        const auto open = route->path.find('{');
        if (open == std::string_view::npos) continue;
        const auto found = ids.find(route->path.substr(open + 1, route->path.find('}') - open - 1));
        if (found == ids.end()) continue;
        const auto body = bodies.find(route->operation);
        std::vector<http::Header> headers{{"authorization", "Bearer " + foreign.key}};
        if (body != bodies.end()) headers.emplace_back("content-type", "application/json");
        const auto answer = send(method_of(*route), path_of(*route, found->second), std::move(headers),
                                 body != bodies.end() ? body->second : std::string());
        EXPECT_EQ(answer.status, 404) << route->operation << answer.response.body;
        ++tried;
    }
    EXPECT_GE(tried, 18U);
    EXPECT_EQ(get("/v1/forms/" + form).status, 200);
    EXPECT_EQ(get("/v1/connections/" + connection).text("status"), "active");
}

TEST_F(AccessMatrix, lists_show_the_own_organisation_only) {
    make_form();
    make_connection();
    for (const auto* route : protected_routes()) {
        if (route->method != "GET" || route->query.find("cursor") == std::string_view::npos ||
            route->path.find('{') != std::string_view::npos || route->operation == "list_api_keys")
            continue;
        const auto answer =
            send("GET", std::string(route->path), {{"authorization", "Bearer " + foreign.key}});
        EXPECT_EQ(answer.status, 200) << route->operation;
        EXPECT_EQ(answer.body.find("data")->as_array().size(), 0U) << route->operation;
    }
}

TEST_F(AccessMatrix, a_foreign_connection_can_not_be_used_in_a_config) {
    const std::string connection = make_connection();
    const auto made = send("POST", "/v1/forms",
                           {{"authorization", "Bearer " + foreign.key}, {"content-type", "application/json"}},
                           R"({"name":"Theirs"})");
    const auto answer =
        send("POST", "/v1/forms/" + std::string(made.text("id")) + "/integrations",
             {{"authorization", "Bearer " + foreign.key}, {"content-type", "application/json"}},
             "{\"config\":" + config(connection) + "}");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.pointers(), std::vector<std::string>{"/config/connection_id"});
}

}  // namespace
}  // namespace tenon::api
