// tenon-simulator: plays the catalogue's providers, and refuses what they refuse (docs/providers.md).

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "base/clock.hpp"
#include "http/server.hpp"
#include "simulator/application.hpp"
#include "simulator/cast.hpp"
#include "tenon/base/text.hpp"

namespace {

using namespace tenon;

constexpr int bad_input = 2;
constexpr int environment_failed = 3;

struct Options {
    std::string listen = "127.0.0.1:0";
    std::string secret_file;
    simulator::CastOptions cast;
};

/// Reads the command line; a value other than 0 ends the program, -1 stands for "done" (help).
int read_command_line(int argc, char** argv, Options& out) {
    CLI::App app("Plays the providers of the catalogue, each under /<id>.", "tenon-simulator");
    app.set_config("--config", "", "TOML file with the same names");
    app.add_option("--listen", out.listen, "ADDR:PORT, port 0 = any")
        ->envname("TENON_LISTEN")
        ->capture_default_str();
    app.add_option("--provider", out.cast.providers, "Play only these")->envname("TENON_PROVIDER");
    app.add_option("--seed", out.cast.seed, "Ids are the same for the same seed")->envname("TENON_SEED");
    app.add_option("--generic-secret", out.cast.generic_secret,
                   "Secret that Standard Webhooks signatures must fit")
        ->envname("TENON_GENERIC_SECRET");
    app.add_option("--generic-secret-file", out.secret_file, "The same from a file");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? -1 : bad_input;
    }
    if (out.secret_file.empty()) return 0;
    std::ifstream in(out.secret_file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.bad() || text.empty()) {
        std::fprintf(stderr, "can't read %s\n", out.secret_file.c_str());
        return environment_failed;
    }
    out.cast.generic_secret = text::trim(text);
    return 0;
}

bool read_address(const std::string& listen, http::ServerOptions& out) {
    const std::size_t colon = listen.rfind(':');
    if (colon == std::string::npos || colon == 0 || listen.size() - colon - 1 > 5) return false;
    unsigned port = 0;
    for (const char c : listen.substr(colon + 1)) {
        if (c < '0' || c > '9') return false;
        port = port * 10 + static_cast<unsigned>(c - '0');
    }
    if (colon + 1 == listen.size() || port > 65'535) return false;
    out.address = listen.substr(0, colon);
    if (out.address.size() > 2 && out.address.front() == '[' && out.address.back() == ']')
        out.address = out.address.substr(1, out.address.size() - 2);
    out.port = static_cast<unsigned short>(port);
    return true;
}

void print_listening(const std::string& listen, unsigned short port) {
    const std::string url = "http://" + listen.substr(0, listen.rfind(':')) + ":" + std::to_string(port);
    const json::Value line(json::Object{{"event", json::Value("listening")}, {"url", json::Value(url)}});
    std::printf("%s\n", json::write(line).c_str());
    std::fflush(stdout);
}

int run(const Options& options) {
    http::ServerOptions server_options;
    if (!read_address(options.listen, server_options)) {
        std::fprintf(stderr, "--listen: %s is not ADDR:PORT\n", options.listen.c_str());
        return bad_input;
    }
    auto cast = simulator::make_cast(options.cast);
    if (!cast) {
        std::fprintf(stderr, "%s: %s\n", cast.error().field.c_str(), cast.error().detail.c_str());
        return bad_input;
    }
    const auto clock = make_system_clock();
    simulator::Simulator application(std::move(cast->behaviours), *clock);
    boost::asio::io_context context(1);
    http::Server server(server_options, application);
    boost::asio::io_context* const contexts[] = {&context};
    const auto port = server.start(contexts);
    if (!port) {
        std::fprintf(stderr, "%s\n", port.error().detail.c_str());
        return environment_failed;
    }
    print_listening(options.listen, *port);
    boost::asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([&](const boost::system::error_code&, int) {
        boost::asio::co_spawn(context, server.stop(std::chrono::milliseconds(500)),
                              [&](const std::exception_ptr&) { context.stop(); });
    });
    context.run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Options options;
        const int early = read_command_line(argc, argv, options);
        if (early != 0) return early < 0 ? 0 : early;
        return run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return environment_failed;
    }
}
