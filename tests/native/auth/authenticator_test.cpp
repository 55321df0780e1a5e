#include "auth/authenticator.hpp"

#include "world.hpp"

namespace tenon::auth {
namespace {

using namespace std::chrono_literals;

struct Keys : testing::World {
    Authenticator authenticator{*store, clock, *random, site};

    Result<Principal> call(const std::string& authorization) {
        const auto made = request("GET", {{"authorization", authorization}});
        return wait(authenticator.authenticate(made));
    }
    Errc refusal(const std::string& authorization) {
        auto answer = call(authorization);
        return answer ? Errc::internal : answer.error().code;
    }
    std::vector<store::SecurityEventRow> security_events() {
        return wait(store->read(*own.handle,
                                [](store::Unit& unit) {
                                    return unit.records().security_events(store::Page{{}, 50});
                                }))
            .value();
    }
};

TEST_F(Keys, a_good_key_names_its_organisation_and_scopes) {
    const auto principal = call("Bearer " + own.key);
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->organisation, *own.handle);
    EXPECT_EQ(principal->api_key_id, own.key_id);
    EXPECT_EQ(principal->means, Means::api_key);
    EXPECT_EQ(principal->scopes, std::vector<std::string>{"*"});
    EXPECT_TRUE(principal->csrf_token.empty());
}

TEST_F(Keys, the_scheme_is_read_in_any_case) { EXPECT_TRUE(call("bEaReR " + own.key)); }

TEST_F(Keys, nothing_and_other_schemes_are_unauthenticated) {
    EXPECT_EQ(wait(authenticator.authenticate(request("GET", {}))).error().code, Errc::unauthenticated);
    EXPECT_EQ(refusal(own.key), Errc::unauthenticated);
    EXPECT_EQ(refusal("Basic " + own.key), Errc::unauthenticated);
    EXPECT_EQ(refusal("Bearer"), Errc::unauthenticated);
    EXPECT_EQ(refusal("Bearer  " + own.key), Errc::unauthenticated);
}

TEST_F(Keys, two_authorization_headers_are_refused) {
    const auto twice =
        request("GET", {{"authorization", "Bearer " + own.key}, {"Authorization", "Bearer " + own.key}});
    EXPECT_EQ(wait(authenticator.authenticate(twice)).error().code, Errc::unauthenticated);
}

TEST_F(Keys, a_wrong_secret_of_a_known_key_is_refused_and_recorded_once_a_minute) {
    std::string wrong = own.key;
    wrong[40] = wrong[40] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal("Bearer " + wrong), Errc::unauthenticated);
    EXPECT_EQ(refusal("Bearer " + wrong), Errc::unauthenticated);
    ASSERT_EQ(security_events().size(), 1U);
    EXPECT_EQ(security_events()[0].kind, "api_key_refused");
    EXPECT_EQ(security_events()[0].reason, "wrong_secret");
    EXPECT_EQ(security_events()[0].remote_address, "192.0.2.1");
    clock.advance(1min);
    EXPECT_EQ(refusal("Bearer " + wrong), Errc::unauthenticated);
    EXPECT_EQ(security_events().size(), 2U);
}

TEST_F(Keys, a_wrong_secret_is_refused_although_the_right_one_was_just_proven) {
    ASSERT_TRUE(call("Bearer " + own.key));
    std::string wrong = own.key;
    wrong[40] = wrong[40] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal("Bearer " + wrong), Errc::unauthenticated);
}

TEST_F(Keys, unknown_and_wrong_keys_get_the_same_answer) {
    std::string unknown = own.key;
    unknown[5] = unknown[5] == '0' ? '1' : '0';
    std::string wrong = own.key;
    wrong[40] = wrong[40] == 'A' ? 'B' : 'A';
    EXPECT_EQ(call("Bearer " + unknown).error(), call("Bearer " + wrong).error());
}

TEST_F(Keys, an_expired_key_is_refused_from_its_time_on_even_if_proven) {
    const std::string key = add_key(own, {"*"}, clock.now() + 10s);
    ASSERT_TRUE(call("Bearer " + key));
    clock.advance(10s);
    EXPECT_EQ(refusal("Bearer " + key), Errc::unauthenticated);
}

TEST_F(Keys, a_revoked_key_is_refused_at_once) {
    ApiKeyId id;
    const std::string key = add_key(own, {"*"}, std::nullopt, &id);
    ASSERT_TRUE(call("Bearer " + key));
    ASSERT_TRUE(wait(store->write(*own.handle, [id, now = clock.now()](store::Unit& unit) {
        return unit.api_keys().revoke(id, now);
    })));
    authenticator.forget(id);
    EXPECT_EQ(refusal("Bearer " + key), Errc::unauthenticated);
}

TEST_F(Keys, a_revocation_by_another_process_counts_when_the_proof_ends) {
    ApiKeyId id;
    const std::string key = add_key(own, {"*"}, std::nullopt, &id);
    ASSERT_TRUE(call("Bearer " + key));
    ASSERT_TRUE(wait(store->write(*own.handle, [id, now = clock.now()](store::Unit& unit) {
        return unit.api_keys().revoke(id, now);
    })));
    clock.advance(proof_life);
    EXPECT_EQ(refusal("Bearer " + key), Errc::unauthenticated);
}

TEST_F(Keys, the_last_use_is_written_at_most_once_a_minute) {
    const auto used = [&] {
        return wait(store->read(*own.handle,
                                [id = own.key_id](store::Unit& unit) { return unit.api_keys().get(id); }))
            ->last_used_at;
    };
    EXPECT_FALSE(used());
    ASSERT_TRUE(call("Bearer " + own.key));
    const auto first = used();
    ASSERT_TRUE(first);
    clock.advance(40s);
    ASSERT_TRUE(call("Bearer " + own.key));
    EXPECT_EQ(used(), first);
    clock.advance(31s);
    ASSERT_TRUE(call("Bearer " + own.key));
    EXPECT_EQ(used(), clock.now());
}

}  // namespace
}  // namespace tenon::auth
