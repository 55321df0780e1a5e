#pragma once
// The API as one http::Application: finds the route, checks what stands in front of its handler, runs it, and
// turns what it refuses into problem documents.

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "api/routes.hpp"
#include "api/schemas.hpp"
#include "api/services.hpp"
#include "http/message.hpp"
#include "http/router.hpp"

namespace tenon::api {

/// Which routes a listener serves.
enum class Listener : unsigned char {
    all,    ///< The only one.
    main,   ///< Beside an admin listener.
    admin,  ///< Metrics and health; the Host header is not looked at, since probes use addresses.
};

/// Threads: any. `services` and `schemas` must outlive it.
class Api : public http::Application {
public:
    Api(const Services& services, const Schemas& schemas, Listener listener);
    ~Api() override;

    http::Limits limits(const http::Request& head) const override;
    asio::awaitable<http::Response> handle(http::Request request) override;
    http::Response refused(int status, std::string_view code, std::string_view detail,
                           std::string_view request_id) const override;

private:
    struct Counted;

    [[nodiscard]] const Route& route(const http::RouteMatch& match) const;
    asio::awaitable<Reply> answer_call(const Route& route, Call& call);
    asio::awaitable<tl::expected<void, Problem>> admit(const Route& route, Call& call);
    void count(std::size_t route, int status, std::chrono::steady_clock::time_point since);

    const Services& services_;
    const Schemas& schemas_;
    Listener listener_;
    http::Router router_;
    std::vector<std::size_t> served_;  // index of the router -> index of routes()
    std::unique_ptr<Counted> counted_;
};

}  // namespace tenon::api
