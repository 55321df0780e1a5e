#include "app/wire.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdio>
#include <deque>
#include <optional>
#include <thread>

#include "api/api.hpp"
#include "api/openapi.hpp"
#include "app/delivery_rules.hpp"
#include "app/gateway.hpp"
#include "app/page_files.hpp"
#include "base/task_group.hpp"
#include "cli/documents.hpp"
#include "execute/runner.hpp"
#include "fanout/rows.hpp"
#include "http/server.hpp"
#include "jobs/worker.hpp"
#include "targets/read_facts.hpp"

namespace tenon::app {
namespace {

namespace asio = boost::asio;
using Guard = asio::executor_work_guard<asio::io_context::executor_type>;

constexpr std::chrono::seconds patience{10};
constexpr std::chrono::minutes sweep_every{1};
constexpr int swept_at_once = 1'000;

outbound::ProviderBases bases_of(const ServeOptions& options) {
    outbound::ProviderBases bases;
    for (const auto& base : options.bases) bases.by_provider[base.provider] = base.url;
    return bases;
}

net::ClientOptions client_options(const ServeOptions& options) {
    net::ClientOptions client;
    for (const auto& base : options.bases) client.admitted.push_back({base.address.host, base.address.port});
    return client;
}

http::ServerOptions server_options(const ServeOptions& options, const Address& address, Log& log) {
    http::ServerOptions server;
    server.address = address.host;
    server.port = address.port;
    server.tls_cert_file = options.flags.tls_cert;
    server.tls_key_file = options.flags.tls_key;
    server.log = &log;
    return server;
}

/// The part of the program that works in the background, on one thread of its own: the queue, the executions,
/// and the client that calls providers.
struct Background {
    Background(Foundation& with, const outbound::ProviderBases& bases, const ServeOptions& options)
        : client(net::make_http_client(context, client_options(options))),
          facts({*with.store, *with.vault, *with.clock, *with.random, with.catalogue, *client, bases}),
          runner({*with.store, *with.vault, *with.clock, *with.random, *with.log, *with.metrics,
                  with.catalogue, *client, bases,
                  [this](store::Organisation organisation, const store::ConnectionRow& connection,
                         json::Value config) {
                      return facts.confirm(organisation, connection, std::move(config));
                  }}),
          worker(context, *with.store, *with.clock, *with.random, *with.log, *with.metrics,
                 {{std::string(fanout::execution_job), runner.handler()}}),
          tasks(context.get_executor(), *with.log) {}

    asio::io_context context{1};
    std::unique_ptr<net::HttpClient> client;
    targets::FactReader facts;
    execute::Runner runner;
    jobs::Worker worker;
    TaskGroup tasks;
};

asio::awaitable<void> sweep(Foundation& with, TaskGroup& tasks) {
    while (co_await tasks.pause(sweep_every))
        if (auto swept = co_await with.store->gate().sweep(with.clock->now(), swept_at_once); !swept)
            with.log->error("sweep_failed", {{"code", id_of(swept.error().code)}});
}

void announce(const std::string& url, const std::string& admin_url) {
    json::Object line{{"event", "listening"}, {"url", url}};
    if (!admin_url.empty()) line.set("admin_url", admin_url);
    const std::string text = json::write(line) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

}  // namespace

/// In the order in which they are created; destroyed the other way round.
struct Program::Parts {
    Parts(const ServeOptions& options_in, Foundation& with_in)
        : options(options_in),
          with(with_in),
          bases(bases_of(options_in)),
          background(with_in, bases, options_in) {
        for (int i = 0; i < options.threads; ++i) front.emplace_back(1);
    }

    Result<void> bind();
    Result<void> connect();
    asio::awaitable<Result<void>> ask_store();
    asio::awaitable<void> drain();

    const ServeOptions& options;
    Foundation& with;
    outbound::ProviderBases bases;
    asio::io_context control{1};
    std::deque<asio::io_context> front;  // one for each thread that serves requests
    Background background;
    health::Probes probes;
    Gateway gateway, admin_gateway;
    std::unique_ptr<http::Server> server, admin_server;
    std::string url, admin_url;
    // Made once the address is known:
    std::optional<auth::Site> site;
    std::optional<auth::Authenticator> authenticator;
    std::optional<execute::Intake> intake;
    std::optional<ingest::Receiver> receiver;
    std::optional<api::Schemas> schemas;
    std::string openapi;
    std::optional<api::Services> services;
    std::optional<api::Api> api, admin_api;
};

Result<void> Program::Parts::bind() {
    std::vector<asio::io_context*> contexts;
    contexts.reserve(front.size());
    for (auto& context : front) contexts.push_back(&context);
    const std::string scheme = options.flags.tls_cert.empty() ? "http://" : "https://";
    server = std::make_unique<http::Server>(server_options(options, options.listen, *with.log), gateway);
    TENON_TRY(const auto port, server->start(contexts));
    url = scheme + Address{options.listen.host, port}.text();
    if (!options.has_admin) return {};
    admin_server =
        std::make_unique<http::Server>(server_options(options, options.admin, *with.log), admin_gateway);
    TENON_TRY(const auto admin_port, admin_server->start({contexts.data(), 1}));
    admin_url = scheme + Address{options.admin.host, admin_port}.text();
    return {};
}

asio::awaitable<Result<void>> Program::Parts::ask_store() {
    auto asked = co_await with.store->gate().is_empty();
    if (!asked) co_return tl::unexpected<Error>(std::move(asked.error()));
    co_return Result<void>();
}

Result<void> Program::Parts::connect() {
    TENON_TRY(site, auth::Site::create(options.flags.public_url.empty() ? url : options.flags.public_url));
    authenticator.emplace(*with.store, *with.clock, *with.random, *site);
    const auto wake = [this] { background.worker.wake(); };
    intake.emplace(*with.store, *with.vault, *with.clock, *with.random, wake);
    receiver.emplace(ingest::Outside{
        *with.store, *with.vault, *with.clock, *with.random, *with.log, *with.metrics, with.schemes,
        [this](std::string_view provider) { return delivery_rules(with.catalogue.provider(provider)); }, wake,
        site->url()});
    probes.add("store", [this] { return ask_store(); });
    for (const auto& base : options.bases) {
        probes.warn("--provider-base: calls of " + base.provider + " go to " + base.url);
        with.log->warning("provider_base", {{"provider", base.provider}, {"url", base.url}});
    }
    TENON_TRY(schemas, api::Schemas::load());
    openapi = api::write_openapi(*schemas, site->url(), TENON_VERSION);
    TENON_TRY(auto page, load_page(options.flags.page));
    services.emplace(api::Services{
        *with.store, *with.vault, *with.clock, *with.random, *with.log, *with.metrics, with.catalogue,
        with.schemes, cli::handshake_schemes(), *site, *authenticator, *intake, *receiver, probes,
        [this](store::Organisation organisation, json::Value config) {
            return asio::co_spawn(background.context, background.facts.fill(organisation, std::move(config)),
                                  asio::use_awaitable);
        },
        options.flags.zones, std::move(page), openapi});
    api.emplace(*services, *schemas, options.has_admin ? api::Listener::main : api::Listener::all);
    gateway.open(*api);
    if (options.has_admin) {
        admin_api.emplace(*services, *schemas, api::Listener::admin);
        admin_gateway.open(*admin_api);
    }
    return {};
}

asio::awaitable<void> Program::Parts::drain() {
    asio::signal_set signals(control, SIGTERM, SIGINT);
    const int signal = co_await signals.async_wait(asio::use_awaitable);
    with.log->info("draining", {{"signal", signal}});
    probes.stop();
    if (admin_server) co_await admin_server->stop(std::chrono::milliseconds(0));
    co_await server->stop(patience);
    co_await asio::co_spawn(background.context, background.worker.stop(patience), asio::use_awaitable);
    co_await asio::co_spawn(background.context, background.tasks.drain(patience), asio::use_awaitable);
    co_await with.store->close();
    with.log->info("stopped");
}

Program::Program(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Program::~Program() = default;

Result<std::unique_ptr<Program>> Program::create(const ServeOptions& options, Foundation& foundation) {
    auto parts = std::make_unique<Parts>(options, foundation);
    TENON_CHECK(parts->bind());
    TENON_CHECK(parts->connect());
    return std::unique_ptr<Program>(new Program(std::move(parts)));
}

void Program::run() {
    std::signal(SIGPIPE, SIG_IGN);
    std::vector<Guard> guards;
    std::vector<std::thread> threads;
    const auto serve = [&](asio::io_context& context) {
        guards.push_back(asio::make_work_guard(context));
        threads.emplace_back([&context] { context.run(); });
    };
    parts_->background.worker.start();
    parts_->background.tasks.start("sweep", sweep(parts_->with, parts_->background.tasks));
    asio::co_spawn(parts_->control, parts_->drain(), asio::detached);
    for (auto& context : parts_->front) serve(context);
    serve(parts_->background.context);
    announce(parts_->url, parts_->admin_url);
    parts_->control.run();  // ends when everything is drained
    guards.clear();
    for (auto& context : parts_->front) context.stop();
    parts_->background.context.stop();
    for (auto& thread : threads) thread.join();
}

}  // namespace tenon::app
