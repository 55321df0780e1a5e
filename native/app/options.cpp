#include "app/options.hpp"

#include <algorithm>
#include <charconv>
#include <thread>

#include "auth/site.hpp"

namespace tenon::app {
namespace {

constexpr int most_threads = 256;

tl::unexpected<Error> refused(std::string flag, std::string detail) {
    return fail(Errc::malformed_request, std::move(flag), std::move(detail));
}

Result<LogLevel> read_level(std::string_view text) {
    constexpr std::pair<std::string_view, LogLevel> levels[] = {{"debug", LogLevel::debug},
                                                                {"info", LogLevel::info},
                                                                {"warning", LogLevel::warning},
                                                                {"error", LogLevel::error}};
    for (const auto& [name, level] : levels)
        if (name == text) return level;
    return refused("--log-level", "Say debug, info, warning or error.");
}

Result<void> check_tls(const ServeFlags& flags) {
    if (flags.tls_cert.empty() == flags.tls_key.empty()) return {};
    return refused("--tls-cert", "Give --tls-cert and --tls-key together.");
}

Result<void> check_key_source(const ServeFlags& flags) {
    const int given =
        !flags.root_key_file.empty() + !flags.root_key_env.empty() + !flags.root_key_command.empty();
    if (given <= 1) return {};
    return refused("--root-key-file", "Give one source of the root key only.");
}

}  // namespace

bool Address::is_loopback() const { return auth::is_loopback_host(host); }

std::string Address::text() const {
    const bool is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Address> read_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        return refused({}, "Give an address as ADDR:PORT, such as 127.0.0.1:8787.");
    Address address;
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host == "localhost" ? "127.0.0.1" : std::string(host);
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc() || end != port.data() + port.size())
        return refused({}, "The port is a number from 0 to 65535.");
    return address;
}

Result<ProviderBase> read_provider_base(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        return refused("--provider-base", "Say ID=URL, such as slack_like=http://127.0.0.1:9000/x.");
    ProviderBase base;
    base.provider = text.substr(0, equals);
    std::string_view url = text.substr(equals + 1);
    while (url.ends_with('/')) url.remove_suffix(1);
    base.url = url;
    const bool is_tls = url.starts_with("https://");
    if (!is_tls && !url.starts_with("http://"))
        return refused("--provider-base", "The URL of " + base.provider + " is no http or https URL.");
    url.remove_prefix(is_tls ? 8 : 7);
    if (url.find_first_of("?#@") != std::string_view::npos)
        return refused("--provider-base", "The URL has no user, query or fragment.");
    std::string host(url.substr(0, std::min(url.find('/'), url.size())));
    if (host.ends_with(']') || host.find(':') == std::string::npos) host += is_tls ? ":443" : ":80";
    TENON_TRY(base.address, read_address(host));
    return base;
}

Result<ServeOptions> check_flags(ServeFlags flags) {
    if (!flags.unsupported.empty())
        return fail(Errc::not_supported, flags.unsupported, "This flag is not supported by this version.");
    if (flags.data.empty()) return refused("--data", "Name the folder that holds the data.");
    ServeOptions options;
    TENON_TRY(options.listen, read_address(flags.listen));
    TENON_TRY(options.log_level, read_level(flags.log_level));
    TENON_CHECK(check_tls(flags));
    TENON_CHECK(check_key_source(flags));
    if (flags.public_url.empty() && !options.listen.is_loopback())
        return refused("--public-url", "Say how clients reach this server: it listens beyond loopback.");
    if (!flags.public_url.empty()) TENON_CHECK(auth::Site::create(flags.public_url));
    options.has_admin = !flags.admin_listen.empty() || !options.listen.is_loopback();
    TENON_TRY(options.admin,
              read_address(flags.admin_listen.empty() ? "127.0.0.1:9787" : flags.admin_listen));
    for (const auto& text : flags.provider_bases) {
        TENON_TRY(ProviderBase base, read_provider_base(text));
        if (!base.address.is_loopback() && !flags.is_unsafe_test)
            return refused("--provider-base", "A host that is not loopback needs --unsafe-test.");
        options.bases.push_back(std::move(base));
    }
    const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    if (flags.threads < 0 || flags.threads > most_threads)
        return refused("--threads", "Say a number from 1 to 256, or 0 for one a core.");
    options.threads = flags.threads == 0 ? cores : flags.threads;
    options.flags = std::move(flags);
    return options;
}

}  // namespace tenon::app
