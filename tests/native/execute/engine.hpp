#pragma once
// An engine without sockets: the real SQLite store and vault, a clock that only the test moves, and a client
// that answers from a script and keeps what it was asked to send.

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <filesystem>
#include <memory>
#include <vector>

#include "execute/intake.hpp"
#include "execute/runner.hpp"
#include "store/sqlite/open_sqlite.hpp"

namespace tenon::execute::testing {

using namespace std::chrono_literals;

class MovedClock final : public Clock {
public:
    [[nodiscard]] UnixTime now() const override { return now_; }
    void advance(std::chrono::milliseconds time) { now_ += time; }

private:
    UnixTime now_{1'767'225'600s};
};

class ScriptedClient final : public net::HttpClient {
public:
    std::deque<net::CallResult> script;
    std::vector<net::OutboundRequest> sent;

    asio::awaitable<net::CallResult> call(net::OutboundRequest request) override {
        sent.push_back(std::move(request));
        if (script.empty()) co_return net::InboundReply{200, {}, R"({"id":"made"})", 5ms};
        auto reply = std::move(script.front());
        script.pop_front();
        co_return reply;
    }
};

/// A provider of this test's own: one action that must not be sent twice, one that may.
inline constexpr std::string_view acme = R"({
 "id":"acme","name":"Acme","category":"test","docs":[],"aliases":[],"variables":{},
 "auth":[{"kind":"api_key","fields":[{"name":"token","label":"Token","secret":true,"pattern":"^[a-z]+$","max":100,"help":""}],
          "apply":[{"kind":"bearer","field":"token"}]}],
 "defaults":{"base":"https://api.acme.test"},
 "reply":{"ok":{"status":["2xx"]},"code":["/error"],"wait":[{"header":"retry-after","as":"seconds"}],
          "classes":[{"when":{"status":[401]},"is":"auth_expired"},{"when":{"status":[429]},"is":"rate_limited"},
                     {"when":{"status":["5xx"]},"is":"retry"}]},
 "actions":[
  {"id":"create","aliases":[],"title":"Create","class":"write","scopes":[],"config":true,"outputs":{"id":"/id"},
   "effect":{"kind":"none"},"max_retries":2,"request":{"method":"POST","path":"/things","body":{"$value":"/target"}},"examples":[]},
  {"id":"put","aliases":[],"title":"Put","class":"write","scopes":[],"config":true,"outputs":{},
   "effect":{"kind":"upsert"},"max_retries":2,"request":{"method":"PUT","path":"/things","body":{"$value":"/target"}},"examples":[]}],
 "targets":[],"streams":[],"limits":[],"pages":{}})";

inline catalogue::Catalogue catalogue_of_acme() {
    auto document = json::read(acme);
    auto provider = catalogue::load(*document);
    if (!provider)
        throw std::runtime_error("acme: " + provider.error().field + " " + provider.error().detail);
    std::vector<catalogue::Provider> providers;
    providers.push_back(std::move(*provider));
    return std::move(*catalogue::Catalogue::create(std::move(providers)));
}

class EngineTest : public ::testing::Test {
protected:
    EngineTest() {
        folder = std::filesystem::temp_directory_path() /
                 ("tenon-engine-" + std::to_string(::getpid()) + "-" + new_uuid(clock.now(), *random).text());
        reopen();
        organisation_row = {OrganisationId{new_uuid(clock.now(), *random)}, "Test", clock.now()};
        EXPECT_TRUE(vault->ensure_key(organisation_row.id));
        store::ApiKeyRow key;
        key.id = ApiKeyId{new_uuid(clock.now(), *random)};
        key.name = "first";
        key.secret_sha256 = std::string(32, 'x');
        key.scopes = {"*"};
        key.created_at = clock.now();
        organisation.emplace(*wait(store->gate().create_organisation(organisation_row, key)));
    }

    ~EngineTest() override {
        wait_void(store->close());
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }

    void reopen() {
        auto opened = store::open_sqlite(folder, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        store = std::move(*opened);
        auto keys = store::open_sqlite_keyring(folder);
        ASSERT_TRUE(keys) << keys.error().detail;
        keyring = std::move(*keys);
        auto made =
            vault::Vault::open(*keyring, *vault::parse_root_key(std::string(64, 'a')), clock, *random);
        ASSERT_TRUE(made) << made.error().detail;
        vault = std::move(*made);
        intake = std::make_unique<Intake>(*store, *vault, clock, *random, [this] { ++wakes; });
        runner = std::make_unique<Runner>(RunnerOutside{
            *store, *vault, clock, *random, *log, metrics, catalogue, client, bases,
            [](store::Organisation, const store::ConnectionRow&,
               json::Value config) -> asio::awaitable<Result<json::Value>> { co_return config; }});
    }

    template <typename T>
    static asio::awaitable<void> keep(asio::awaitable<T> work, std::optional<T>* answer) {
        answer->emplace(co_await std::move(work));
    }
    template <typename T>
    T wait(asio::awaitable<T> work) {
        std::optional<T> answer;
        asio::co_spawn(io, keep(std::move(work), &answer), [](const std::exception_ptr& failed) {
            if (failed) std::rethrow_exception(failed);
        });
        io.restart();
        io.run();
        return std::move(*answer);
    }
    void wait_void(asio::awaitable<void> work) {
        asio::co_spawn(io, std::move(work), asio::detached);
        io.restart();
        io.run();
    }

    template <typename F>
    auto write(F work) {
        auto done = wait(store->write(*organisation, std::move(work)));
        EXPECT_TRUE(done) << done.error().detail;
        return std::move(*done);
    }

    FormId make_form(std::string schema = {}) {
        store::FormRow form;
        form.id = FormId{new_uuid(clock.now(), *random)};
        form.name = "Expenses";
        form.schema = std::move(schema);
        form.created_at = form.updated_at = clock.now();
        write([form](store::Unit& unit) -> Result<int> {
            TENON_CHECK(unit.forms().insert(form));
            return 0;
        });
        return form.id;
    }

    ConnectionId make_connection() {
        store::ConnectionRow row;
        row.id = ConnectionId{new_uuid(clock.now(), *random)};
        row.provider = "acme";
        row.account_name = row.id.text();
        row.auth_kind = "api_key";
        row.status = "active";
        row.facts = "{}";
        row.created_at = row.updated_at = clock.now();
        row.credential = *vault->seal(*organisation, {"connections", row.id.text(), "credential"},
                                      R"({"token":"verysecret"})");
        write([row](store::Unit& unit) -> Result<int> {
            TENON_CHECK(unit.connections().insert(row));
            return 0;
        });
        return row.id;
    }

    void make_integration(FormId form, std::string_view action, int order = 1, std::string condition = {},
                          std::string type = "number") {
        store::IntegrationRow integration;
        integration.id = IntegrationId{new_uuid(clock.now(), *random)};
        integration.form_id = form;
        integration.connection_id = connection;
        integration.config = R"({"action":")" + std::string(action) +
                             R"(","field_mappings":{"amount":{"target":"Amount","type":")" + type +
                             R"("}},"provider":"acme"})";
        integration.condition = std::move(condition);
        integration.execution_order = order;
        integration.created_at = integration.updated_at = clock.now();
        write([integration](store::Unit& unit) -> Result<int> {
            TENON_CHECK(unit.integrations().insert(integration));
            return 0;
        });
    }

    Accepted submit(FormId form, std::string body = R"({"amount":"$50.00"})") {
        auto accepted = wait(intake->accept(*organisation, form, std::move(body), "", ""));
        EXPECT_TRUE(accepted);
        return std::move(*accepted);
    }

    /// Claims and runs everything that is due now; answers how many jobs that were.
    int run_due() {
        auto claimed = wait(store->gate().claim_jobs("worker", clock.now(), 60s, 100));
        EXPECT_TRUE(claimed);
        for (auto& job : *claimed) {
            auto done = wait(runner->handler()(jobs::Lease{job.organisation, job.job, "worker"}));
            EXPECT_TRUE(done) << done.error().detail;
        }
        return static_cast<int>(claimed->size());
    }

    store::ExecutionRow execution(ExecutionId id) {
        return write([id](store::Unit& unit) { return unit.executions().get(id); });
    }
    std::vector<store::AttemptRow> attempts(ExecutionId id) {
        return write([id](store::Unit& unit) { return unit.executions().attempts(id); });
    }

    static net::CallResult reply(int status, std::string body = "{}", std::string retry_after = {}) {
        net::InboundReply made{status, {}, std::move(body), 5ms};
        if (!retry_after.empty()) made.headers.emplace_back("Retry-After", retry_after);
        return made;
    }
    static net::CallResult cut(bool first_byte_sent) {
        return tl::unexpected<net::CallFailure>(
            net::CallFailure{{first_byte_sent ? Errc::outcome_unknown : Errc::connect_failed, {}, "cut"},
                             first_byte_sent,
                             5ms});
    }

    MovedClock clock;
    std::unique_ptr<Random> random = make_system_random();
    std::unique_ptr<Log> log = make_stderr_log(LogLevel::error);
    Metrics metrics;
    asio::io_context io;
    std::filesystem::path folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<vault::KeyStore> keyring;
    std::unique_ptr<vault::Vault> vault;
    catalogue::Catalogue catalogue = catalogue_of_acme();
    outbound::ProviderBases bases;
    ScriptedClient client;
    std::unique_ptr<Intake> intake;
    std::unique_ptr<Runner> runner;
    store::OrganisationRow organisation_row;
    std::optional<store::Organisation> organisation;
    std::optional<ConnectionId> connection;
    int wakes = 0;
};

}  // namespace tenon::execute::testing
