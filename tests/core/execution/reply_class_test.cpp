#include "tenon/execution/reply_class.hpp"

#include <gtest/gtest.h>

#include "samples.hpp"

namespace tenon::execution {
namespace {

using namespace std::chrono_literals;

constexpr UnixTime now{1'700'000'000s};  // Tue, 14 Nov 2023 22:13:20 GMT

Classified ask(const catalogue::Provider& provider, int status, std::string_view body = "{}",
               const Headers& headers = {}) {
    const std::string exact(body);  // an exact-size copy: reading past the end is caught
    return classify({status, headers, exact}, provider.rules(provider.actions.front()),
                    provider.actions.front(), now);
}

ReplyClass kind_of(const catalogue::Provider& provider, int status, std::string_view body = "{}") {
    return ask(provider, status, body).kind;
}

TEST(ReplyClassTest, a_status_has_a_class_without_any_rule) {
    const auto provider = provider_with(by_status, upsert);
    EXPECT_EQ(kind_of(provider, 200), ReplyClass::ok);
    EXPECT_EQ(kind_of(provider, 299), ReplyClass::ok);
    EXPECT_EQ(kind_of(provider, 302), ReplyClass::permanent) << "redirects are not followed";
    EXPECT_EQ(kind_of(provider, 400), ReplyClass::permanent);
    EXPECT_EQ(kind_of(provider, 401), ReplyClass::auth_expired);
    EXPECT_EQ(kind_of(provider, 403), ReplyClass::permission);
    EXPECT_EQ(kind_of(provider, 409), ReplyClass::conflict);
    EXPECT_EQ(kind_of(provider, 429), ReplyClass::rate_limited);
    EXPECT_EQ(kind_of(provider, 500), ReplyClass::retry);
    EXPECT_EQ(kind_of(provider, 501), ReplyClass::permanent);
    EXPECT_EQ(kind_of(provider, 503), ReplyClass::retry);
}

TEST(ReplyClassTest, each_class_but_ok_has_its_code) {
    const auto provider = provider_with(by_status, upsert);
    EXPECT_EQ(ask(provider, 200).code, std::nullopt);
    EXPECT_EQ(ask(provider, 401).code, Errc::provider_auth_expired);
    EXPECT_EQ(ask(provider, 403).code, Errc::provider_permission);
    EXPECT_EQ(ask(provider, 404).code, Errc::provider_refused);
    EXPECT_EQ(ask(provider, 409).code, Errc::provider_conflict);
    EXPECT_EQ(ask(provider, 429).code, Errc::provider_rate_limited);
    EXPECT_EQ(ask(provider, 502).code, Errc::provider_unavailable);
}

TEST(ReplyClassTest, without_an_idempotent_effect_a_failure_after_sending_is_unknown) {
    const auto once = provider_with(by_status, no_effect);
    EXPECT_EQ(kind_of(once, 500), ReplyClass::outcome_unknown);
    EXPECT_EQ(ask(once, 500).code, Errc::outcome_unknown);
    EXPECT_EQ(kind_of(once, 429), ReplyClass::rate_limited) << "429 says that nothing was done";
    EXPECT_EQ(kind_of(once, 400), ReplyClass::permanent);
    for (const char* effect : {R"({"kind":"header","name":"Idempotency-Key"})",
                               R"({"kind":"client_id","at":"/id"})", R"({"kind":"natural"})", upsert})
        EXPECT_EQ(kind_of(provider_with(by_status, effect), 500), ReplyClass::retry) << effect;
    for (const char* effect : {R"({"kind":"find","step":"look"})", R"({"kind":"marker","column":"Id"})"})
        EXPECT_EQ(kind_of(provider_with(by_status, effect), 500), ReplyClass::outcome_unknown) << effect;
}

TEST(ReplyClassTest, the_first_rule_that_holds_decides) {
    const auto provider = provider_with(
        R"({"ok":{"status":["2xx"],"pointer":"/ok","in":[true]},"code":["/error"],"classes":[
            {"when":{"pointer":"/error","in":["expired"]},"is":"auth_expired"},
            {"when":{"status":[503],"header":"X-Busy"},"is":"not_applied"},
            {"when":{"status":[403],"header":"x-left","in":["0"]},"is":"rate_limited"},
            {"when":{"status":["5xx"],"pointer":"/error","absent":true},"is":"conflict"},
            {"when":{"status":["5xx"]},"is":"permanent"}]})",
        no_effect);
    EXPECT_EQ(kind_of(provider, 200, R"({"ok":true})"), ReplyClass::ok);
    EXPECT_EQ(kind_of(provider, 200, R"({"ok":false,"error":"expired"})"), ReplyClass::auth_expired);
    EXPECT_EQ(ask(provider, 503, R"({"error":"x"})", {{"x-BUSY", "1"}}).kind, ReplyClass::not_applied);
    EXPECT_EQ(ask(provider, 403, "{}", {{"X-Left", "0"}}).kind, ReplyClass::rate_limited);
    EXPECT_EQ(ask(provider, 403, "{}", {{"X-Left", "1"}}).kind, ReplyClass::permission);
    EXPECT_EQ(kind_of(provider, 503, R"({})"), ReplyClass::conflict);
    EXPECT_EQ(kind_of(provider, 503, R"({"error":"x"})"), ReplyClass::permanent);
    EXPECT_EQ(kind_of(provider, 200, R"({"ok":false,"error":"other"})"), ReplyClass::permanent);
}

TEST(ReplyClassTest, an_ok_status_with_an_unreadable_body_is_no_usable_answer) {
    const char* by_body = R"({"ok":{"status":["2xx"],"pointer":"/ok","in":[true]}})";
    EXPECT_EQ(kind_of(provider_with(by_body, no_effect), 200, "<html>"), ReplyClass::outcome_unknown);
    EXPECT_EQ(kind_of(provider_with(by_body, upsert), 200, "<html>"), ReplyClass::retry);
    EXPECT_EQ(kind_of(provider_with(by_body, no_effect), 404, "<html>"), ReplyClass::permanent);
    const auto wants_id = provider_with(by_status, no_effect, R"({"id":"/id"})");
    EXPECT_EQ(kind_of(wants_id, 201, "{"), ReplyClass::outcome_unknown);
    EXPECT_EQ(kind_of(wants_id, 201, "{}"), ReplyClass::ok);
    EXPECT_EQ(kind_of(provider_with(by_status, no_effect), 200, "ok"), ReplyClass::ok)
        << "nothing of the body is wanted";
}

TEST(ReplyClassTest, outputs_come_from_body_and_headers) {
    const auto provider =
        provider_with(by_status, no_effect, R"({"id":"/a/0","at":"header:Location","no":"/b"})");
    const auto outcome = ask(provider, 201, R"({"a":[7]})", {{"location", "/things/7"}});
    EXPECT_EQ(json::write(outcome.outputs), R"({"at":"/things/7","id":7})");
}

TEST(ReplyClassTest, waits_as_the_provider_asks) {
    const auto rules = [](const std::string& wait) {
        return provider_with(R"({"ok":{"status":["2xx"]},"wait":)" + wait + "}", no_effect);
    };
    const auto wait = [](const catalogue::Provider& provider, const Headers& headers) {
        return ask(provider, 429, "", headers).wait;
    };
    const auto seconds = rules(R"([{"header":"Retry-After","as":"seconds"},{"fixed_s":30}])");
    EXPECT_EQ(wait(seconds, {{"retry-after", "7"}}), 7'000ms);
    EXPECT_EQ(wait(seconds, {{"retry-after", "soon"}}), 30'000ms) << "the next rule";
    EXPECT_EQ(wait(seconds, {{"retry-after", "-1"}}), 30'000ms);
    EXPECT_EQ(wait(seconds, {{"retry-after", "3600"}}), 3'600'000ms);
    EXPECT_EQ(wait(seconds, {{"retry-after", "3601"}}), 3'600'000ms) << "capped";
    EXPECT_EQ(wait(seconds, {{"retry-after", "999999999999"}}), 3'600'000ms);
    EXPECT_EQ(wait(seconds, {{"retry-after", std::string(201, '1')}}), 30'000ms);
    const auto epoch = rules(R"([{"header":"x-reset","as":"epoch_s"}])");
    EXPECT_EQ(wait(epoch, {{"X-Reset", "1700000060"}}), 60'000ms);
    EXPECT_EQ(wait(epoch, {{"X-Reset", "1600000000"}}), 0ms) << "already over";
    EXPECT_EQ(wait(epoch, {}), std::nullopt);
    const auto date = rules(R"([{"header":"retry-after","as":"date"}])");
    EXPECT_EQ(wait(date, {{"Retry-After", "Tue, 14 Nov 2023 22:13:50 GMT"}}), 30'000ms);
    EXPECT_EQ(wait(date, {{"Retry-After", "Wed, 14 Nov 2023 22:13:50 GMT"}}), std::nullopt)
        << "wrong weekday";
    EXPECT_EQ(wait(date, {{"Retry-After", "Tue, 14 Nov 2023 22:13:50 UTC"}}), std::nullopt);
    EXPECT_EQ(wait(date, {{"Retry-After", "Tue, 32 Nov 2023 22:13:50 GMT"}}), std::nullopt);
    const auto standard = provider_with(by_status, no_effect);
    EXPECT_EQ(wait(standard, {{"Retry-After", "5"}}), 5'000ms) << "RFC 9110 where no rule is given";
    EXPECT_EQ(wait(standard, {{"Retry-After", "Tue, 14 Nov 2023 22:13:25 GMT"}}), 5'000ms);
}

TEST(ReplyClassTest, keeps_codes_and_never_sentences_of_the_body) {
    const auto provider = provider_with(
        R"({"ok":{"status":["2xx"]},"code":["/error/type","/error"],"request_id":"header:X-Request-Id"})",
        no_effect);
    const auto plain =
        ask(provider, 422, R"({"error":{"type":"INVALID_VALUE","message":"Ada <ada@example.test>"}})",
            {{"x-request-id", "req_1"}});
    EXPECT_EQ(plain.provider_code, "INVALID_VALUE");
    EXPECT_EQ(plain.request_id, "req_1");
    EXPECT_EQ(plain.detail, "The provider refused the request (status 422, INVALID_VALUE)");
    EXPECT_EQ(ask(provider, 422, R"({"error":"no such person: Ada"})").provider_code, "") << "a sentence";
    EXPECT_EQ(ask(provider, 422, R"({"error":")" + std::string(101, 'a') + "\"}").provider_code, "");
    EXPECT_EQ(ask(provider, 422, R"({"error":")" + std::string(100, 'a') + "\"}").provider_code.size(), 100U);
}

TEST(ReplyClassTest, a_call_without_a_reply_is_not_applied_until_a_byte_was_sent) {
    const auto once = provider_with(by_status, no_effect);
    const auto often = provider_with(by_status, upsert);
    const auto failure = [](const catalogue::Provider& provider, Errc code, bool sent) {
        return classify_failure({code, {}, {}}, sent, provider.actions.front());
    };
    EXPECT_EQ(failure(once, Errc::connect_failed, false).kind, ReplyClass::not_applied);
    EXPECT_EQ(failure(once, Errc::execution_timeout, false).kind, ReplyClass::not_applied);
    EXPECT_EQ(failure(once, Errc::address_refused, false).kind, ReplyClass::permanent);
    EXPECT_EQ(failure(once, Errc::execution_timeout, true).kind, ReplyClass::outcome_unknown);
    EXPECT_EQ(failure(once, Errc::execution_timeout, true).code, Errc::execution_timeout);
    EXPECT_EQ(failure(often, Errc::execution_timeout, true).kind, ReplyClass::retry);
    EXPECT_EQ(failure(often, Errc::reply_too_large, true).kind, ReplyClass::outcome_unknown);
}

}  // namespace
}  // namespace tenon::execution
