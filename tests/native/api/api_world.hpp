#pragma once
// The whole API without sockets: real store, vault and catalogue of one made-up provider; requests go
// straight to Api::handle.

#include "../auth/world.hpp"
#include "api/api.hpp"
#include "api/openapi.hpp"

namespace tenon::api::testing {

using namespace std::chrono_literals;

/// Keys are pasted; the action `create` takes any target_config with a text `table`.
inline constexpr std::string_view acme = R"({
 "id":"acme","name":"Acme","category":"test","docs":[],"aliases":["acme_old"],"variables":{},
 "auth":[{"kind":"api_key","fields":[{"name":"token","label":"Token","secret":true,"pattern":"^[a-z]+$","max":20,"help":""}],
          "apply":[{"kind":"bearer","field":"token"}]},
         {"kind":"oauth2","fields":[],"apply":[{"kind":"bearer","field":"access_token"}]}],
 "defaults":{"base":"https://api.acme.test"},
 "reply":{"ok":{"status":["2xx"]},"code":["/error"],"wait":[],"classes":[]},
 "actions":[{"id":"create","aliases":["make"],"title":"Create","class":"write","scopes":[],
   "config":{"type":"object","required":["table"],"properties":{"table":{"type":"string"}},"additionalProperties":false},
   "outputs":{"id":"/id"},"effect":{"kind":"none"},"max_retries":2,
   "request":{"method":"POST","path":"/{/config/table}","body":{"$value":"/target"}},"examples":[]}],
 "targets":[],"streams":[],"limits":[],"pages":{}})";

inline catalogue::Catalogue made_up_catalogue() {
    std::vector<catalogue::Provider> providers;
    providers.push_back(catalogue::load(json::read(acme).value()).value());
    return catalogue::Catalogue::create(std::move(providers)).value();
}

class QuietLog final : public Log {
public:
    [[nodiscard]] bool is_on(LogLevel) const override { return false; }
    void write(LogLevel, std::string_view, std::span<const LogField>) override {}
};

struct Answered {
    int status = 0;
    json::Value body;
    http::Response response;

    [[nodiscard]] std::string_view text(std::string_view name) const { return body.text_at(name); }
    [[nodiscard]] std::string_view code() const { return body.text_at("code"); }
    /// Pointers of a problem's errors, in order.
    [[nodiscard]] std::vector<std::string> pointers() const {
        std::vector<std::string> found;
        if (const auto* errors = body.find("errors"))
            for (const auto& error : errors->as_array()) found.emplace_back(error.text_at("pointer"));
        return found;
    }
    [[nodiscard]] std::string header(std::string_view name) const {
        for (const auto& [key, value] : response.headers)
            if (std::equal(key.begin(), key.end(), name.begin(), name.end(),
                           [](char a, char b) { return (a | 0x20) == (b | 0x20); }))
                return value;
        return {};
    }
};

class ApiWorld : public auth::testing::World {
protected:
    ApiWorld() {
        keyring = store::open_sqlite_keyring(folder).value();
        vault =
            vault::Vault::open(*keyring, vault::parse_root_key(std::string(64, 'a')).value(), clock, *random)
                .value();
        EXPECT_TRUE(vault->ensure_key(own.handle->id()));
        intake.emplace(*store, *vault, clock, *random, [] {});
        receiver.emplace(ingest::Outside{*store, *vault, clock, *random, log, metrics, schemes,
                                         [](std::string_view) { return ingest::DeliveryRules{}; }, [] {},
                                         site.url()});
        checker = Schemas::load().value();
        openapi = write_openapi(*checker, site.url(), "0");
        services.emplace(
            Services{*store,
                     *vault,
                     clock,
                     *random,
                     log,
                     metrics,
                     catalogue,
                     schemes,
                     {},
                     site,
                     authenticator,
                     *intake,
                     *receiver,
                     probes,
                     [](store::Organisation, json::Value config) -> asio::awaitable<Result<json::Value>> {
                         co_return config;
                     },
                     "/usr/share/zoneinfo",
                     {{"/index.html", "<p>"}, {"/assets/a.wasm", "w"}},
                     openapi});
        api.emplace(*services, *checker, Listener::all);
    }

    Answered send(std::string method, std::string target, std::vector<http::Header> headers,
                  std::string body = {}) {
        http::Request made;
        made.method = std::move(method);
        made.target = target;
        const auto mark = std::min(target.find('?'), target.size());
        made.path = target.substr(0, mark);
        made.query = mark < target.size() ? target.substr(mark + 1) : std::string();
        made.headers = std::move(headers);
        made.headers.emplace_back("host", "127.0.0.1:1");
        made.body = std::move(body);
        made.remote_address = "192.0.2.1";
        made.request_id = "test";
        Answered answered;
        answered.response = wait(api->handle(std::move(made)));
        answered.status = answered.response.status;
        if (auto read = json::read(answered.response.body)) answered.body = std::move(*read);
        return answered;
    }
    Answered get(const std::string& target) {
        return send("GET", target, {{"authorization", "Bearer " + own.key}});
    }
    Answered call(std::string method, const std::string& target, std::string body = {},
                  std::vector<http::Header> more = {}) {
        more.emplace_back("authorization", "Bearer " + own.key);
        if (!body.empty()) more.emplace_back("content-type", "application/json");
        return send(std::move(method), target, std::move(more), std::move(body));
    }
    std::string make_form(const std::string& body = R"({"name":"Leads"})") {
        return std::string(call("POST", "/v1/forms", body).text("id"));
    }
    std::string make_connection() {
        const std::string id(
            call("POST", "/v1/connections",
                 R"({"provider":"acme","account_name":")" + std::to_string(++connections) + "\"}")
                .text("id"));
        EXPECT_EQ(call("PUT", "/v1/connections/" + id + "/credentials",
                       R"({"kind":"api_key","fields":{"token":"abc"}})")
                      .status,
                  200);
        return id;
    }
    static std::string config(const std::string& connection, const std::string& more = {}) {
        return R"({"provider":"acme","action":"create","connection_id":")" + connection +
               R"(","target_config":{"table":"t"},"field_mappings":{"b":{"target":"B"},"a":{"target":"A"}})" +
               more + "}";
    }

    QuietLog log;
    Metrics metrics;
    std::unique_ptr<vault::KeyStore> keyring;
    std::unique_ptr<vault::Vault> vault;
    catalogue::Catalogue catalogue = made_up_catalogue();
    ingest::Schemes schemes;
    auth::Authenticator authenticator{*store, clock, *random, site};
    std::optional<execute::Intake> intake;
    std::optional<ingest::Receiver> receiver;
    health::Probes probes;
    std::optional<Schemas> checker;
    std::string openapi;
    std::optional<Services> services;
    std::optional<Api> api;
    int connections = 0;
};

}  // namespace tenon::api::testing
