// The simulator refuses what the provider refuses: every example of the catalogue is accepted, and every
// change that the catalogue says is refused is refused, in the provider's own words.

#include <gtest/gtest.h>

#include "played.hpp"

namespace tenon::simulator {
namespace {

/// Calls `use(provider, action, example, behaviour)` for every example; unsigned ones meet a receiver that
/// asks for no signature.
template <typename Use>
void for_each_example(const Use& use) {
    const auto catalogue = embedded_catalogue();
    for (const auto& provider : catalogue.providers())
        for (const auto& action : provider.actions) {
            const std::size_t index = static_cast<std::size_t>(&action - provider.actions.data());
            const json::Value& document = provider.document.find("actions")->as_array()[index];
            for (const json::Value& example : document.find("examples")->as_array()) {
                CastOptions options;
                if (example.text_at("auth") != "none") options.generic_secret = test_secret;
                auto cast = make_cast(options);
                ASSERT_TRUE(cast) << cast.error().field << " " << cast.error().detail;
                ASSERT_TRUE(cast->behaviours.contains(provider.id)) << provider.id;
                use(catalogue, provider, action, example, cast->behaviours.find(provider.id)->second);
            }
        }
}

TEST(SimulatorExamplesTest, every_example_is_accepted) {
    for_each_example([](const auto& catalogue, const auto& provider, const auto& action, const auto& example,
                        Behaviour& behaviour) {
        const Answer answer = ask(behaviour, sent_for(catalogue, provider, action, example));
        const auto outcome = classified(answer, provider, action);
        EXPECT_EQ(outcome.kind, catalogue::ReplyClass::ok)
            << provider.id << "." << action.id << ": " << answer.body;
        EXPECT_EQ(outcome.outputs.size(), action.outputs.size()) << provider.id << "." << action.id;
    });
}

TEST(SimulatorExamplesTest, every_listed_change_is_refused) {
    std::size_t count = 0;
    for_each_example([&](const auto& catalogue, const auto& provider, const auto& action, const auto& example,
                         Behaviour& behaviour) {
        const Sent sent = sent_for(catalogue, provider, action, example);
        for (const json::Value& refused : example.find("refused")->as_array()) {
            const Answer answer = ask(behaviour, changed(sent, refused));
            const auto kind = classified(answer, provider, action).kind;
            const std::string name =
                provider.id + "." + action.id + " " + json::write(refused) + ": " + answer.body;
            EXPECT_TRUE(kind == catalogue::ReplyClass::permanent ||
                        kind == catalogue::ReplyClass::permission ||
                        kind == catalogue::ReplyClass::auth_expired)
                << name << " " << catalogue::name_of(kind);
            ++count;
        }
        EXPECT_EQ(classified(ask(behaviour, sent), provider, action).kind, catalogue::ReplyClass::ok)
            << "refusing changes nothing";
    });
    EXPECT_GT(count, 25U);
}

TEST(SimulatorExamplesTest, a_member_planted_at_any_level_of_a_body_is_refused) {
    for_each_example([](const auto& catalogue, const auto& provider, const auto& action, const auto& example,
                        Behaviour& behaviour) {
        Sent sent = sent_for(catalogue, provider, action, example);
        sent.body.as_object().set("planted", json::Value("x"));
        EXPECT_NE(classified(ask(behaviour, sent), provider, action).kind, catalogue::ReplyClass::ok)
            << provider.id << "." << action.id;
    });
}

TEST(SimulatorExamplesTest, revoked_and_expired_tokens_are_refused_as_such) {
    const auto catalogue = embedded_catalogue();
    auto cast = make_cast({});
    ASSERT_TRUE(cast);
    for (const char* id : {"slack", "googlesheets", "airtable"}) {
        const auto& provider = *catalogue.provider(id);
        const auto& action = provider.actions.front();
        const json::Value example = *json::resolve(provider.document, "/actions/0/examples/0");
        Sent sent = sent_for(catalogue, provider, action, example);
        for (const char* word : {"revoked", "expired"}) {
            sent.headers.set("authorization", "Bearer " + credential_for(id, "token") + word);
            const auto outcome = classified(ask(cast->behaviours.find(id)->second, sent), provider, action);
            EXPECT_EQ(outcome.kind, catalogue::ReplyClass::auth_expired) << id << word;
        }
        sent.headers.set("authorization", "Bearer ?");
        EXPECT_EQ(classified(ask(cast->behaviours.find(id)->second, sent), provider, action).kind,
                  catalogue::ReplyClass::auth_expired);
        sent.headers.set("authorization", "Token " + credential_for(id, "token"));
        EXPECT_EQ(classified(ask(cast->behaviours.find(id)->second, sent), provider, action).kind,
                  catalogue::ReplyClass::auth_expired);
    }
}

TEST(SimulatorExamplesTest, a_webhook_url_answers_plain_text) {
    const auto catalogue = embedded_catalogue();
    auto cast = make_cast({});
    const auto& provider = *catalogue.provider("slack");
    const auto& action = *provider.action("send_webhook_message");
    Sent sent =
        sent_for(catalogue, provider, action, *json::resolve(provider.document, "/actions/1/examples/0"));
    Behaviour& slack = cast->behaviours.find("slack")->second;
    const Answer good = ask(slack, sent);
    EXPECT_EQ(good.body, "ok");
    EXPECT_EQ(good.content_type, "text/plain; charset=utf-8");
    sent.url = "https://hooks.slack.com/services/T000/B000/revoked";
    const Answer gone = ask(slack, sent);
    EXPECT_EQ(gone.status, 404);
    EXPECT_EQ(gone.body, "no_service");
}

TEST(SimulatorExamplesTest, a_sheet_is_read_and_appended_to) {
    auto cast = make_cast({});
    ASSERT_TRUE(cast);
    Behaviour& sheets = cast->behaviours.find("googlesheets")->second;
    const std::string values =
        "https://sheets.googleapis.com/v4/spreadsheets/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/values/";
    Sent read{
        "GET", values + "%27Leads%27%211%3A1", {{"authorization", json::Value("Bearer ya29.x")}}, {}, false};
    EXPECT_EQ(*json::resolve(read_json(ask(sheets, read).body), "/values"),
              read_json(R"([["Name","Email","Amount"]])"));
    Sent append{"POST", values + "%27Leads%27%21A1:append?valueInputOption=RAW", read.headers,
                read_json(R"({"values":[["Ada",null,7]]})"), true};
    append.headers.set("content-type", "application/json");
    EXPECT_EQ(json::resolve(read_json(ask(sheets, append).body), "/updates/updatedRange")->as_text(),
              "'Leads'!A2:C2");
    EXPECT_EQ(json::resolve(read_json(ask(sheets, append).body), "/updates/updatedRange")->as_text(),
              "'Leads'!A3:C3");
    read.url = values + "Leads";
    EXPECT_EQ(json::write(*read_json(ask(sheets, read).body).find("values")),
              R"([["Name","Email","Amount"],["Ada","",7],["Ada","",7]])");
    read.url = values + "%27Empty%27%211%3A1";
    EXPECT_EQ(read_json(ask(sheets, read).body).find("values"), nullptr) << "absent when the row is empty";
    read.url = values + "%27None%27%211%3A1";
    EXPECT_EQ(ask(sheets, read).status, 400);
    read.url = "https://sheets.googleapis.com/v4/spreadsheets/none/values/A";
    EXPECT_EQ(ask(sheets, read).status, 404);
}

TEST(SimulatorExamplesTest, the_same_seed_gives_the_same_ids) {
    IdSource a(7), b(7), c(8);
    EXPECT_EQ(a.next(), b.next());
    EXPECT_NE(a.next(), c.next());
    EXPECT_EQ(a.next().size(), 14U);
}

TEST(SimulatorExamplesTest, an_unknown_provider_can_not_be_played) {
    CastOptions options;
    options.providers = {"nobody"};
    EXPECT_EQ(make_cast(options).error().code, Errc::unknown_provider);
    options.providers = {"slack"};
    EXPECT_EQ(make_cast(options)->behaviours.size(), 1U);
    options.providers = {};
    options.generic_secret = "short";
    EXPECT_FALSE(make_cast(options)) << "a secret that can't be decoded";
}

}  // namespace
}  // namespace tenon::simulator
