#include "api/handlers.hpp"

namespace tenon::api {
namespace {

/// Our own files only; WebAssembly may be compiled, nothing may be inlined, nobody may frame us.
constexpr std::string_view policy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string_view type_of(std::string_view path) {
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"}};
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

Reply file(const Services& services, std::string_view path, std::string_view caching) {
    for (const auto& each : services.page) {
        if (each.path != path) continue;
        http::Response response;
        response.set("content-type", std::string(type_of(path)));
        response.set("cache-control", std::string(caching));
        response.set("content-security-policy", std::string(policy));
        response.set("cross-origin-opener-policy", "same-origin");
        response.body = each.bytes;
        return response;
    }
    return fail(Errc::not_found, {},
                "This server was built without the web application, or without this file of it.");
}

}  // namespace

asio::awaitable<Reply> get_page(Call& call) { co_return file(call.services, "/index.html", "no-cache"); }

asio::awaitable<Reply> get_icon(Call& call) {
    co_return file(call.services, "/icon.svg", "public, max-age=3600");
}

asio::awaitable<Reply> get_asset(Call& call) {
    // The build puts a hash of the content into every name below /assets, so a name's bytes never change.
    co_return file(call.services, "/assets/" + std::string(call.path_text("path")),
                   "public, max-age=31536000, immutable");
}

}  // namespace tenon::api
