#include "api_world.hpp"

namespace tenon::api {
namespace {

using namespace std::chrono_literals;

struct IdempotencyKeys : testing::ApiWorld {
    testing::Answered make(const std::string& key, const std::string& body = R"({"name":"x"})") {
        return call("POST", "/v1/forms", body, {{"idempotency-key", key}});
    }
    std::size_t forms() { return get("/v1/forms").body.find("data")->as_array().size(); }
};

TEST_F(IdempotencyKeys, the_same_request_is_answered_again_and_done_once) {
    const auto first = make("k1");
    const auto second = make("k1");
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.response.body, first.response.body);
    EXPECT_EQ(second.header("etag"), first.header("etag"));
    EXPECT_EQ(second.header("idempotency-replayed"), "true");
    EXPECT_EQ(first.header("idempotency-replayed"), "");
    EXPECT_EQ(forms(), 1U);
}

TEST_F(IdempotencyKeys, another_body_under_the_same_key_is_422) {
    make("k1");
    const auto answer = make("k1", R"({"name":"y"})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.code(), "idempotency_key_reused");
    EXPECT_EQ(forms(), 1U);
}

TEST_F(IdempotencyKeys, a_key_belongs_to_one_principal_and_route) {
    make("k1");
    const std::string other = add_key(own, {"*"});
    EXPECT_EQ(send("POST", "/v1/forms",
                   {{"authorization", "Bearer " + other},
                    {"content-type", "application/json"},
                    {"idempotency-key", "k1"}},
                   R"({"name":"x"})")
                  .status,
              201);
    EXPECT_EQ(forms(), 2U);
    EXPECT_EQ(call("POST", "/v1/connections", R"({"provider":"acme","account_name":"x"})",
                   {{"idempotency-key", "k1"}})
                  .status,
              201);
}

TEST_F(IdempotencyKeys, a_refused_request_can_be_corrected_under_the_same_key) {
    EXPECT_EQ(call("POST", "/v1/connections", R"({"provider":"nobody","account_name":"x"})",
                   {{"idempotency-key", "k1"}})
                  .status,
              422);
    EXPECT_EQ(call("POST", "/v1/connections", R"({"provider":"acme","account_name":"x"})",
                   {{"idempotency-key", "k1"}})
                  .status,
              201);
}

TEST_F(IdempotencyKeys, a_running_request_is_409_until_its_minute_is_over) {
    store::IdempotencyRow running;
    running.principal = "key:" + own.key_id.text();
    running.route = "create_form";
    running.key = "k1";
    running.request_sha256 = "not this one";
    running.expires_at = clock.now() + 60s;
    ASSERT_TRUE(wait(store->write(*own.handle, [running, now = clock.now()](store::Unit& unit) {
        return unit.records().begin_idempotent(running, now);
    })));
    EXPECT_EQ(make("k1").code(), "idempotency_key_reused");
    clock.advance(61s);
    EXPECT_EQ(make("k1").status, 201);
}

TEST_F(IdempotencyKeys, answers_are_kept_24_hours) {
    make("k1");
    clock.advance(24h - 1ms);
    EXPECT_EQ(make("k1").header("idempotency-replayed"), "true");
    clock.advance(1ms);
    make("k1");
    EXPECT_EQ(forms(), 2U);
}

TEST_F(IdempotencyKeys, keys_are_1_to_255_visible_characters) {
    EXPECT_EQ(make(std::string(255, 'k')).status, 201);
    EXPECT_EQ(make(std::string(256, 'k')).status, 400);
    EXPECT_EQ(make("").status, 400);
    EXPECT_EQ(make("a b").status, 400);
    EXPECT_EQ(make("\xc3\xa9").status, 400);
    EXPECT_EQ(
        call("POST", "/v1/forms", R"({"name":"x"})", {{"idempotency-key", "a"}, {"idempotency-key", "b"}})
            .status,
        400);
}

TEST_F(IdempotencyKeys, a_submission_is_taken_in_once) {
    const std::string path = "/v1/forms/" + make_form() + "/submissions";
    const auto first = call("POST", path, R"({"a":1})", {{"idempotency-key", "s"}});
    const auto second = call("POST", path, R"({"a":1})", {{"idempotency-key", "s"}});
    EXPECT_EQ(first.text("submission_id"), second.text("submission_id"));
    EXPECT_EQ(get("/v1/submissions").body.find("data")->as_array().size(), 1U);
}

}  // namespace
}  // namespace tenon::api
