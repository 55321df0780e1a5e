#include "api/handlers.hpp"
#include "tenon/base/text.hpp"

namespace tenon::api {
namespace {

http::Response text(std::string_view type, std::string body) {
    http::Response response;
    response.set("content-type", std::string(type));
    response.set("cache-control", "no-store");
    response.body = std::move(body);
    return response;
}

}  // namespace

asio::awaitable<Reply> get_health(Call&) { co_return answer(200, json::Object{{"status", "ok"}}); }

asio::awaitable<Reply> get_readiness(Call& call) {
    const auto readiness = co_await call.services.probes.readiness();
    co_return answer(readiness.is_ready ? 200 : 503, readiness.document);
}

asio::awaitable<Reply> get_metrics(Call& call) {
    co_return text(Metrics::content_type, call.services.metrics.text());
}

asio::awaitable<Reply> get_openapi(Call& call) {
    auto response = text("application/json", call.services.openapi);
    response.set("cache-control", "no-cache");
    co_return response;
}

asio::awaitable<Reply> get_problem_page(Call& call) {
    const auto code = errc_from_id(call.path_text("code"));
    if (!code) co_return fail(Errc::not_found, {}, "No problem has this code.");
    const ErrorRow& row = row_of(*code);
    std::string page = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>";
    page.append(row.id).append("</title></head><body><h1>").append(row.id).append("</h1>\n<p>");
    page.append(row.sentence)
        .append(".</p>\n<p>HTTP status ")
        .append(std::to_string(row.status))
        .append(". ");
    page.append(row.retry == Retry::later
                    ? "The same call may succeed later."
                    : "The same call gives the same answer until something is changed.");
    page.append(
        "</p>\n<p>The problem document names the members that are wrong in <code>errors</code> and says in "
        "<code>detail</code> what to do.</p></body></html>\n");
    co_return text("text/html; charset=utf-8", std::move(page));
}

}  // namespace tenon::api
