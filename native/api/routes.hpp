#pragma once
// The one table of what the API has: the router, the checks in front of every handler, /openapi.json and the
// access matrix of the tests are all made from it. A route that is not here does not exist.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "api/handlers.hpp"

namespace tenon::api {

enum class Access : unsigned char {
    open,       ///< Anybody; the handler decides (webhooks verify signatures).
    signed_in,  ///< Any key or session.
    scoped,     ///< A key or session with the route's scope.
};

enum class Body : unsigned char {
    none,  ///< Must be empty or `{}`.
    json,  ///< Read, and valid against the schema, before the handler runs.
    text,  ///< application/json, handed over as received.
    raw,   ///< Any content type, handed over as received.
};

/// Where a route is served (`--admin-listen`).
enum class Place : unsigned char {
    everywhere,
    main,
    admin,  ///< On the main listener only while there is no other.
};

/// What a success looks like. An empty schema is a body without one.
struct Answer {
    int status = 200;
    std::string_view schema;
    std::string_view media = "application/json";
};

struct Route {
    std::string_view method;  ///< `*` = every method.
    std::string_view path;    ///< Pattern of http::Router.
    std::string_view operation;
    std::string_view summary;
    Handler handler;
    Access access = Access::scoped;
    std::string_view scope{};
    std::array<Answer, 2> answers{Answer{}, Answer{0, {}, {}}};  ///< Status 0 = unused.
    Body body = Body::none;
    std::string_view schema{};        ///< Of the body.
    std::size_t body_bytes = 65'536;  ///< One byte more is 413.
    std::string_view query{};         ///< Names, comma separated; others are refused.
    bool is_idempotent = false;       ///< Takes Idempotency-Key.
    bool is_versioned = false;        ///< Takes If-Match.
    Place place = Place::main;
};

[[nodiscard]] std::span<const Route> routes();

/// One query parameter: its JSON Schema as text, and what it is for.
struct Parameter {
    std::string_view name, schema, description;
};
/// Null pointer for a name that no route has.
[[nodiscard]] const Parameter* parameter(std::string_view name);

/// True if `name` stands in a comma-separated list.
[[nodiscard]] bool is_listed(std::string_view list, std::string_view name);

}  // namespace tenon::api
