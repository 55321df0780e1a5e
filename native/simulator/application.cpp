#include "simulator/application.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/query.hpp"

namespace tenon::simulator {

namespace {

constexpr std::size_t body_bytes = std::size_t{8} * 1024 * 1024;
constexpr std::chrono::minutes longest_handling{15};
constexpr std::chrono::milliseconds pause_between_bytes{100};

http::Response json_response(int status, const json::Value& body) {
    http::Response out;
    out.status = status;
    out.set("Content-Type", "application/json");
    out.body = json::write(body);
    return out;
}

http::Response error_response(int status, std::string_view code, std::string_view field) {
    json::Object error{{"code", json::Value(code)}};
    if (!field.empty()) error.set("field", field);
    return json_response(status, json::Value(json::Object{{"error", json::Value(std::move(error))}}));
}

asio::awaitable<void> pause(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> drip(std::shared_ptr<http::Stream> stream, std::string body) {
    for (const char c : body) {
        if (!co_await stream->write(std::string(1, c))) co_return;
        co_await pause(pause_between_bytes);
    }
}

http::Response response_of(Answer answer, const Fault& fault) {
    http::Response out;
    out.status = answer.status;
    if (fault.retry_after_s) out.set("Retry-After", std::to_string(*fault.retry_after_s));
    for (auto& [name, value] : answer.headers) out.set(std::move(name), std::move(value));
    if (fault.is_garbage) {
        answer.content_type = "text/html";
        answer.body = "<!doctype html><title>Bad gateway";
    }
    if (!answer.body.empty()) out.set("Content-Type", answer.content_type);
    if (fault.is_slow)
        out.stream = [body = std::move(answer.body)](std::shared_ptr<http::Stream> stream) {
            return drip(std::move(stream), body);
        };
    else
        out.body = std::move(answer.body);
    out.is_cut = fault.cut != Fault::Cut::none;
    return out;
}

}  // namespace

http::Limits Simulator::limits(const http::Request&) const {
    http::Limits out;
    out.body_bytes = body_bytes;
    out.handler_time = longest_handling;
    return out;
}

asio::awaitable<http::Response> Simulator::handle(http::Request request) {
    if (request.path.rfind("/__", 0) == 0) co_return control(request);
    const std::size_t slash = request.path.find('/', 1);
    std::string id = request.path.substr(1, slash == std::string::npos ? slash : slash - 1);
    if (!providers_.contains(id)) co_return error_response(404, "unknown_provider", "");
    std::string path = slash == std::string::npos ? "/" : request.path.substr(slash);
    co_return co_await play(std::move(request), std::move(id), std::move(path));
}

asio::awaitable<http::Response> Simulator::play(http::Request request, std::string id, std::string path) {
    const Exchange exchange{request, std::move(path)};
    const std::uint64_t number = journal_.add(id, exchange, clock_.now());
    const Fault fault = faults_.take(id).value_or(Fault{});
    if (fault.latency.count() > 0) co_await pause(fault.latency);
    Behaviour& behaviour = providers_.find(id)->second;
    Answer answer;
    if (fault.cut == Fault::Cut::before)
        answer = {};
    else if (fault.status != 0)
        answer = behaviour.trouble(fault.status);
    else if (!fault.refusal.empty())
        answer = behaviour.refusal(fault.refusal);
    else
        answer = behaviour.answer(exchange, clock_.now());
    journal_.answered(number, fault.cut == Fault::Cut::none ? answer.status : 0);
    co_return response_of(std::move(answer), fault);
}

http::Response Simulator::control(const http::Request& request) {
    const bool is_get = request.method == "GET", is_delete = request.method == "DELETE";
    if (request.path == "/__received" && is_get) {
        const auto query = http::Query::parse(request.query);
        if (!query) return error_response(400, "malformed_request", query.error().field);
        return json_response(200, journal_.list(query->find("provider").value_or("")));
    }
    if (request.path == "/__received" && is_delete) {
        journal_.clear();
        return json_response(200, json::Value(json::Object()));
    }
    if (request.path == "/__counts" && is_get) return json_response(200, journal_.counts());
    if (request.path == "/__faults" && request.method == "POST") return add_fault(request);
    if (request.path == "/__faults" && is_delete) {
        faults_.clear();
        return json_response(200, json::Value(json::Object()));
    }
    return error_response(404, "not_found", "");
}

http::Response Simulator::add_fault(const http::Request& request) {
    const auto document = json::read(request.body);
    if (!document) return error_response(400, id_of(document.error().code), "");
    const std::string provider(document->text_at("provider"));
    if (!provider.empty() && !providers_.contains(provider))
        return error_response(422, "unknown_provider", "provider");
    if (const auto added = faults_.add(*document); !added)
        return error_response(422, id_of(added.error().code), added.error().field);
    return json_response(200, json::Value(json::Object()));
}

http::Response Simulator::refused(int status, std::string_view code, std::string_view,
                                  std::string_view) const {
    return error_response(status, code, "");
}

}  // namespace tenon::simulator
