// What we sign ourselves must pass our own verifier, for every scheme that can be signed.
#include <gtest/gtest.h>

#include <filesystem>

#include "schemes.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::webhook {
namespace {

const UnixTime now{std::chrono::seconds(1'700'000'000)};
constexpr std::string_view body = R"({"id":"evt_1","type":"x"})";

Trust trust_for(std::string secret) {
    Trust trust;
    trust.secrets.emplace_back(std::move(secret));
    trust.config = {{"url", "https://h.example/in"},
                    {"auth_header_name", "X-Auth"},
                    {"header_name", "X-Own"},
                    {"client_id", "client"},
                    {"app_key", "app"}};
    return trust;
}

/// A secret in whichever spelling the scheme wants: text, 32 bytes of hex or base64, 64 characters.
const std::vector<std::string> secrets{"a secret of some length", bytes::to_hex(std::string(32, 'k')),
                                       bytes::to_base64(std::string(32, 'k'))};

/// Of the same spelling and length.
std::string other_secret(std::string secret) {
    secret[0] = secret[0] == 'a' ? 'b' : 'a';
    return secret;
}

std::size_t signed_and_verified(const Scheme& scheme, const std::string& secret) {
    const Delivery plain{"POST", "https://h.example/in", {{"Content-Type", "application/json"}}, body};
    const auto headers = sign(scheme, trust_for(secret), plain, now);
    if (!headers) return 0;
    Delivery delivery = plain;
    for (const auto& [name, value] : *headers) delivery.headers.emplace_back(name, value);
    const Verdict verdict = verify(scheme, trust_for(secret), delivery, now);
    EXPECT_TRUE(verdict.valid) << scheme.id() << ' ' << (verdict.reason ? id_of(*verdict.reason) : "");
    EXPECT_FALSE(verify(scheme, trust_for(other_secret(secret)), delivery, now).valid) << scheme.id();
    return 1;
}

TEST(Sign, makes_deliveries_that_verify) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(TENON_SOURCE_DIR "/core/schemes")) {
        if (is_unsigned(entry.path().stem().string())) continue;
        const auto scheme = load_scheme(entry.path().stem().string());
        ASSERT_TRUE(scheme);
        for (const std::string& secret : secrets) count += signed_and_verified(*scheme, secret);
    }
    EXPECT_GT(count, 200U);
}

TEST(Sign, makes_tokens_and_signs_forms) {
    for (const char* id : {"netlify", "upstash_qstash", "livekit", "messagebird", "vonage", "monday"}) {
        const auto scheme = load_scheme(id);
        ASSERT_TRUE(scheme);
        Trust trust = trust_for(secrets[0]);
        trust.config.set("api_key", "key");
        const Delivery plain{"POST", "https://h.example/in", {}, body};
        const auto headers = sign(*scheme, trust, plain, now);
        ASSERT_TRUE(headers) << id << headers.error().field;
        Delivery delivery = plain;
        for (const auto& [name, value] : *headers) delivery.headers.emplace_back(name, value);
        trust.secrets.clear();
        trust.secrets.emplace_back(secrets[0]);
        EXPECT_TRUE(verify(*scheme, std::move(trust), delivery, now).valid) << id;
    }
    const auto twilio = load_scheme("twilio");
    ASSERT_TRUE(twilio);
    const Delivery form{"POST", "https://h.example/in", {}, "b=2&a=1"};
    const auto headers = sign(*twilio, trust_for("s"), form, now);
    ASSERT_TRUE(headers);
    Delivery delivery = form;
    for (const auto& [name, value] : *headers) delivery.headers.emplace_back(name, value);
    EXPECT_TRUE(verify(*twilio, trust_for("s"), delivery, now).valid);
    EXPECT_EQ(sign(*twilio, trust_for("s"), {"POST", "/", {{"Content-Type", "text/plain"}}, "a"}, now)
                  .error()
                  .field,
              "/when");
}

TEST(Sign, keeps_the_id_that_the_caller_gives) {
    const auto scheme = load_scheme("standardwebhooks_v1");
    ASSERT_TRUE(scheme);
    const auto headers = sign(*scheme, trust_for("whsec_" + secrets[2]),
                              {"POST", "/", {{"Webhook-Id", "msg_mine"}}, body}, now);
    ASSERT_TRUE(headers);
    EXPECT_EQ(headers->size(), 3U);
    for (const auto& [name, value] : *headers) {
        if (name == "webhook-id") {
            EXPECT_EQ(value, "msg_mine");
        } else if (name == "webhook-timestamp") {
            EXPECT_EQ(value, "1700000000");
        }
    }
}

TEST(Sign, refuses_what_headers_can_not_carry) {
    const auto in_body = load_scheme("figma");
    ASSERT_TRUE(in_body);
    const auto refused = sign(*in_body, trust_for("s"), {"POST", "/", {}, body}, now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::not_supported);
    const auto scheme = load_scheme("github");
    ASSERT_TRUE(scheme);
    EXPECT_EQ(sign(*scheme, Trust{}, {"POST", "/", {}, body}, now).error().code, Errc::secret_missing);
}

}  // namespace
}  // namespace tenon::webhook
