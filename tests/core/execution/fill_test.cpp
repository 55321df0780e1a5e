#include <gtest/gtest.h>

#include "samples.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/crypto/hash.hpp"
#include "tenon/execution/plan.hpp"

namespace tenon::execution {
namespace {

using namespace std::chrono_literals;

const SendTime send_time{"exe_1", "att_1", UnixTime(1'700'000'000s)};

/// A provider whose only way to connect is `auth`; its action has the header effect `Idempotency-Key`.
catalogue::Provider provider_of(const std::string& auth) {
    auto provider = provider_with(by_status, R"({"kind":"header","name":"Idempotency-Key"})");
    json::Value document = provider.document;
    document.as_object().set("auth", read_json("[" + auth + "]"));
    auto loaded = catalogue::load(document);
    EXPECT_TRUE(loaded.has_value()) << (loaded ? "" : loaded.error().field + loaded.error().detail);
    return loaded ? std::move(*loaded) : std::move(provider);
}

const char* bearer =
    R"({"kind":"api_key","fields":[{"name":"token","label":"Token","secret":true,"pattern":"^t_[ -~é]+$","max":50}],
                         "apply":[{"kind":"bearer","field":"token"}]})";
const char* basic =
    R"({"kind":"basic","fields":[{"name":"user","label":"User","secret":false,"pattern":"^.+$","max":50},
                        {"name":"word","label":"Word","secret":true,"pattern":"^.+$","max":50}],
                        "apply":[{"kind":"basic","fields":["user","word"]}]})";
const char* by_header =
    R"({"kind":"api_key","fields":[{"name":"key","label":"Key","secret":true,"pattern":"^.+$","max":50}],
                            "apply":[{"kind":"header","name":"X-Api-Key","field":"key"}]})";
const char* by_query =
    R"({"kind":"api_key","fields":[{"name":"key","label":"Key","secret":true,"pattern":"^.+$","max":50}],
                           "apply":[{"kind":"query","name":"key","field":"key"}]})";
const char* by_url = R"x({"kind":"webhook_url","fields":[{"name":"url","label":"URL","secret":true,
                          "pattern":"^https?://hooks\\.sample\\.test/[a-z/]+$","max":99}],"apply":[{"kind":"url","field":"url"}]})x";
const char* is_signed =
    R"({"kind":"signing_secret","fields":[{"name":"secret","label":"Secret","secret":true,"pattern":"^.+$","max":99}],
                            "apply":[{"kind":"standard_webhooks","field":"secret"}]})";

mapping::PlannedRequest planned(const std::string& kind, Headers headers,
                                std::string url = "https://api.sample.test/x") {
    mapping::PlannedRequest out;
    out.method = "POST";
    out.url = std::move(url);
    out.headers = std::move(headers);
    out.body = R"({"a":1})";
    out.auth_kind = kind;
    out.send_time_headers = {"idempotency-key", "x-correlation"};
    return out;
}

Result<FilledRequest> fill_with(const std::string& auth, const mapping::PlannedRequest& request,
                                std::vector<CredentialView> credential, const SendTime& time = send_time) {
    const auto provider = provider_of(auth);
    return fill(request, provider.actions.front(), provider.auth.front(), credential, time);
}

std::string header_of(const Result<FilledRequest>& filled, std::string_view name) {
    if (!filled) return "error " + std::string(id_of(filled.error().code));
    for (const auto& [each, value] : filled->headers)
        if (each == name) return std::string(value.expose());
    return "absent";
}

TEST(FillTest, fills_a_bearer_token_and_nothing_else) {
    const auto filled =
        fill_with(bearer, planned("bearer", {{"authorization", "Bearer ***"}, {"x-stars", "***"}}),
                  {{"token", "t_secret"}});
    ASSERT_TRUE(filled) << filled.error().detail;
    EXPECT_EQ(header_of(filled, "authorization"), "Bearer t_secret");
    EXPECT_EQ(header_of(filled, "x-stars"), "***") << "an answer may be three stars";
    EXPECT_EQ(filled->url.expose(), "https://api.sample.test/x");
    EXPECT_EQ(filled->body, R"({"a":1})");
    EXPECT_EQ(filled->method, "POST");
}

TEST(FillTest, fills_the_headers_that_are_known_only_when_sending) {
    const auto filled = fill_with(
        bearer,
        planned("bearer",
                {{"authorization", "Bearer ***"}, {"idempotency-key", "***"}, {"x-correlation", "***"}}),
        {{"token", "t_secret"}});
    EXPECT_EQ(header_of(filled, "idempotency-key"), "exe_1") << "survives retries";
    EXPECT_EQ(header_of(filled, "x-correlation"), "att_1") << "fresh for each attempt";
}

TEST(FillTest, fills_basic_header_and_query) {
    EXPECT_EQ(header_of(fill_with(basic, planned("basic", {{"authorization", "Basic ***"}}),
                                  {{"user", "Aladdin"}, {"word", "open sesame"}}),
                        "authorization"),
              "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(header_of(fill_with(by_header, planned("header", {{"x-api-key", "***"}}), {{"key", "k1"}}),
                        "x-api-key"),
              "k1");
    const auto url = [](std::string planned_url) {
        const auto filled =
            fill_with(by_query, planned("query", {}, std::move(planned_url)), {{"key", "a&b"}});
        return filled ? std::string(filled->url.expose()) : std::string(id_of(filled.error().code));
    };
    EXPECT_EQ(url("https://api.sample.test/x?key=***"), "https://api.sample.test/x?key=a%26b");
    EXPECT_EQ(url("https://api.sample.test/x?a=1&key=***&z=2"),
              "https://api.sample.test/x?a=1&key=a%26b&z=2");
    EXPECT_EQ(url("https://api.sample.test/x?akey=***"), "action_invalid");
    EXPECT_EQ(url("https://api.sample.test/x?key=****"), "action_invalid");
    EXPECT_EQ(url("https://api.sample.test/x"), "action_invalid");
}

TEST(FillTest, a_url_that_is_the_credential_replaces_the_whole_url) {
    const auto ask = [](std::string_view value) {
        const auto filled = fill_with(by_url, planned("url", {}, "https://***"), {{"url", value}});
        return filled ? std::string(filled->url.expose()) : std::string(id_of(filled.error().code));
    };
    EXPECT_EQ(ask("https://hooks.sample.test/services/abc"), "https://hooks.sample.test/services/abc");
    EXPECT_EQ(ask("https://hooks.evil.test/services/abc"), "validation_failed") << "checked again when sent";
    EXPECT_EQ(ask("http://hooks.sample.test/services/abc"), "address_refused");
}

TEST(FillTest, signs_as_standard_webhooks_does) {
    const std::string key = "0123456789abcdef01234567";
    const auto filled =
        fill_with(is_signed,
                  planned("standard_webhooks",
                          {{"webhook-id", "***"}, {"webhook-signature", "***"}, {"webhook-timestamp", "***"}},
                          "http://plain.example.test/in"),
                  {{"secret", "whsec_" + bytes::to_base64(key)}});
    const std::string expected =
        bytes::to_base64(crypto::hmac(crypto::Hash::sha256, key, R"(exe_1.1700000000.{"a":1})"));
    EXPECT_EQ(header_of(filled, "webhook-id"), "exe_1");
    EXPECT_EQ(header_of(filled, "webhook-timestamp"), "1700000000");
    EXPECT_EQ(header_of(filled, "webhook-signature"), "v1," + expected);
}

TEST(FillTest, refuses_signing_secrets_that_are_too_short_or_not_base64) {
    const auto ask = [](std::string_view secret) {
        return header_of(fill_with(is_signed, planned("standard_webhooks", {{"webhook-signature", "***"}}),
                                   {{"secret", secret}}),
                         "webhook-signature");
    };
    EXPECT_EQ(ask(bytes::to_base64("0123456789abcde")), "error validation_failed") << "15 bytes";
    EXPECT_EQ(ask(bytes::to_base64("0123456789abcdef")).substr(0, 3), "v1,");
    EXPECT_EQ(ask("not base64!"), "error validation_failed");
}

TEST(FillTest, refuses_a_credential_that_is_missing_or_unfit) {
    const auto ask = [](std::vector<CredentialView> credential) {
        return header_of(
            fill_with(bearer, planned("bearer", {{"authorization", "Bearer ***"}}), std::move(credential)),
            "authorization");
    };
    EXPECT_EQ(ask({}), "error not_connected");
    EXPECT_EQ(ask({{"token", ""}}), "error not_connected");
    EXPECT_EQ(ask({{"other", "t_secret"}}), "error not_connected");
    EXPECT_EQ(ask({{"token", "x_secret"}}), "error validation_failed") << "breaks its pattern";
    EXPECT_EQ(ask({{"token", "t_é"}}), "error validation_failed") << "no header can hold it";
    EXPECT_EQ(ask({{"token", "t_a\r\nx: y"}}), "error validation_failed");
}

TEST(FillTest, sends_a_stored_credential_over_https_only) {
    const auto filled =
        fill_with(bearer, planned("bearer", {{"authorization", "Bearer ***"}}, "http://api.sample.test/x"),
                  {{"token", "t_secret"}});
    ASSERT_FALSE(filled);
    EXPECT_EQ(filled.error().code, Errc::address_refused);
}

TEST(FillTest, refuses_a_request_that_was_planned_for_another_credential) {
    EXPECT_EQ(header_of(fill_with(bearer, planned("none", {}), {{"token", "t_secret"}}), "x"),
              "error action_invalid");
    EXPECT_EQ(header_of(fill_with(bearer, planned("bearer", {{"authorization", "Token ***"}}),
                                  {{"token", "t_secret"}}),
                        "authorization"),
              "error action_invalid");
    EXPECT_EQ(header_of(fill_with(basic, planned("basic", {{"authorization", "Basic ***"}}),
                                  {{"user", "a:b"}, {"word", "c"}}),
                        "authorization"),
              "error validation_failed");
}

TEST(FillTest, no_error_holds_a_credential) {
    for (const char* token : {"x_hidden", "t_hidden\x01"}) {
        const auto filled =
            fill_with(bearer, planned("bearer", {{"authorization", "Bearer ***"}}), {{"token", token}});
        ASSERT_FALSE(filled);
        EXPECT_EQ((filled.error().field + filled.error().detail).find("hidden"), std::string::npos);
    }
}

}  // namespace
}  // namespace tenon::execution
