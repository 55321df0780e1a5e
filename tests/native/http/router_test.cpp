#include "http/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tenon::http {
namespace {

using Kind = RouteMatch::Kind;

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        list = router.add("GET", "/v1/forms");
        create = router.add("POST", "/v1/forms");
        form = router.add("GET", "/v1/forms/{id}");
        remove = router.add("DELETE", "/v1/forms/{id}");
        submit = router.add("POST", "/v1/forms/{id}/submissions");
        fixed = router.add("POST", "/v1/forms/configure");
        hook = router.add("*", "/v1/hooks/{endpoint_id}");
        page = router.add("GET", "/{path*}");
    }
    Router router;
    std::size_t list, create, form, remove, submit, fixed, hook, page;
};

TEST_F(RouterTest, numbers_routes_in_order_and_finds_them) {
    EXPECT_EQ(list, 0U);
    EXPECT_EQ(page, 7U);
    EXPECT_EQ(router.match("GET", "/v1/forms").route, list);
    EXPECT_EQ(router.match("POST", "/v1/forms").route, create);
    const RouteMatch match = router.match("POST", "/v1/forms/0190/submissions");
    ASSERT_EQ(match.kind, Kind::found);
    EXPECT_EQ(match.route, submit);
    EXPECT_EQ(match.param("id"), "0190");
    EXPECT_EQ(match.param("other"), "");
}

TEST_F(RouterTest, a_literal_wins_but_does_not_hide_the_name) {
    EXPECT_EQ(router.match("POST", "/v1/forms/configure").route, fixed);
    const RouteMatch match = router.match("GET", "/v1/forms/configure");
    EXPECT_EQ(match.route, form);
    EXPECT_EQ(match.param("id"), "configure");
}

TEST_F(RouterTest, lists_the_methods_that_are_allowed) {
    const RouteMatch match = router.match("PATCH", "/v1/forms/1");
    EXPECT_EQ(match.kind, Kind::method_not_allowed);
    EXPECT_EQ(match.allow, "DELETE, GET, HEAD");
    EXPECT_EQ(router.match("PUT", "/v1/forms/1/submissions").allow, "GET, HEAD, POST")
        << "the page's GET too";
}

TEST_F(RouterTest, head_is_get_and_a_star_is_every_method) {
    EXPECT_EQ(router.match("HEAD", "/v1/forms/1").route, form);
    for (const char* method : {"GET", "POST", "HEAD", "QUERY"})
        EXPECT_EQ(router.match(method, "/v1/hooks/7").route, hook) << method;
}

TEST_F(RouterTest, decodes_segments_before_it_compares_them) {
    const RouteMatch match = router.match("GET", "/%761/forms/a%2Fb%20c");
    EXPECT_EQ(match.route, form);
    EXPECT_EQ(match.param("id"), "a/b c");
    for (const char* path : {"/v1/forms/%", "/v1/forms/%zz", "/v1/forms/%00", "/v1/forms/%ff"})
        EXPECT_EQ(router.match("GET", path).kind, Kind::malformed) << path;
}

TEST_F(RouterTest, an_empty_segment_is_no_name) {
    EXPECT_EQ(router.match("DELETE", "/v1/forms/").kind, Kind::method_not_allowed) << "only the page matches";
    EXPECT_EQ(router.match("POST", "/v1/forms//submissions").kind, Kind::method_not_allowed);
}

TEST_F(RouterTest, the_rest_of_a_path_never_leaves_its_folder) {
    EXPECT_EQ(router.match("GET", "/").param("path"), "");
    EXPECT_EQ(router.match("GET", "/assets/app.js").param("path"), "assets/app.js");
    for (const char* path : {"/../x", "/a/../x", "/a/%2e%2e/x", "/a/..%2fx", "/./x"})
        EXPECT_EQ(router.match("GET", path).kind, Kind::not_found) << path;
}

TEST(RouterFaultTest, finds_nothing_without_routes_or_outside_paths) {
    EXPECT_EQ(Router().match("GET", "/").kind, Kind::not_found);
    EXPECT_EQ(Router().match("OPTIONS", "*").kind, Kind::not_found);
    EXPECT_EQ(Router().match("GET", "").kind, Kind::not_found);
}

TEST(RouterFaultTest, refuses_patterns_that_mean_nothing) {
    for (const char* pattern : {"", "a", "/{", "/{}", "/{a", "/a}", "/{A}", "/{a*}/b", "/a*", "/x?y", "/%20"})
        EXPECT_THROW(Router().add("GET", pattern), std::logic_error) << pattern;
    Router router;
    router.add("GET", "/a/{id}");
    EXPECT_THROW(router.add("GET", "/a/{id}"), std::logic_error);
    EXPECT_THROW(router.add("POST", "/a/{name}"), std::logic_error);
    EXPECT_NO_THROW(router.add("POST", "/a/{id}"));
}

}  // namespace
}  // namespace tenon::http
