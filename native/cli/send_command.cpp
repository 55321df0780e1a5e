#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "cli/commands.hpp"
#include "cli/documents.hpp"
#include "cli/files.hpp"
#include "net/http_client.hpp"

namespace tenon::cli {
namespace {

namespace asio = boost::asio;

/// Host and port of an absolute URL: the one address that this command may call, private or not.
std::optional<net::Admitted> address_of(std::string_view url) {
    const bool is_tls = url.starts_with("https://");
    if (!is_tls && !url.starts_with("http://")) return std::nullopt;
    url.remove_prefix(is_tls ? 8 : 7);
    url = url.substr(0, std::min(url.find_first_of("/?#"), url.size()));
    net::Admitted address{std::string(url), static_cast<unsigned short>(is_tls ? 443 : 80)};
    const auto colon = url.rfind(':');
    if (colon == std::string_view::npos || url.ends_with(']')) return address;
    int port = 0;
    for (const char c : url.substr(colon + 1)) {
        if (c < '0' || c > '9' || port > 65535) return std::nullopt;
        port = port * 10 + (c - '0');
    }
    address.host = url.substr(0, colon);
    address.port = static_cast<unsigned short>(port);
    return address;
}

std::string without_line_end(std::string text) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

Result<net::OutboundRequest> signed_request(const SendOptions& options, const std::string& body) {
    TENON_TRY(const webhook::Scheme scheme, load_scheme(options.scheme));
    TENON_TRY(std::string secret, read_file(options.secret_file));
    webhook::Trust trust;
    trust.secrets.emplace_back(without_line_end(std::move(secret)));
    trust.config.set("url", options.url);
    if (!options.config_file.empty()) {
        TENON_TRY(const std::string text, read_file(options.config_file));
        TENON_TRY(const json::Value config, json::read(text));
        if (!config.is_object()) return fail(Errc::not_an_object, options.config_file);
        for (const auto& member : config.as_object()) trust.config.set(member.name, member.value);
    }
    const auto clock = make_system_clock();
    const auto random = make_system_random();
    const std::string id = "msg_" + new_uuid(clock->now(), *random).text();
    const webhook::Delivery delivery{options.method, options.url, {{"webhook-id", id}}, body};
    TENON_TRY(auto headers, webhook::sign(scheme, trust, delivery, clock->now()));
    net::OutboundRequest request{options.method, options.url, std::move(headers), body, {}, {}};
    request.timeout = std::chrono::seconds(30);
    request.max_reply_bytes = 1'048'576;
    request.headers.emplace_back("content-type", "application/json");
    return request;
}

asio::awaitable<void> call(net::HttpClient& client, net::OutboundRequest request,
                           std::optional<net::CallResult>& result) {
    result.emplace(co_await client.call(std::move(request)));
}

}  // namespace

int run_webhook_send(const SendOptions& options) {
    const auto address = address_of(options.url);
    if (!address) return complain(bad_input, "--url is no http or https URL");
    std::string body = "{}";
    if (!options.body_file.empty()) {
        auto read = read_file(options.body_file);
        if (!read) return complain(bad_input, read.error());
        body = std::move(*read);
    }
    auto request = signed_request(options, body);
    if (!request) return complain(bad_input, request.error());

    asio::io_context context(1);
    net::ClientOptions client_options;
    client_options.admitted.push_back(*address);
    std::optional<net::CallResult> result;
    {
        const auto client = net::make_http_client(context, client_options);
        // The client keeps its connection for a next call that never comes: the first answer ends the loop.
        asio::co_spawn(context, call(*client, std::move(*request), result),
                       [&context](const std::exception_ptr&) { context.stop(); });
        context.run();
    }
    if (!result || !*result)
        return complain(environment_failed, result ? (*result).error().error : Error{Errc::internal, {}, {}});
    print(json::write(json::Object{{"status", (*result)->status},
                                   {"body", (*result)->body},
                                   {"elapsed_ms", static_cast<std::int64_t>((*result)->elapsed.count())}}));
    return (*result)->status / 100 == 2 ? done : answer_is_no;
}

}  // namespace tenon::cli
