#include "app/arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/files.hpp"

namespace tenon::app {
namespace {

using Arguments = std::vector<std::string>;

constexpr const char* overview =
    "usage: tenon COMMAND [options]     tenon COMMAND --help says more\n\n"
    "  serve                run the server\n"
    "  verify               is a saved webhook delivery genuine?\n"
    "  preview              what a submission becomes under a config\n"
    "  validate             JSON Schema 2020-12\n"
    "  render               a Mustache template over data\n"
    "  providers [ID]       the catalogue; providers lint [DIR] checks documents\n"
    "  webhook send         sign and send a test delivery\n"
    "  keys generate        a new root key\n\n"
    "JSON on standard output, messages on standard error. Exit: 0 done, 1 the answer is no, 2 usage or bad "
    "input,\n"
    "3 the environment failed.\n";

/// Parses the rest of the line; nothing when the command may run, else the exit code.
std::optional<int> parse(CLI::App& app, Arguments arguments) {
    std::reverse(arguments.begin(), arguments.end());
    try {
        app.parse(std::move(arguments));
        return std::nullopt;
    } catch (const CLI::CallForHelp&) {
        std::fputs(app.help().c_str(), stdout);
        return cli::done;
    } catch (const CLI::ParseError& error) {
        return cli::complain(cli::bad_input, std::string(error.what()) + " (" + app.get_name() + " --help)");
    }
}

std::string variable_of(std::string_view flag) {
    std::string name = "TENON_";
    for (const char c : flag.substr(2))
        name.push_back(c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c));
    return name;
}

template <typename T>
CLI::Option* add(CLI::App& app, const std::string& flag, T& value, const std::string& help) {
    return app.add_option(flag, value, help)->envname(variable_of(flag));
}

void add_serve_flags(CLI::App& app, ServeFlags& flags) {
    add(app, "--listen", flags.listen, "ADDR:PORT; port 0 = any free one")->capture_default_str();
    add(app, "--data", flags.data, "folder of the embedded store");
    add(app, "--public-url", flags.public_url, "how clients reach the server; needed beyond loopback");
    add(app, "--root-key-file", flags.root_key_file, "64 hexadecimal characters, mode 0600");
    add(app, "--root-key-env", flags.root_key_env, "name of a variable that holds the root key");
    add(app, "--root-key-command", flags.root_key_command, "command that prints the root key");
    add(app, "--tls-cert", flags.tls_cert, "certificate chain, PEM");
    add(app, "--tls-key", flags.tls_key, "its private key, PEM");
    add(app, "--threads", flags.threads, "threads that serve requests; 0 = one a core");
    add(app, "--providers", flags.providers, "folder of further provider documents");
    add(app, "--admin-listen", flags.admin_listen, "ADDR:PORT of metrics and health");
    add(app, "--provider-base", flags.provider_bases, "ID=URL: call this instead of the provider (tests)");
    add(app, "--bootstrap-file", flags.bootstrap_file, "where the first API key is written");
    add(app, "--log-level", flags.log_level, "debug, info, warning or error")->capture_default_str();
    add(app, "--page", flags.page, "folder of the web application instead of the one built in");
    add(app, "--zones", flags.zones, "folder of the time zone database")->capture_default_str();
    app.add_flag("--unsafe-test", flags.is_unsafe_test, "allow --provider-base beyond loopback")
        ->envname("TENON_UNSAFE_TEST");
    for (const char* flag : {"--database-url", "--redis-url", "--oidc-issuer", "--oidc-client-id",
                             "--oidc-client-secret-file", "--jwt-issuer", "--jwt-audience"})
        app.add_option_function<std::string>(
               flag, [&flags, flag](const std::string&) { flags.unsupported = flag; },
               "not supported by this version")
            ->envname(variable_of(flag));
    app.set_config("--config", "", "file with the same names as the flags (TOML)");
    app.allow_config_extras(CLI::config_extras_mode::error);
}

int run_serve(Arguments rest, const std::function<int(ServeFlags flags)>& serve) {
    ServeFlags flags;
    CLI::App app("Runs the server. Flags are also read from TENON_* variables and --config FILE.",
                 "tenon serve");
    add_serve_flags(app, flags);
    if (const auto code = parse(app, std::move(rest))) return *code;
    return serve(std::move(flags));
}

int run_verify(Arguments rest) {
    cli::VerifyOptions options;
    CLI::App app("Checks a saved delivery against a webhook scheme.", "tenon verify");
    app.add_option("--batch", options.batch, "file of JSON lines, or -");
    app.add_option("--scheme", options.scheme, "id of the scheme");
    app.add_option("--secret", options.secrets, "signing secret; may be repeated");
    app.add_option_function<std::vector<std::string>>(
        "--secret-file",
        [&options](const std::vector<std::string>& files) {
            for (const auto& file : files) {
                auto text = cli::read_file(file);
                if (!text) throw CLI::ValidationError("--secret-file", file + " can't be read");
                while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
                options.secrets.push_back(std::move(*text));
            }
        },
        "file that holds one; may be repeated");
    app.add_option_function<std::vector<std::string>>(
        "--secret-env",
        [&options](const std::vector<std::string>& names) {
            for (const auto& name : names) {
                // NOLINTNEXTLINE(concurrency-mt-unsafe): read before there is a second thread
                const char* text = std::getenv(name.c_str());
                if (text == nullptr) throw CLI::ValidationError("--secret-env", name + " is not set");
                options.secrets.emplace_back(text);
            }
        },
        "variable that holds one; may be repeated");
    app.add_option("--config", options.config_file, "the endpoint's config, JSON");
    app.add_option("--keys", options.keys_file, "public keys by id or URL, JSON");
    app.add_option("--method", options.method)->capture_default_str();
    app.add_option("--url", options.url, "as received");
    app.add_option("--headers", options.headers_file, "JSON object of names and values");
    app.add_option("--body", options.body_file, "raw bytes");
    app.add_option("--now", options.now, "unix seconds; default the clock");
    if (const auto code = parse(app, std::move(rest))) return *code;
    return cli::run_verify(options);
}

int run_preview(Arguments rest) {
    cli::PreviewOptions options;
    CLI::App app("Computes the request that a submission becomes.", "tenon preview");
    app.add_option("--batch", options.batch, "file of JSON lines, or -");
    app.add_option("--integration", options.integration_file, "a config, or a stored integration");
    app.add_option("--submission", options.submission_file);
    app.add_option("--schema", options.schema_file, "the form's JSON Schema");
    app.add_option("--providers", options.providers, "folder of further provider documents");
    if (const auto code = parse(app, std::move(rest))) return *code;
    return cli::run_preview(options);
}

int run_validate(Arguments rest) {
    cli::ValidateOptions options;
    CLI::App app("Checks data against a JSON Schema.", "tenon validate");
    app.add_option("--batch", options.batch, "file of JSON lines, or -");
    app.add_option("--schema", options.schema_file);
    app.add_option("--data", options.data_file);
    if (const auto code = parse(app, std::move(rest))) return *code;
    return cli::run_validate(options);
}

int run_render(Arguments rest) {
    cli::RenderOptions options;
    CLI::App app("Renders a Mustache template.", "tenon render");
    app.add_option("--batch", options.batch, "file of JSON lines, or -");
    app.add_option("--template", options.template_file);
    app.add_option("--data", options.data_file, "JSON");
    app.add_option("--escape", options.escape, "none, html, slack or json")->capture_default_str();
    if (const auto code = parse(app, std::move(rest))) return *code;
    return cli::run_render(options);
}

int run_providers(Arguments rest) {
    const bool is_lint = !rest.empty() && rest.front() == "lint";
    if (is_lint) rest.erase(rest.begin());
    std::string subject, folder;
    CLI::App app(is_lint ? "Checks provider documents." : "Shows the catalogue.",
                 is_lint ? "tenon providers lint" : "tenon providers");
    app.add_option("subject", subject, is_lint ? "folder; default what is built in" : "id of a provider");
    if (!is_lint) app.add_option("--providers", folder, "folder of further provider documents");
    if (const auto code = parse(app, std::move(rest))) return *code;
    return is_lint ? cli::run_lint(subject) : cli::run_providers(subject, folder);
}

int run_webhook(Arguments rest) {
    if (rest.empty() || rest.front() != "send")
        return cli::complain(cli::bad_input, "usage: tenon webhook send …");
    rest.erase(rest.begin());
    cli::SendOptions options;
    CLI::App app("Signs a test delivery and sends it.", "tenon webhook send");
    app.add_option("--scheme", options.scheme, "id of the scheme")->required();
    app.add_option("--secret-file", options.secret_file)->required();
    app.add_option("--url", options.url)->required();
    app.add_option("--body", options.body_file, "raw bytes; default {}");
    app.add_option("--config", options.config_file, "the endpoint's config, JSON");
    app.add_option("--method", options.method)->capture_default_str();
    if (const auto code = parse(app, std::move(rest))) return *code;
    return cli::run_webhook_send(options);
}

int run_keys(Arguments rest) {
    if (rest.empty() || rest.front() != "generate")
        return cli::complain(cli::bad_input,
                             "usage: tenon keys generate [--out FILE]; the other key commands are not "
                             "supported by this version");
    rest.erase(rest.begin());
    std::string file;
    CLI::App app("Makes a root key.", "tenon keys generate");
    app.add_option("--out", file, "new file of mode 0600 instead of standard output");
    if (const auto code = parse(app, std::move(rest))) return *code;
    return cli::run_keys_generate(file);
}

}  // namespace

int run_command(Arguments arguments, const std::function<int(ServeFlags flags)>& serve) {
    if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h" ||
        arguments.front() == "help") {
        std::fputs(overview, arguments.empty() ? stderr : stdout);
        return arguments.empty() ? cli::bad_input : cli::done;
    }
    const std::string command = arguments.front();
    arguments.erase(arguments.begin());
    if (command == "--version") {
        cli::print(TENON_VERSION);
        return cli::done;
    }
    if (command == "serve") return run_serve(std::move(arguments), serve);
    constexpr std::pair<const char*, int (*)(Arguments)> commands[] = {
        {"verify", run_verify}, {"preview", run_preview},     {"validate", run_validate},
        {"render", run_render}, {"providers", run_providers}, {"webhook", run_webhook},
        {"keys", run_keys}};
    for (const auto& [name, run] : commands)
        if (command == name) return run(std::move(arguments));
    for (const char* name :
         {"migrate", "doctor", "backup", "restore", "org", "api-key", "provider-app", "audit"})
        if (command == name)
            return cli::complain(cli::bad_input, command + " is not supported by this version");
    return cli::complain(cli::bad_input, "there is no command " + command + "; tenon --help lists them");
}

}  // namespace tenon::app
