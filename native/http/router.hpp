#pragma once
// Which route a method and a path mean. Patterns are literal segments, `{name}` for one non-empty segment
// and, last, `{name*}` for the rest of the path. Literals win over names. Knows no handlers: a match is an
// index.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon::http {

struct RouteMatch {
    enum class Kind : unsigned char {
        found,
        not_found,           ///< 404
        method_not_allowed,  ///< 405, with `allow`
        malformed  ///< 400: a bad percent escape, or a segment that decodes to no UTF-8 or to U+0000.
    };
    Kind kind = Kind::not_found;
    std::size_t route = 0;
    std::vector<std::pair<std::string_view, std::string>> params;  ///< Names live as long as the router.
    std::string allow;                                             ///< `GET, HEAD, POST`, sorted.

    /// Decoded value of a pattern's `{name}` or `{name*}`; empty if there is none.
    [[nodiscard]] std::string_view param(std::string_view name) const;
};

struct RouteNode;

/// Filled at start, then only read. Threads: any, once filled.
class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Adds a route; its index is the number of routes added before. `method` `*` takes every method that has
    /// no route of its own there. Throws std::logic_error (a fault) for a malformed pattern, the same method
    /// and pattern twice, or two names for one segment.
    std::size_t add(std::string_view method, std::string_view pattern);

    /// `path`: the request's, still encoded. HEAD is answered by GET's route where it has none of its own.
    /// Segments are decoded, then compared: `/%61` is `/a`. No dot segments are resolved and no slashes are
    /// merged. `{name*}` holds the decoded rest, possibly empty, and never matches a segment that is `.` or
    /// `..` or decodes to one with a slash, so it may name a file below a folder.
    [[nodiscard]] RouteMatch match(std::string_view method, std::string_view path) const;

private:
    std::unique_ptr<RouteNode> root_;
    std::size_t routes_ = 0;
};

}  // namespace tenon::http
