#include "api/routes.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "api/body.hpp"
#include "api/schemas.hpp"
#include "tenon/base/pattern.hpp"

namespace tenon::api {
namespace {

TEST(Routes, operations_and_places_are_unique) {
    std::set<std::string> operations, places;
    for (const auto& route : routes()) {
        EXPECT_TRUE(operations.emplace(route.operation).second) << route.operation;
        EXPECT_TRUE(places.insert(std::string(route.method) + " " + std::string(route.path)).second)
            << route.path;
    }
}

TEST(Routes, every_route_below_v1_needs_a_principal_but_these) {
    const std::set<std::string_view> open{"open_session", "receive_delivery"};
    for (const auto& route : routes())
        if (route.path.starts_with("/v1/")) {
            EXPECT_EQ(route.access == Access::open, open.contains(route.operation)) << route.operation;
        }
}

TEST(Routes, scopes_say_read_for_get_and_write_for_the_rest) {
    for (const auto& route : routes()) {
        EXPECT_EQ(route.scope.empty(), route.access != Access::scoped) << route.operation;
        if (route.access != Access::scoped) continue;
        const bool is_read = route.method == "GET" || route.operation == "preview_config";
        EXPECT_TRUE(route.scope.ends_with(is_read ? ":read" : ":write")) << route.operation;
    }
}

TEST(Routes, every_schema_and_parameter_that_is_named_exists) {
    const auto schemas = Schemas::load();
    ASSERT_TRUE(schemas) << schemas.error().field << " " << schemas.error().detail;
    for (const auto& route : routes()) {
        if (!route.schema.empty()) {
            EXPECT_TRUE(schemas->all().contains(route.schema)) << route.schema;
        }
        for (const auto& answer : route.answers)
            if (!answer.schema.empty()) {
                EXPECT_TRUE(schemas->all().contains(answer.schema)) << answer.schema;
            }
        for (std::string_view rest = route.query; !rest.empty();) {
            const auto end = std::min(rest.find(','), rest.size());
            EXPECT_NE(parameter(rest.substr(0, end)), nullptr) << rest;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}

TEST(Routes, every_route_that_creates_takes_an_idempotency_key) {
    for (const auto& route : routes()) {
        const bool creates =
            route.method == "POST" && route.access == Access::scoped && route.answers[0].status == 201;
        if (creates) {
            EXPECT_TRUE(route.is_idempotent) << route.operation;
        }
    }
}

TEST(Listed, a_name_is_found_whole) {
    EXPECT_TRUE(is_listed("a,bc", "bc"));
    EXPECT_FALSE(is_listed("a,bc", "b"));
    EXPECT_FALSE(is_listed("", ""));
}

TEST(ContentType, json_is_json_with_parameters_and_in_any_case) {
    for (const char* type : {"application/json", "Application/JSON ; charset=UTF-8",
                             "application/json;charset=\"utf-8\"", "application/json; odata=minimal"})
        EXPECT_TRUE(is_json(type)) << type;
    for (const char* type : {"", "text/json", "application/jsonp", "application/json; charset=latin1",
                             "application/problem+json", "text/plain"})
        EXPECT_FALSE(is_json(type)) << type;
}

}  // namespace
}  // namespace tenon::api
