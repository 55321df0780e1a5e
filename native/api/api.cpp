#include "api/api.hpp"

#include "api/body.hpp"
#include "api/idempotency.hpp"
#include "http/problem.hpp"
#include "http/query.hpp"

namespace tenon::api {
namespace {

bool is_served(const Route& route, Listener listener) {
    switch (listener) {
        case Listener::main:
            return route.place != Place::admin;
        case Listener::admin:
            return route.place != Place::main;
        case Listener::all:
            break;
    }
    return true;
}

/// What to do, for refusals whose maker said nothing.
std::string_view advice(Errc code) {
    switch (code) {
        case Errc::not_found:
            return "Check the id: it does not exist, was deleted, or belongs to another organisation.";
        case Errc::already_exists:
            return "Choose another name, or change the one that exists.";
        case Errc::conflict:
            return "It is in use or in another state: read it again, then decide.";
        case Errc::precondition_failed:
            return "Somebody changed it meanwhile: read it again and apply your change to that.";
        case Errc::store_busy:
        case Errc::store_failed:
        case Errc::unavailable:
            return "Nothing was changed. Send the request again in a moment.";
        case Errc::internal:
            return "Send it again later; if it happens again, report the request_id.";
        default:
            return {};
    }
}

http::Response problem(Problem refused, std::string_view request_id) {
    if (refused.error.detail.empty()) refused.error.detail = advice(refused.error.code);
    auto response = http::problem(refused.error, request_id, std::move(refused.errors));
    response.set("cache-control", "no-store");
    if (response.status == 401) response.set("www-authenticate", "Bearer realm=\"tenon\"");
    if (response.status == 503) response.set("retry-after", "1");
    for (auto& [name, value] : refused.headers) response.set(std::move(name), std::move(value));
    return response;
}

/// The query with only what the route declares.
tl::expected<void, Problem> read_query(const Route& route, Call& call) {
    if (route.body == Body::raw) return {};
    auto query = http::Query::parse(call.request.query);
    if (!query) return tl::unexpected<Problem>(std::move(query.error()));
    for (const auto& [name, value] : query->all()) {
        if (!is_listed(route.query, name))
            return tl::unexpected<Problem>(Error{Errc::validation_failed, "/" + json::escape_token(name),
                                                 "This list has no such parameter; see /openapi.json."});
        call.query.emplace_back(name, value);
    }
    return {};
}

}  // namespace

/// Handles of the counters by route and status class, so that counting takes no lock.
struct Api::Counted {
    struct Route {
        std::vector<Counter> by_class;  // 1xx to 5xx
        Histogram seconds;
    };
    std::vector<Route> routes;
};

Api::Api(const Services& services, const Schemas& schemas, Listener listener)
    : services_(services), schemas_(schemas), listener_(listener), counted_(std::make_unique<Counted>()) {
    constexpr std::string_view classes[] = {"1xx", "2xx", "3xx", "4xx", "5xx"};
    const auto all = routes();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!is_served(all[i], listener)) continue;
        router_.add(all[i].method, all[i].path);
        served_.push_back(i);
    }
    for (const auto& each : all) {
        Counted::Route counted{{},
                               services.metrics.histogram("tenon_http_request_seconds", "Time in the server",
                                                          {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10},
                                                          {{"operation", each.operation}})};
        for (const auto status : classes)
            counted.by_class.push_back(
                services.metrics.counter("tenon_http_requests_total", "Requests",
                                         {{"operation", each.operation}, {"status", status}}));
        counted_->routes.push_back(std::move(counted));
    }
}

Api::~Api() = default;

const Route& Api::route(const http::RouteMatch& match) const { return routes()[served_[match.route]]; }

void Api::count(std::size_t route, int status, std::chrono::steady_clock::time_point since) {
    auto& counted = counted_->routes[route];
    if (status >= 100 && status < 600) counted.by_class[static_cast<std::size_t>(status / 100 - 1)].add();
    counted.seconds.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count());
}

http::Limits Api::limits(const http::Request& head) const {
    http::Limits limits;
    const auto match = router_.match(head.method, head.path);
    limits.body_bytes = match.kind == http::RouteMatch::Kind::found ? route(match).body_bytes : 65'536;
    return limits;
}

http::Response Api::refused(int status, std::string_view code, std::string_view detail,
                            std::string_view request_id) const {
    const Error error{errc_from_id(code).value_or(Errc::malformed_request), {}, std::string(detail)};
    auto response = problem(error, request_id);
    response.status = status;
    return response;
}

asio::awaitable<tl::expected<void, Problem>> Api::admit(const Route& route, Call& call) {
    if (auto read = read_query(route, call); !read) co_return read;
    if (route.access != Access::open) {
        auto principal = co_await services_.authenticator.authenticate(call.request);
        if (!principal) co_return tl::unexpected<Problem>(std::move(principal.error()));
        call.principal = std::move(*principal);
        if (route.access == Access::scoped && !call.principal->may(route.scope))
            co_return tl::unexpected<Problem>(
                Error{Errc::forbidden, {}, "Use a key with the scope " + std::string(route.scope) + "."});
    }
    co_return read_body(route, schemas_, call);
}

asio::awaitable<Reply> Api::answer_call(const Route& route, Call& call) {
    if (auto admitted = co_await admit(route, call); !admitted)
        co_return tl::unexpected<Problem>(std::move(admitted.error()));
    auto idempotency = co_await Idempotency::begin(route, call);
    if (!idempotency) co_return tl::unexpected<Problem>(std::move(idempotency.error()));
    if (auto kept = idempotency->kept_answer()) co_return std::move(*kept);
    Reply reply = co_await route.handler(call);
    co_await idempotency->end(call, reply);
    co_return reply;
}

asio::awaitable<http::Response> Api::handle(http::Request request) {
    const auto since = std::chrono::steady_clock::now();
    const std::string request_id = request.request_id;
    if (listener_ != Listener::admin && !services_.site.is_host_allowed(request))
        co_return problem(
            Error{Errc::host_not_allowed, {}, "Call the server by its public URL (--public-url)."},
            request_id);
    auto match = router_.match(request.method, request.path);
    if (match.kind == http::RouteMatch::Kind::malformed)
        co_return problem(Error{Errc::malformed_request, {}, "The path has a bad percent escape."},
                          request_id);
    if (match.kind == http::RouteMatch::Kind::not_found)
        co_return problem(Error{Errc::not_found, {}, "No route has this path; see /openapi.json."},
                          request_id);
    if (match.kind == http::RouteMatch::Kind::method_not_allowed) {
        Problem refused(Error{Errc::method_not_allowed, {}, "Allowed here: " + match.allow + "."});
        refused.headers.emplace_back("allow", match.allow);
        co_return problem(std::move(refused), request_id);
    }
    const Route& found = route(match);
    Call call{services_, std::move(request), {}, {}, std::nullopt, {}};
    for (auto& [name, value] : match.params) call.path.emplace_back(name, std::move(value));
    Reply reply = co_await answer_call(found, call);
    http::Response response = reply ? std::move(*reply) : problem(std::move(reply.error()), request_id);
    count(served_[match.route], response.status, since);
    if (response.status >= 500)
        services_.log.error(
            "request_failed",
            {{"operation", found.operation}, {"status", response.status}, {"request_id", request_id}});
    co_return response;
}

}  // namespace tenon::api
