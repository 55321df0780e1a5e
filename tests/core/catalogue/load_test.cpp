#include "tenon/catalogue/load.hpp"

#include <gtest/gtest.h>

#include "documents.hpp"

namespace tenon::catalogue {
namespace {

/// The pointer of the error that loading the changed document gives; "loaded" if it loads.
std::string complaint(const std::string& pointer, const std::string& value) {
    json::Value document = small_document();
    at(document, pointer) = read_json(value);
    const auto loaded = load(std::move(document));
    return loaded ? "loaded" : loaded.error().field;
}

std::string without(const std::string& pointer, const std::string& name) {
    json::Value document = small_document();
    at(document, pointer).as_object().erase(name);
    const auto loaded = load(std::move(document));
    return loaded ? "loaded" : loaded.error().field;
}

TEST(LoadTest, reads_a_small_document) {
    const auto provider = load(small_document());
    ASSERT_TRUE(provider) << provider.error().field << provider.error().detail;
    ASSERT_EQ(provider->actions.size(), 1U);
    const Action& action = provider->actions.front();
    EXPECT_EQ(action.timeout, std::chrono::milliseconds(30'000)) << "E-04: the default";
    EXPECT_EQ(action.max_retries, 3U) << "E-05: the default";
    EXPECT_EQ(provider->action("insert"), &action);
    EXPECT_EQ(provider->action("remove"), nullptr);
    EXPECT_EQ(action.first_write()->id, "request");
    EXPECT_TRUE(action.reading_steps().empty());
    EXPECT_EQ(provider->auth.front().field("token")->max_length, 20U);
}

TEST(LoadTest, names_the_place_of_what_it_refuses) {
    EXPECT_EQ(complaint("", "[]"), "");
    EXPECT_EQ(without("", "id"), "/id");
    EXPECT_EQ(without("", "reply"), "/reply");
    EXPECT_EQ(complaint("/auth", "[]"), "/auth");
    EXPECT_EQ(complaint("/auth/0/apply/0/kind", R"("cookie")"), "/auth/0/apply/0/kind");
    EXPECT_EQ(complaint("/auth/0/apply/0/field", R"("word")"), "/auth/0/apply/0");
    EXPECT_EQ(complaint("/auth/0/fields/0/pattern", R"x("(?=a)")x"), "/auth/0/fields/0/pattern");
    EXPECT_EQ(complaint("/reply/ok", "{}"), "/reply/ok");
    EXPECT_EQ(complaint("/reply/ok/status", R"(["6xx"])"), "/reply/ok/status/0");
    EXPECT_EQ(complaint("/reply/ok/status", "[99]"), "/reply/ok/status/0");
    EXPECT_EQ(complaint("/actions/0/effect/kind", R"("magic")"), "/actions/0/effect/kind");
    EXPECT_EQ(complaint("/actions/0/outputs/id", R"("id")"), "/actions/0/outputs/id");
    EXPECT_EQ(without("/actions/0", "request"), "/actions/0");
    EXPECT_EQ(without("/actions/0", "config"), "/actions/0/config");
}

TEST(LoadTest, holds_retries_and_time_to_their_bounds) {
    json::Value document = small_document();
    at(document, "/actions/0").as_object().set("max_retries", json::Value(Decimal(5)));
    at(document, "/actions/0").as_object().set("timeout_ms", json::Value(Decimal(300'000)));
    EXPECT_TRUE(load(document));
    at(document, "/actions/0/max_retries") = json::Value(Decimal(6));
    EXPECT_EQ(load(document).error().field, "/actions/0/max_retries");
    at(document, "/actions/0/max_retries") = json::Value(Decimal(0));
    at(document, "/actions/0/timeout_ms") = json::Value(Decimal(0));
    EXPECT_EQ(load(document).error().field, "/actions/0/timeout_ms");
    at(document, "/actions/0/timeout_ms") = json::Value(Decimal(300'001));
    EXPECT_EQ(load(document).error().field, "/actions/0/timeout_ms");
}

TEST(LoadTest, refuses_what_this_version_can_not_run) {
    json::Value document = small_document();
    at(document, "/auth/0/apply").as_array().push_back(at(document, "/auth/0/apply/0"));
    EXPECT_EQ(load(document).error().code, Errc::not_supported);

    document = small_document();
    json::Object& action = at(document, "/actions/0").as_object();
    action.erase("request");
    action.set("steps", read_json(R"([{"id":"a","request":{"method":"POST","path":"/a"}},
                                      {"id":"b","request":{"method":"POST","path":"/b"}}])"));
    EXPECT_EQ(load(document).error().code, Errc::not_supported);
    action.set("steps",
               read_json(R"([{"id":"a","request":{"method":"POST","path":"/a"},"skip_if":"/steps/x"}])"));
    EXPECT_EQ(load(document).error().code, Errc::not_supported);
    action.set("steps",
               read_json(R"([{"id":"r","request":{"method":"GET","path":"/a"},"keep_as":"k","pick":""}])"));
    EXPECT_EQ(load(document).error().field, "/actions/0/steps") << "nothing is written";
}

TEST(LoadTest, refuses_a_url_credential_outside_webhook_url) {
    EXPECT_EQ(complaint("/auth/0/apply/0/kind", R"("url")"), "/auth/0/apply/0");
    json::Value document = small_document();
    at(document, "/auth/0/kind") = "webhook_url";
    EXPECT_EQ(load(document).error().field, "/auth/0/apply/0");
}

TEST(CatalogueTest, finds_providers_by_id_and_alias) {
    const auto catalogue = Catalogue::create({*load(document_of("slack")), *load(document_of("generic"))});
    ASSERT_TRUE(catalogue);
    ASSERT_NE(catalogue->provider("http"), nullptr);
    EXPECT_EQ(catalogue->provider("http"), catalogue->provider("generic"));
    EXPECT_EQ(catalogue->providers().front().id, "generic") << "sorted";
    EXPECT_EQ(catalogue->provider("Slack"), nullptr) << "ids are exact";
}

TEST(CatalogueTest, refuses_an_id_or_alias_that_is_taken) {
    EXPECT_EQ(Catalogue::create({*load(small_document()), *load(small_document())}).error().field, "small");
    json::Value other = small_document();
    at(other, "/id") = "tiny";
    at(other, "/aliases") = json::Array{};
    EXPECT_EQ(Catalogue::create({*load(small_document()), *load(other)}).error().field, "tiny");
}

TEST(CatalogueTest, a_template_is_defaults_and_request_and_the_place_of_the_credential) {
    const auto catalogue = Catalogue::create({*load(small_document())});
    EXPECT_EQ(catalogue->action_template("tiny", "insert"),
              R"({"auth":{"kind":"bearer"},"base":"https://api.small.test","body":{"$value":"/target"},)"
              R"("headers":{"x-version":"1"},"method":"POST","path":"/lists/{/config/list}"})");
    EXPECT_EQ(catalogue->action_template("small", "remove"), std::nullopt);
    EXPECT_EQ(catalogue->action_template("large", "add"), std::nullopt);
    EXPECT_EQ(catalogue->action_template("small", "add", "oauth2"), std::nullopt) << "no such way to connect";
}

TEST(CatalogueTest, a_request_wins_over_the_defaults_header_by_header) {
    json::Value document = small_document();
    at(document, "/actions/0/request")
        .as_object()
        .set("headers", read_json(R"({"x-version":"2","X-Other":"y"})"));
    at(document, "/actions/0/request").as_object().set("base", "https://upload.small.test");
    const auto catalogue = Catalogue::create({*load(document)});
    const auto action = read_json(catalogue->action_template("small", "add").value());
    EXPECT_EQ(json::write(*action.find("headers")), R"({"x-other":"y","x-version":"2"})");
    EXPECT_EQ(action.text_at("base"), "https://upload.small.test");
}

TEST(CatalogueTest, the_way_to_connect_decides_the_template) {
    const auto catalogue = Catalogue::create({*load(document_of("slack")), *load(document_of("generic"))});
    const auto by_url =
        read_json(catalogue->action_template("slack", "send_webhook_message", "webhook_url").value());
    EXPECT_EQ(json::write(*by_url.find("auth")), R"({"kind":"url"})");
    EXPECT_EQ(by_url.find("base"), nullptr) << "the credential is the URL";
    EXPECT_EQ(catalogue->action_template("slack", "send_message", "webhook_url"), std::nullopt);
    EXPECT_EQ(catalogue->action_template("slack", "send_webhook_message", "api_key"), std::nullopt);

    const auto is_signed = read_json(catalogue->action_template("http", "forward").value());
    EXPECT_EQ(is_signed.find("auth")->text_at("kind"), "standard_webhooks");
    EXPECT_EQ(json::write(*is_signed.find("send_time_headers")), R"(["webhook-id"])")
        << "the effect's header";
    const auto plain = read_json(catalogue->action_template("http", "forward", "none").value());
    EXPECT_EQ(plain.find("auth")->text_at("kind"), "none");
}

TEST(CatalogueTest, a_reading_step_has_its_own_template) {
    const auto provider = load(document_of("googlesheets"));
    ASSERT_TRUE(provider);
    const Action* action = provider->action("append_row");
    ASSERT_NE(action, nullptr);
    ASSERT_EQ(action->reading_steps().size(), 1U);
    const Step& step = *action->reading_steps().front();
    EXPECT_EQ(step.keep_as, "columns");
    const auto request = step_template(*provider, *action, step, provider->auth.front());
    EXPECT_EQ(request.text_at("method"), "GET");
    EXPECT_EQ(request.text_at("base"), "https://sheets.googleapis.com");
    EXPECT_EQ(action->first_write()->id, "write");
}

TEST(CatalogueTest,
     sheets_are_written_raw) {  // no formula of an anonymous form runs in the owner's sheet (F-066)
    const auto catalogue = Catalogue::create({*load(document_of("googlesheets"))});
    const auto action = read_json(catalogue->action_template("googlesheets", "create_row").value());
    EXPECT_EQ(json::resolve(action, "/query/valueInputOption")->as_text(), "RAW");
}

}  // namespace
}  // namespace tenon::catalogue
