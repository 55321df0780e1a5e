// The verifier's limits and the order of its checks, on schemes written here; the vectors cover the rest.
#include "tenon/webhook/verify.hpp"

#include <gtest/gtest.h>

#include "schemes.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::webhook {
namespace {

constexpr std::string_view list_scheme =
    R"({"id":"x","kind":"hmac","algorithm":"hmac-sha256","encoding":"hex","signature":{"from":"header","name":"S",)"
    R"("split":",","kv":"=","field":"v1","many":true},"message":["sig:t","lit:.","body"],"key":{"encoding":"utf8"},)"
    R"("timestamp":{"from":"sig:t","format":"unix","tolerance_s":300}})";
const UnixTime now{std::chrono::seconds(1'700'000'000)};

std::string mac_of(std::string_view message, std::string_view key = "k") {
    return bytes::to_hex(crypto::hmac(crypto::Hash::sha256, key, message));
}

struct Endpoint {
    explicit Endpoint(std::string_view document, std::initializer_list<std::string> keys = {"k"})
        : scheme(scheme_from(document)), secrets(keys) {}
    Verdict verify(std::string_view signature, std::string_view body = "b") const {
        return check({{"S", signature}}, body);
    }
    Verdict check(std::vector<std::pair<std::string_view, std::string_view>> headers,
                  std::string_view body = "b") const {
        Trust trust;
        for (const std::string& secret : secrets) trust.secrets.emplace_back(secret);
        trust.config = config;
        return webhook::verify(scheme, std::move(trust), {"POST", "https://h/p", std::move(headers), body},
                               now);
    }
    Scheme scheme;
    std::vector<std::string> secrets;
    json::Object config;
};

std::string_view reason(const Verdict& verdict) {
    return verdict.valid ? "valid" : verdict.reason ? id_of(*verdict.reason) : "none";
}

TEST(Verify, caps_the_entries_at_sixteen) {
    const Endpoint endpoint(list_scheme);
    const std::string good = ",v1=" + mac_of("1700000000.b");
    std::string bad = "t=1700000000";
    for (std::size_t i = 0; i + 1 < limits::signature_entries; ++i) bad += ",v1=" + std::string(64, '0');
    EXPECT_EQ(reason(endpoint.verify(bad + good)), "valid");
    EXPECT_EQ(reason(endpoint.verify(bad + good + good)), "signature_malformed");
}

TEST(Verify, limits_the_body_before_anything_else) {
    Endpoint endpoint(list_scheme, {});
    endpoint.config.set("max_body_bytes", 3);
    EXPECT_EQ(reason(endpoint.verify("", "abcd")), "body_too_large");
    EXPECT_EQ(reason(endpoint.verify("", "abc")), "secret_missing");
    endpoint.config = {};
    EXPECT_EQ(reason(endpoint.verify("", std::string(limits::webhook_body, 'a'))), "secret_missing");
    EXPECT_EQ(reason(endpoint.verify("", std::string(limits::webhook_body + 1, 'a'))), "body_too_large");
}

TEST(Verify, any_empty_secret_refuses_all) {
    const std::string signature = "t=1700000000,v1=" + mac_of("1700000000.b");
    EXPECT_EQ(reason(Endpoint(list_scheme, {"k"}).verify(signature)), "valid");
    EXPECT_EQ(reason(Endpoint(list_scheme, {"other", "k"}).verify(signature)), "valid");
    EXPECT_EQ(reason(Endpoint(list_scheme, {"k", ""}).verify(signature)), "secret_missing");
    EXPECT_EQ(reason(Endpoint(list_scheme, {}).verify(signature)), "secret_missing");
}

TEST(Verify, header_names_have_no_case_and_repeats_are_refused) {
    const Endpoint endpoint(list_scheme);
    const std::string signature = "t=1700000000,v1=" + mac_of("1700000000.b");
    EXPECT_EQ(reason(endpoint.check({{"s", "  " + signature + "\t"}})), "valid");
    EXPECT_EQ(reason(endpoint.check({{"S", signature}, {"s", signature}})), "duplicate_header");
    EXPECT_EQ(reason(endpoint.check({{"S", signature}, {"Other", "1"}, {"other", "2"}})), "valid");
    EXPECT_EQ(reason(endpoint.check({{"SS", signature}})), "signature_missing");
}

TEST(Verify, the_window_is_symmetric_and_inclusive) {
    Endpoint endpoint(list_scheme);
    const auto at = [&endpoint](std::string_view time) {
        const std::string text(time);
        return std::string(reason(endpoint.verify("t=" + text + ",v1=" + mac_of(text + ".b"))));
    };
    EXPECT_EQ(at("1699999700"), "valid");
    EXPECT_EQ(at("1700000300"), "valid");
    EXPECT_EQ(at("1699999699"), "timestamp_outside_window");
    EXPECT_EQ(at("1700000301"), "timestamp_outside_window");
    endpoint.config.set("tolerance_s", 10);
    EXPECT_EQ(at("1700000010"), "valid");
    EXPECT_EQ(at("1700000011"), "timestamp_outside_window");
    endpoint.config.set("tolerance_s", "10");  // not a number: the scheme's own window
    EXPECT_EQ(at("1700000011"), "valid");
}

TEST(Verify, a_wrong_mac_says_nothing_about_the_time) {
    const Verdict verdict = Endpoint(list_scheme).verify("t=1600000000,v1=" + std::string(64, '0'));
    EXPECT_EQ(reason(verdict), "signature_mismatch");
    EXPECT_FALSE(verdict.timestamp);
    const Verdict stale = Endpoint(list_scheme).verify("t=1600000000,v1=" + mac_of("1600000000.b"));
    EXPECT_EQ(reason(stale), "timestamp_outside_window");
    EXPECT_EQ(stale.timestamp, 1'600'000'000);
}

TEST(Verify, reads_numbered_headers_up_to_a_hundred) {
    const Endpoint endpoint(
        R"({"id":"x","kind":"hmac","algorithm":"hmac-sha256","encoding":"hex","signature":{"from":"header",)"
        R"("name_pattern":"X-{1..100}","many":true,"max":100},"message":["body"],"key":{"encoding":"utf8"}})");
    const std::string good = mac_of("b");
    EXPECT_EQ(reason(endpoint.check({{"x-1", std::string(64, '0')}, {"X-100", good}})), "valid");
    EXPECT_EQ(reason(endpoint.check({{"X-101", good}})), "signature_missing");
    EXPECT_EQ(reason(endpoint.check({{"X-0", good}})), "signature_missing");
    EXPECT_EQ(reason(endpoint.check({{"X-7", good}, {"x-7", good}})), "duplicate_header");
}

TEST(Verify, every_item_must_pass_and_there_are_at_most_a_hundred) {
    const Endpoint endpoint(
        R"({"id":"x","kind":"token","algorithm":"shared-token","encoding":"text","signature":{"from":"json",)"
        R"("pointer":"/s"},"message":[],"key":{"encoding":"utf8"},"each":"json:/v/*","event_id":"json:/id"})");
    const auto items = [](int count, std::string_view item) {
        std::string body = "{\"v\":[";
        for (int i = 0; i < count; ++i) body.append(i == 0 ? "" : ",").append(item);
        return body + "]}";
    };
    EXPECT_EQ(reason(endpoint.check({}, items(100, R"({"s":"k"})"))), "valid");
    EXPECT_EQ(reason(endpoint.check({}, items(101, R"({"s":"k"})"))), "signature_malformed");
    EXPECT_EQ(reason(endpoint.check({}, items(0, ""))), "signature_missing");
    EXPECT_EQ(reason(endpoint.check({}, "x")), "signature_malformed");
    EXPECT_EQ(reason(endpoint.check({}, R"({"v":[{"s":"k"},{"s":"j"}]})")), "signature_mismatch");
    EXPECT_EQ(endpoint.check({}, R"({"v":[{"s":"k","id":1},{"s":"k","id":"b"}]})").id, "1,b");
}

TEST(Verify, keeps_nothing_of_the_delivery_before) {
    Trust trust;
    trust.secrets.emplace_back("k");
    auto verifier = Verifier::create(scheme_from(list_scheme), std::move(trust));
    ASSERT_TRUE(verifier);
    const std::string good = "t=1700000000,v1=" + mac_of("1700000000.b");
    const std::string no_time = "v1=" + mac_of("1700000000.b");
    EXPECT_TRUE(verifier->verify({"POST", "/", {{"S", good}}, "b"}, now).valid);
    EXPECT_EQ(reason(verifier->verify({"POST", "/", {{"S", no_time}}, "b"}, now)), "timestamp_missing");
    EXPECT_EQ(reason(verifier->verify({"POST", "/", {}, "b"}, now)), "signature_missing");
    EXPECT_EQ(reason(verifier->verify({"POST", "/", {{"S", good}}, "c"}, now)), "signature_mismatch");
    EXPECT_TRUE(verifier->verify({"POST", "/", {{"S", good}}, "b"}, now).valid);
}

TEST(Handshake, an_endpoint_that_waits_for_its_key_answers_only_handshakes) {
    const Endpoint endpoint(
        R"({"id":"x","kind":"hmac","algorithm":"hmac-sha256","encoding":"hex","signature":{"from":"header","name":"S"},)"
        R"("message":["body"],"key":{"encoding":"utf8"},"challenge":{"method":"POST","detect":["hdr:X-Key"],)"
        R"("unless":"cfg:established","limit":{"hdr:X-Key":"^[a-z]{8,16}$"},"respond":{"status":200,"headers":)"
        R"({"X-Key":["hdr:X-Key"]}},"store_key":"hdr:X-Key","refuse_status":401}})",
        {});
    const Verdict handshake = endpoint.check({{"x-key", "abcdefgh"}});
    ASSERT_TRUE(handshake.response);
    EXPECT_EQ(handshake.response->store_key, "abcdefgh");
    EXPECT_FALSE(handshake.valid);
    EXPECT_EQ(reason(endpoint.check({{"S", mac_of("b", "")}})), "secret_missing");
    EXPECT_EQ(endpoint.check({{"x-key", "short"}}).response->status, 401);
    Endpoint established = endpoint;
    established.config.set("established", true);
    EXPECT_EQ(established.check({{"x-key", "abcdefgh"}}).response->status, 401);
}

}  // namespace
}  // namespace tenon::webhook
