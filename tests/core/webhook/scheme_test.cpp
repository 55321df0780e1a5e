// Compiling scheme documents: what is refused, and where the pointer leads.
#include "tenon/webhook/scheme.hpp"

#include <gtest/gtest.h>

namespace tenon::webhook {
namespace {

constexpr std::string_view plain =
    R"({"id":"x","kind":"hmac","algorithm":"hmac-sha256","encoding":"hex","signature":{"from":"header",)"
    R"("name":"X-Sig"},"message":["body"],"key":{"encoding":"utf8"}})";

json::Value with(std::string_view name, std::string_view value) {
    auto document = *json::read(plain);
    document.as_object().set(std::string(name), *json::read(value));
    return document;
}

void expect_error(const json::Value& document, Errc code, std::string_view pointer) {
    const auto scheme = Scheme::compile(document);
    ASSERT_FALSE(scheme) << json::write(document);
    EXPECT_EQ(id_of(scheme.error().code), id_of(code)) << json::write(document);
    EXPECT_EQ(scheme.error().field, pointer) << json::write(document);
}

TEST(SchemeCompile, accepts_the_plain_document) {
    const auto scheme = Scheme::compile(*json::read(plain));
    ASSERT_TRUE(scheme);
    EXPECT_EQ(scheme->id(), "x");
}

TEST(SchemeCompile, a_scheme_without_a_check_is_unknown) {
    expect_error(with("kind", R"j("none")j"), Errc::scheme_unknown, "");
}

TEST(SchemeCompile, documentation_keys_are_ignored) {
    EXPECT_TRUE(Scheme::compile(with("quirks", R"j([1,{"a":null}])j")));
    EXPECT_TRUE(Scheme::compile(with("anything_else", "true")));
}

TEST(SchemeCompile, refuses_what_it_does_not_interpret_with_its_place) {
    expect_error(with("algorithm", R"j({"json:/V":{"1":"rsa-md5"}})j"), Errc::not_supported,
                 "/algorithm/json:~1V/1");
    expect_error(with("algorithm", R"j({"json:/V":{"1":"rsa-sha1","2":"ed25519"}})j"), Errc::not_supported,
                 "/algorithm/json:~1V");
    expect_error(with("algorithm", R"j("ecdsa-p521-sha512")j"), Errc::not_supported, "/algorithm");
    expect_error(with("url_variants", R"j("path")j"), Errc::not_supported, "/url_variants");
    expect_error(with("algorithm", R"j("hmac-md5")j"), Errc::not_supported, "/algorithm");
    expect_error(with("message", R"j(["body","canon:gcp"])j"), Errc::not_supported, "/message/1");
    expect_error(with("message", R"j([{"canon":"perl_form"}])j"), Errc::not_supported, "/message/0/canon");
    expect_error(with("message", R"j(["md5(body)"])j"), Errc::not_supported, "/message/0");
    expect_error(with("message", R"j(["hash:md5:hex(body)"])j"), Errc::not_supported, "/message/0");
    expect_error(with("key", R"j({"type":"pgp"})j"), Errc::not_supported, "/key/type");
    expect_error(with("key", R"j({"derive":"sha256"})j"), Errc::not_supported, "/key/derive");
    expect_error(with("signature", R"j({"from":"trailer"})j"), Errc::not_supported, "/signature");
    expect_error(with("signature", R"j({"from":"header","name":"S","container":"cbor"})j"),
                 Errc::not_supported, "/signature/container");
    expect_error(with("timestamp", R"j({"from":"hdr:T","format":"rfc850"})j"), Errc::not_supported,
                 "/timestamp/format");
    expect_error(with("challenge", R"j({"method":"GET","limit":{"query:c":"(?=a)"},"respond":{}})j"),
                 Errc::not_supported, "/challenge/limit/query:c");
}

TEST(SchemeCompile, refuses_malformed_documents_with_their_place) {
    expect_error(json::Value(json::Array{}), Errc::scheme_invalid, "");
    expect_error(with("algorithm", "null"), Errc::scheme_invalid, "");
    expect_error(with("signature", "null"), Errc::scheme_invalid, "");
    expect_error(with("message", "null"), Errc::scheme_invalid, "");
    expect_error(with("signature", R"j({"from":"header"})j"), Errc::scheme_invalid, "/signature");
    expect_error(with("signature", R"j({"from":"header","name":7})j"), Errc::scheme_invalid,
                 "/signature/name");
    expect_error(with("signature", R"j({"from":"header","name":"S","kv":"="})j"), Errc::scheme_invalid,
                 "/signature");
    expect_error(with("signature", R"j({"from":"header","name_pattern":"X-{1..101}"})j"),
                 Errc::scheme_invalid, "/signature/name_pattern");
    expect_error(with("signature", R"j({"from":"json","pointer":"id"})j"), Errc::scheme_invalid,
                 "/signature");
    expect_error(with("message", "[7]"), Errc::scheme_invalid, "/message/0");
    expect_error(with("message", R"j(["opt:a|b"])j"), Errc::scheme_invalid, "/message/0");
    expect_error(with("message", R"j([{"mac":"hmac-sha256","enc":"hex","of":["body"]}])j"),
                 Errc::scheme_invalid, "/message/0/mac");
    expect_error(with("key", R"j({"compose":"{secret}&{header}"})j"), Errc::scheme_invalid, "/key/compose");
    expect_error(with("key", R"j({"length":-1})j"), Errc::scheme_invalid, "/key/length");
    expect_error(with("challenge", R"j({"respond":{"status":200}})j"), Errc::scheme_invalid, "/challenge");
    expect_error(with("challenge", R"j({"method":"GET","respond":{"status":42}})j"), Errc::scheme_invalid,
                 "/challenge/respond/status");
    expect_error(with("jwt", R"j({"algs":["HS256"]})j"), Errc::scheme_invalid, "");
    expect_error(with("key", R"j({"type":"rsa-oaep-sha1"})j"), Errc::scheme_invalid, "/key");
    expect_error(with("message", R"j([{"headers":"sig:h"}])j"), Errc::scheme_invalid, "/message/0");
    expect_error(with("check", R"j({"equal":["body","body"]})j"), Errc::scheme_invalid, "/check");
    std::string many = "[";
    for (int i = 0; i < 65; ++i) many += i == 0 ? R"("body")" : R"(,"body")";
    expect_error(with("message", many + "]"), Errc::scheme_invalid, "/message");
}

json::Value token_scheme(std::string_view jwt, std::string_view key) {
    auto document = with("algorithm", R"j("jwt")j");
    document.as_object().set("jwt", *json::read(jwt));
    document.as_object().set("key", *json::read(key));
    return document;
}

TEST(SchemeCompile, a_token_never_chooses_between_mac_and_public_key) {
    EXPECT_TRUE(Scheme::compile(token_scheme(R"({"algs":["HS256","HS512"]})", R"({"encoding":"utf8"})")));
    EXPECT_TRUE(Scheme::compile(token_scheme(R"({"algs":["RS256","ES256"]})", R"({"type":"jwk"})")));
    expect_error(token_scheme(R"({"algs":["HS256","RS256"]})", R"({"type":"pem"})"), Errc::scheme_invalid,
                 "/jwt");
    expect_error(token_scheme(R"({"algs":["HS256"]})", R"({"type":"pem"})"), Errc::scheme_invalid, "/jwt");
    expect_error(token_scheme(R"({"algs":["RS256"]})", R"({"encoding":"utf8"})"), Errc::scheme_invalid,
                 "/jwt");
    expect_error(token_scheme(R"({"algs":[]})", R"({"encoding":"utf8"})"), Errc::scheme_invalid, "/jwt");
    expect_error(token_scheme(R"({"algs":["HS256"],"times":{"exp":"optional"}})", R"({"encoding":"utf8"})"),
                 Errc::not_supported, "/jwt/times");
    expect_error(token_scheme(R"({"algs":["HS256"],"url_claim":{"name":"u","hash":"sha256","enc":"hex"}})",
                              R"({"encoding":"utf8"})"),
                 Errc::scheme_invalid, "/jwt");
}

}  // namespace
}  // namespace tenon::webhook
