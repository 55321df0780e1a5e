#include <gtest/gtest.h>

#include "documents.hpp"
#include "tenon/catalogue/embedded.hpp"
#include "tenon/catalogue/validate.hpp"

namespace tenon::catalogue {
namespace {

const form::Schema& provider_schema() {
    static const auto schema = form::Schema::compile(*json::read(embedded_provider_schema()));
    EXPECT_TRUE(schema) << schema.error().field << " " << id_of(schema.error().code);
    return *schema;
}

std::string report(const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& each : findings) out += each.pointer + " " + each.message + "\n";
    return out;
}

/// The pointers that lint complains about after `change`.
std::string lint_of(json::Value document) {
    std::string out;
    for (const Finding& each : lint(document, provider_schema())) out += each.pointer + ";";
    return out;
}

/// lint_of the small document with `text` at `pointer` under `name`.
std::string with(const std::string& pointer, const std::string& name, const std::string& value) {
    json::Value document = small_document();
    at(document, pointer).as_object().set(name, read_json(value));
    return lint_of(std::move(document));
}

TEST(LintTest, the_documents_in_the_tree_are_good) {
    for (const EmbeddedFile& each : embedded_providers())
        EXPECT_EQ(report(lint(read_json(std::string(each.text)), provider_schema(), each.name)), "")
            << each.name;
    EXPECT_EQ(report(lint(small_document(), provider_schema(), "small")), "");
}

TEST(LintTest, the_file_has_the_name_of_the_provider) {
    EXPECT_EQ(report(lint(small_document(), provider_schema(), "large")), "/id must be the file's name\n");
}

/// Every object of the document that the schema closes: outside what is free by nature.
void collect_closed(const json::Value& value, const std::string& at, std::vector<std::string>& out) {
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.as_array().size(); ++i)
            collect_closed(value.as_array()[i], at + "/" + std::to_string(i), out);
        return;
    }
    if (!value.is_object()) return;
    const std::string name = at.substr(at.rfind('/') == std::string::npos ? 0 : at.rfind('/') + 1);
    for (const char* open :
         {"body", "headers", "query", "params", "variables", "pages", "outputs", "extra", "confidence",
          "config", "target_config", "submission", "meta", "connection", "secrets", "change"})
        if (name == open) return;
    out.push_back(at);
    for (const json::Member& member : value.as_object())
        collect_closed(member.value, at + "/" + json::escape_token(member.name), out);
}

TEST(LintTest, an_unknown_member_is_refused_at_every_level) {
    for (const EmbeddedFile& each : embedded_providers()) {
        const json::Value document = read_json(std::string(each.text));
        std::vector<std::string> places;
        collect_closed(document, "", places);
        EXPECT_GT(places.size(), 15U) << each.name;
        for (const std::string& place : places) {
            json::Value changed = document;
            at(changed, place).as_object().set("planted", json::Value(true));
            EXPECT_NE(lint_of(std::move(changed)), "") << each.name << place;
        }
    }
}

TEST(LintTest, a_missing_required_member_is_refused) {
    for (const char* name : {"id", "name", "auth", "reply", "actions", "defaults", "confidence"}) {
        json::Value document = small_document();
        document.as_object().erase(name);
        EXPECT_NE(lint_of(std::move(document)), "") << name;
    }
}

TEST(LintTest, retries_and_time_have_bounds) {
    EXPECT_EQ(with("/actions/0", "max_retries", "5"), "");
    EXPECT_EQ(with("/actions/0", "max_retries", "6"), "/actions/0/max_retries;");
    EXPECT_EQ(with("/actions/0", "max_retries", "-1"), "/actions/0/max_retries;");
    EXPECT_EQ(with("/actions/0", "timeout_ms", "0"), "/actions/0/timeout_ms;");
}

TEST(LintTest, hosts_are_https) {
    EXPECT_NE(with("/defaults", "base", R"("http://api.small.test")"), "");
    EXPECT_NE(with("/actions/0/request", "base", R"("https://api.small.test/v1")"), "")
        << "a base has no path";
}

TEST(LintTest, a_host_variable_is_declared_and_bounded) {
    json::Value document = small_document();
    at(document, "/defaults/base") = "https://{/connection/host}";
    EXPECT_EQ(lint_of(document), "/defaults/base;");
    at(document, "/variables")
        .as_object()
        .set("host", read_json(R"({"from":"token_reply","pattern":"^[a-z0-9-]+\\.api\\.small\\.test$"})"));
    EXPECT_EQ(lint_of(document), "");
    at(document, "/variables/host/pattern") = "^[a-z0-9.-]+$";
    EXPECT_EQ(lint_of(document), "/actions/0/request/base;") << "anybody's host";
}

TEST(LintTest, templates_name_known_contexts_and_variables) {
    EXPECT_EQ(with("/actions/0/request", "path", R"("/x/{/config/list}")"), "");
    EXPECT_EQ(with("/actions/0/request", "path", R"("/x/{/cfg/list}")"), "/actions/0/request/path;");
    EXPECT_EQ(with("/actions/0/request", "path", R"("/x/{config}")"), "/actions/0/request/path;");
    EXPECT_EQ(with("/actions/0/request", "path", R"("/x/{/config/list")"), "/actions/0/request/path;");
    EXPECT_EQ(with("/actions/0/request", "path", R"("/x/{/connection/cloud}")"), "/actions/0/request/path;");
    EXPECT_EQ(with("/actions/0/request", "body", R"({"a":{"$value":"/steps/x"}})"),
              "/actions/0/request/body/a/$value;");
}

TEST(LintTest, directives_have_exactly_their_members) {
    const auto body = [](const char* text) { return with("/actions/0/request", "body", text); };
    EXPECT_EQ(body(R"({"$each":"/fields","$do":{"$value":"/item/value"},"$limit":3})"), "");
    EXPECT_EQ(body(R"({"$each":"/fields"})"), "/actions/0/request/body;");
    EXPECT_EQ(body(R"({"$valu":"/target"})"), "/actions/0/request/body;");
    EXPECT_EQ(body(R"({"$value":"/target","else":1})"), "/actions/0/request/body/else;");
    EXPECT_EQ(body(R"({"$literal":{"$valu":"free"}})"), "");
}

TEST(LintTest, a_stored_credential_never_goes_to_a_typed_url) {
    json::Value document = small_document();
    json::Object& request = at(document, "/actions/0/request").as_object();
    request.erase("path");
    request.set("url", "/config/list");
    EXPECT_EQ(lint_of(document), "/actions/0/request/url;");
}

TEST(LintTest, scopes_outputs_and_references_fit_together) {
    json::Value slack = document_of("slack");
    at(slack, "/actions/0/scopes").as_array().emplace_back("admin");
    EXPECT_EQ(lint_of(slack), "/actions/0/scopes;");
    slack = document_of("slack");
    at(slack, "/actions/0/outputs").as_object().set("hook", "/incoming_webhook/url");
    EXPECT_EQ(lint_of(slack), "/actions/0/outputs/hook;") << "a secret of the token reply";
    slack = document_of("slack");
    at(slack, "/targets/0/pages") = "elsewhere";
    EXPECT_EQ(lint_of(slack), "/targets/0/pages;");
    slack = document_of("slack");
    at(slack, "/limits/0/of/0") = "elsewhere";
    EXPECT_EQ(lint_of(slack), "/limits/0/of;");
    slack = document_of("slack");
    at(slack, "/auth/2/fields/0/pattern") = "^https://[a-z.]+/services/[A-Za-z0-9/]+$";
    EXPECT_EQ(lint_of(slack), "/auth/2;") << "anybody's host";
    json::Value sheets = document_of("googlesheets");
    at(sheets, "/actions/0/columns") = "elsewhere";
    EXPECT_EQ(lint_of(sheets), "/actions/0/columns;");
    sheets = document_of("googlesheets");
    at(sheets, "/actions/0/config/properties").as_object().erase("columns");
    EXPECT_NE(lint_of(sheets), "") << "a kept fact is declared";
}

TEST(LintTest, an_example_fits_the_schema_of_its_action) {
    json::Value slack = document_of("slack");
    at(slack, "/actions/0/examples/0/target_config/channel") = "general";
    EXPECT_EQ(lint_of(slack), "/actions/0/examples/0/target_config/channel;");
}

TEST(CheckTest, slack_channels_are_ids) {  // E-11, one rule (F-075)
    const auto provider = load(document_of("slack"));
    const Action& action = *provider->action("send_message");
    const auto accepts = [&](const char* channel) {
        return check_target_config(action, json::Value(json::Object{{"channel", json::Value(channel)}}))
            .empty();
    };
    for (const char* good : {"C061EG9T2", "G012AC86C9Q", "D012345678", "C01234567"})
        EXPECT_TRUE(accepts(good)) << good;
    for (const char* bad : {"C0123456", "#general", "c061eg9t2", "|061EG9T2", "C061EG9T2\n", "U061EG9T2", ""})
        EXPECT_FALSE(accepts(bad)) << bad;
    EXPECT_FALSE(check_target_config(action, json::Value(json::Object())).empty()) << "channel is required";
}

TEST(CheckTest, an_apostrophe_in_a_worksheet_name_is_written_twice) {
    const auto provider = load(document_of("googlesheets"));
    const Action& action = *provider->action("create_row");
    const auto accepts = [&](const std::string& name) {
        return check_target_config(action, json::Value(json::Object{{"spreadsheet_id", json::Value("1Bx")},
                                                                    {"worksheet_name", json::Value(name)}}))
            .empty();
    };
    EXPECT_TRUE(accepts("Form answers"));
    EXPECT_TRUE(accepts("Ann''s tab"));
    EXPECT_FALSE(accepts("Ann's tab"));
    EXPECT_FALSE(accepts("'!A1:Z9"));
    EXPECT_FALSE(accepts(""));
    EXPECT_TRUE(accepts(std::string(100, 'a')));
    EXPECT_FALSE(accepts(std::string(101, 'a')));
}

TEST(CheckTest, credentials_have_exactly_the_declared_fields) {
    const auto provider = load(document_of("slack"));
    const auto check = [&](const char* kind, const char* fields) {
        const auto done = check_credentials(*provider->auth_of(kind), read_json(fields));
        return done ? std::string("good") : done.error().field;
    };
    EXPECT_EQ(check("api_key", R"({"token":"xoxb-1-abc"})"), "good");
    EXPECT_EQ(check("api_key", R"({"token":"xoxp-1-abc"})"), "/fields/token");
    EXPECT_EQ(check("api_key", R"({"token":"xoxb-1-abc\n"})"), "/fields/token");
    EXPECT_EQ(check("api_key", R"({"token":7})"), "/fields/token");
    EXPECT_EQ(check("api_key", R"({})"), "/fields/token");
    EXPECT_EQ(check("api_key", R"([])"), "/fields");
    EXPECT_EQ(check("api_key", R"({"token":"xoxb-1-abc","extra":"x"})"), "/fields/extra");
    EXPECT_EQ(check("webhook_url", R"({"url":"https://hooks.slack.com/services/T0/B0/x"})"), "good");
    EXPECT_EQ(check("webhook_url", R"({"url":"https://hooks.slack-gov.com/services/T0/B0/x"})"), "good");
    for (const char* bad :
         {"https://hooks.slack.com.evil.test/services/T0/B0/x", "http://hooks.slack.com/services/T0/B0/x",
          "https://a@hooks.slack.com/services/T0/B0/x", "https://hooks-slack.com/services/T0/B0/x"})
        EXPECT_EQ(check("webhook_url", (std::string(R"({"url":")") + bad + "\"}").c_str()), "/fields/url")
            << bad;
    const std::string long_token = R"({"token":"xoxb-)" + std::string(496, 'a') + "\"}";
    EXPECT_EQ(check("api_key", long_token.c_str()), "/fields/token") << "501 characters";
}

TEST(CheckTest, facts_of_a_connection_match_their_patterns) {
    json::Value document = small_document();
    at(document, "/variables")
        .as_object()
        .set("host", read_json(R"({"from":"token_reply","pattern":"^[a-z0-9-]+\\.api\\.small\\.test$"})"));
    const auto provider = load(document);
    ASSERT_TRUE(provider);
    EXPECT_TRUE(check_facts(*provider, read_json(R"({"host":"eu.api.small.test","other":1})")));
    EXPECT_TRUE(check_facts(*provider, read_json("{}")));
    for (const char* bad :
         {R"({"host":"evil.test"})", R"({"host":"eu.api.small.test.evil.test"})", R"({"host":7})"})
        EXPECT_EQ(check_facts(*provider, read_json(bad)).error().field, "/host") << bad;
}

}  // namespace
}  // namespace tenon::catalogue
