#include "http/router.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "http/query.hpp"

namespace tenon::http {

struct RouteNode {
    std::map<std::string, std::unique_ptr<RouteNode>, std::less<>> literals;
    std::unique_ptr<RouteNode> one;   // {name}
    std::unique_ptr<RouteNode> rest;  // {name*}
    std::string name;                 // under which the segment that led here is given out
    std::map<std::string, std::size_t, std::less<>> methods;

    [[nodiscard]] const std::size_t* route_of(std::string_view method) const {
        auto at = methods.find(method);
        if (at == methods.end() && method == "HEAD") at = methods.find("GET");
        if (at == methods.end()) at = methods.find("*");
        return at == methods.end() ? nullptr : &at->second;
    }
};

namespace {

[[noreturn]] void bad_pattern(std::string_view pattern, const char* why) {
    throw std::logic_error("route " + std::string(pattern) + ": " + why);
}

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const std::size_t end = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

RouteNode& named(std::unique_ptr<RouteNode>& child, std::string_view name, std::string_view pattern) {
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string_view::npos)
        bad_pattern(pattern, "a name is made of a-z and _");
    if (!child) {
        child = std::make_unique<RouteNode>();
        child->name = name;
    }
    if (child->name != name) bad_pattern(pattern, "two names for one segment");
    return *child;
}

RouteNode& child_for(RouteNode& node, std::string_view segment, std::string_view pattern) {
    if (segment.starts_with('{') && segment.ends_with("*}"))
        return named(node.rest, segment.substr(1, segment.size() - 3), pattern);
    if (segment.starts_with('{') && segment.ends_with('}'))
        return named(node.one, segment.substr(1, segment.size() - 2), pattern);
    if (segment.find_first_of("{}*%?") != std::string_view::npos)
        bad_pattern(pattern, "not a literal segment");
    auto& child = node.literals[std::string(segment)];
    if (!child) child = std::make_unique<RouteNode>();
    return *child;
}

// One look-up: tries literals before names and goes back where a branch has no route for the method.
struct Walk {
    const std::vector<std::string>& segments;
    std::string_view method;
    std::vector<std::pair<std::string_view, std::string>> params;
    std::set<std::string, std::less<>> allowed;

    const std::size_t* ends_at(const RouteNode& node) {
        if (const std::size_t* route = node.route_of(method)) return route;
        for (const auto& entry : node.methods) allowed.insert(entry.first);
        if (node.methods.contains("GET")) allowed.insert("HEAD");
        return nullptr;
    }

    const std::size_t* at(const RouteNode& node, std::size_t index) {
        if (index == segments.size()) return ends_at(node);
        const std::string& segment = segments[index];
        if (const auto literal = node.literals.find(segment); literal != node.literals.end())
            if (const std::size_t* route = at(*literal->second, index + 1)) return route;
        if (node.one && !segment.empty()) {
            params.emplace_back(node.one->name, segment);
            if (const std::size_t* route = at(*node.one, index + 1)) return route;
            params.pop_back();
        }
        return node.rest ? rest(*node.rest, index) : nullptr;
    }

    const std::size_t* rest(const RouteNode& node, std::size_t index) {
        std::string value;
        for (std::size_t i = index; i < segments.size(); ++i) {
            const std::string& segment = segments[i];
            if (segment == "." || segment == ".." || segment.find('/') != std::string::npos) return nullptr;
            if (i > index) value += '/';
            value += segment;
        }
        const std::size_t* route = ends_at(node);
        if (route != nullptr) params.emplace_back(node.name, std::move(value));
        return route;
    }
};

}  // namespace

std::string_view RouteMatch::param(std::string_view name) const {
    for (const auto& [key, value] : params)
        if (key == name) return value;
    return {};
}

Router::Router() : root_(std::make_unique<RouteNode>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

std::size_t Router::add(std::string_view method, std::string_view pattern) {
    if (!pattern.starts_with('/')) bad_pattern(pattern, "must start with a slash");
    RouteNode* node = root_.get();
    bool is_last = false;
    for (const std::string_view segment : split(pattern)) {
        if (is_last) bad_pattern(pattern, "{name*} must be last");
        node = &child_for(*node, segment, pattern);
        is_last = segment.ends_with("*}");
    }
    if (!node->methods.emplace(std::string(method), routes_).second) bad_pattern(pattern, "added twice");
    return routes_++;
}

RouteMatch Router::match(std::string_view method, std::string_view path) const {
    RouteMatch result;
    if (!path.starts_with('/')) return result;
    std::vector<std::string> segments;
    segments.reserve(8);
    for (const std::string_view raw : split(path)) {
        auto decoded = percent_decode(raw, Plus::is_plus);
        if (!decoded) {
            result.kind = RouteMatch::Kind::malformed;
            return result;
        }
        segments.push_back(std::move(*decoded));
    }
    Walk walk{segments, method, {}, {}};
    if (const std::size_t* route = walk.at(*root_, 0)) {
        result.kind = RouteMatch::Kind::found;
        result.route = *route;
        result.params = std::move(walk.params);
    } else if (!walk.allowed.empty()) {
        result.kind = RouteMatch::Kind::method_not_allowed;
        for (const std::string& name : walk.allowed)
            result.allow += (result.allow.empty() ? "" : ", ") + name;
    }
    return result;
}

}  // namespace tenon::http
