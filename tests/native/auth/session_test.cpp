#include "world.hpp"

namespace tenon::auth {
namespace {

using namespace std::chrono_literals;

struct Sessions : testing::World {
    Authenticator authenticator{*store, clock, *random, site};

    Authenticator::Opened open() {
        const auto from = request("POST", {});
        return wait(authenticator.open_with_key(from, own.key)).value();
    }
    /// `name=value` of a Set-Cookie.
    static std::string pair_of(const std::string& set_cookie) {
        return set_cookie.substr(0, set_cookie.find(';'));
    }

    Result<Principal> call(const std::string& method, std::vector<http::Header> headers) {
        const auto made = request(method, std::move(headers));
        return wait(authenticator.authenticate(made));
    }
};

TEST_F(Sessions, the_cookie_is_hidden_from_scripts_and_other_sites) {
    const auto opened = open();
    EXPECT_NE(opened.cookie.find("tenon_session="), std::string::npos);
    EXPECT_NE(opened.cookie.find("; HttpOnly"), std::string::npos);
    EXPECT_NE(opened.cookie.find("; SameSite=Lax"), std::string::npos);
    EXPECT_NE(opened.cookie.find("; Path=/"), std::string::npos);
    EXPECT_EQ(opened.cookie.find("Secure"), std::string::npos);
}

TEST_F(Sessions, on_https_the_cookie_is_secure_and_bound_to_the_host) {
    const Site secure = Site::create("https://tenon.example").value();
    Authenticator over_tls(*store, clock, *random, secure);
    const auto from = request("POST", {});
    const auto opened = wait(over_tls.open_with_key(from, own.key)).value();
    EXPECT_TRUE(opened.cookie.starts_with("__Host-tenon_session="));
    EXPECT_NE(opened.cookie.find("; Secure"), std::string::npos);
}

TEST_F(Sessions, a_session_reads_with_the_scopes_of_its_key) {
    const auto opened = open();
    const auto principal = call("GET", {{"cookie", "a=b; " + pair_of(opened.cookie) + "; c=d"}});
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->means, Means::session);
    EXPECT_EQ(principal->session_id, opened.id);
    EXPECT_EQ(principal->scopes, std::vector<std::string>{"*"});
    EXPECT_EQ(principal->csrf_token, opened.csrf_token);
}

TEST_F(Sessions, unsafe_methods_need_the_token_and_the_same_origin) {
    const auto opened = open();
    const http::Header cookie{"cookie", pair_of(opened.cookie)};
    const http::Header token{"x-tenon-csrf", opened.csrf_token};
    const http::Header same{"sec-fetch-site", "same-origin"};
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        EXPECT_TRUE(call(method, {cookie, token, same})) << method;
        EXPECT_TRUE(call(method, {cookie, token, {"origin", "http://127.0.0.1:1"}})) << method;
        EXPECT_EQ(call(method, {cookie, same}).error().code, Errc::csrf_failed) << method;
        EXPECT_EQ(call(method, {cookie, token}).error().code, Errc::csrf_failed) << method;
        EXPECT_EQ(call(method, {cookie, token, {"sec-fetch-site", "cross-site"}}).error().code,
                  Errc::csrf_failed);
        EXPECT_EQ(call(method, {cookie, token, {"origin", "http://evil.example"}}).error().code,
                  Errc::csrf_failed);
        EXPECT_EQ(call(method, {cookie, {"x-tenon-csrf", opened.csrf_token + "x"}, same}).error().code,
                  Errc::csrf_failed);
        EXPECT_EQ(call(method, {cookie, {"x-tenon-csrf", ""}, same}).error().code, Errc::csrf_failed);
    }
}

TEST_F(Sessions, a_key_beside_a_cookie_decides_alone) {
    const auto opened = open();
    const auto answer =
        call("GET", {{"cookie", pair_of(opened.cookie)}, {"authorization", "Bearer tnk_wrong"}});
    EXPECT_EQ(answer.error().code, Errc::unauthenticated);
}

TEST_F(Sessions, the_same_cookie_twice_is_refused) {
    const auto opened = open();
    const std::string pair = pair_of(opened.cookie);
    EXPECT_EQ(call("GET", {{"cookie", pair + "; tenon_session=x"}}).error().code, Errc::unauthenticated);
}

TEST_F(Sessions, a_session_ends_after_twelve_hours) {
    const auto opened = open();
    const http::Header cookie{"cookie", pair_of(opened.cookie)};
    clock.advance(session_life - 1ms);
    EXPECT_TRUE(call("GET", {cookie}));
    clock.advance(1ms);
    EXPECT_EQ(call("GET", {cookie}).error().code, Errc::unauthenticated);
}

TEST_F(Sessions, a_closed_session_is_refused) {
    const auto opened = open();
    const http::Header cookie{"cookie", pair_of(opened.cookie)};
    ASSERT_TRUE(wait(authenticator.close(call("GET", {cookie}).value())));
    EXPECT_EQ(call("GET", {cookie}).error().code, Errc::unauthenticated);
}

TEST_F(Sessions, a_session_ends_with_its_key) {
    const auto opened = open();
    ASSERT_TRUE(wait(store->write(*own.handle, [id = own.key_id, now = clock.now()](store::Unit& unit) {
        return unit.api_keys().revoke(id, now);
    })));
    EXPECT_EQ(call("GET", {{"cookie", pair_of(opened.cookie)}}).error().code, Errc::unauthenticated);
}

TEST_F(Sessions, a_wrong_key_opens_nothing) {
    const auto from = request("POST", {});
    EXPECT_EQ(wait(authenticator.open_with_key(from, "tnk_x")).error().code, Errc::unauthenticated);
}

struct SignIn : Sessions {
    std::string make() {
        const auto principal = call("GET", {{"authorization", "Bearer " + own.key}}).value();
        const auto link = wait(authenticator.make_sign_in(principal)).value();
        EXPECT_TRUE(link.url.starts_with("http://127.0.0.1:1/sign-in#token="));
        EXPECT_EQ(link.expires_at, clock.now() + sign_in_life);
        return link.url.substr(link.url.find('=') + 1);
    }
};

TEST_F(SignIn, a_link_opens_one_session) {
    const std::string token = make();
    const auto opened = wait(authenticator.open_with_token(token));
    ASSERT_TRUE(opened);
    EXPECT_TRUE(call("GET", {{"cookie", pair_of(opened->cookie)}}));
    EXPECT_EQ(wait(authenticator.open_with_token(token)).error().code, Errc::unauthenticated);
}

TEST_F(SignIn, a_link_is_valid_for_sixty_seconds) {
    const std::string token = make();
    clock.advance(sign_in_life);
    EXPECT_EQ(wait(authenticator.open_with_token(token)).error().code, Errc::unauthenticated);
}

TEST_F(SignIn, a_link_dies_with_its_key) {
    const std::string token = make();
    ASSERT_TRUE(wait(store->write(*own.handle, [id = own.key_id, now = clock.now()](store::Unit& unit) {
        return unit.api_keys().revoke(id, now);
    })));
    EXPECT_EQ(wait(authenticator.open_with_token(token)).error().code, Errc::unauthenticated);
}

TEST_F(SignIn, what_is_no_token_is_refused) {
    EXPECT_EQ(wait(authenticator.open_with_token("")).error().code, Errc::unauthenticated);
    EXPECT_EQ(wait(authenticator.open_with_token(std::string(43, 'A'))).error().code, Errc::unauthenticated);
}

}  // namespace
}  // namespace tenon::auth
