#include "tenon/mapping/target.hpp"

#include <algorithm>
#include <map>

#include "tenon/base/limits.hpp"
#include "tenon/mapping/config.hpp"

namespace tenon::mapping {
namespace {

/// `0` to `99` without leading zero.
bool is_index(std::string_view token) {
    if (token.empty() || token.size() > 2 || (token.size() == 2 && token[0] == '0')) return false;
    return std::all_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t to_index(std::string_view token) {
    std::size_t index = 0;
    for (const char c : token) index = index * 10 + static_cast<std::size_t>(c - '0');
    return index;
}

using Path = std::vector<std::string>;

constexpr std::size_t none = ~std::size_t{0};

/// Every path that was taken, as a tree: what a further one conflicts with is found in one walk along it.
class Taken {
public:
    struct Conflict {
        Errc code = Errc::target_conflict;
        std::size_t with = none;  ///< The earliest mapping; none = no conflict.
    };

    /// What `path` conflicts with; then it is taken too.
    Conflict take(const Path& path, std::size_t at) {
        Conflict conflict;
        std::size_t node = 0;
        for (std::size_t i = 0; i < path.size(); ++i) {
            const bool index = is_index(path[i]);
            note(conflict, nodes_[node].ends_here, Errc::target_conflict);
            // One container is an array for one and an object for the other; the root is an object for all.
            if (i > 0) note(conflict, index ? nodes_[node].first_name : nodes_[node].first_index);
            set(index ? nodes_[node].first_index : nodes_[node].first_name, at);
            node = below(node, path[i]);
        }
        Node& last = nodes_[node];
        note(conflict, last.ends_here, Errc::duplicate_target);
        note(conflict, std::min(last.first_name, last.first_index));
        set(last.ends_here, at);
        return conflict;
    }

private:
    struct Node {  // the earliest mapping that…
        std::size_t ends_here = none;
        std::size_t first_index = none;  // …goes on with an array's index
        std::size_t first_name = none;   // …goes on with a member's name
    };

    static void note(Conflict& conflict, std::size_t with, Errc code = Errc::target_conflict) {
        if (with < conflict.with) conflict = {code, with};
    }
    static void set(std::size_t& first, std::size_t at) { first = std::min(first, at); }

    std::size_t below(std::size_t node, std::string_view token) {
        const auto [found, is_new] = edges_.try_emplace({node, token}, nodes_.size());
        if (is_new) nodes_.emplace_back();
        return found->second;
    }

    std::vector<Node> nodes_{1};
    std::map<std::pair<std::size_t, std::string_view>, std::size_t> edges_;  // views of the mappings' paths
};

}  // namespace

std::optional<Path> target_path(std::string_view target) {
    if (!target.starts_with('/')) return Path{std::string(target)};
    if (!json::is_pointer(target)) return std::nullopt;
    Path path = json::pointer_tokens(target);
    if (path.size() > limits::pointer_tokens) return std::nullopt;
    return path;
}

void check_targets(const std::vector<Mapping>& mappings, Findings& findings) {
    Taken taken;
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        const Mapping& later = mappings[i];
        if (later.path.empty()) continue;  // malformed, and reported so
        const auto conflict = taken.take(later.path, i);
        if (conflict.with == none) continue;
        findings.push_back(finding("/field_mappings/" + json::escape_token(later.key) + "/target",
                                   conflict.code, {{"other", mappings[conflict.with].key}}));
    }
}

void place(json::Object& target, const Path& path, json::Value value) {
    if (path.size() == 1) {  // no other path begins with this name
        target.append(path[0], std::move(value));
        return;
    }
    json::Value* at = target.find(path[0]);
    if (at == nullptr) at = &target.append(path[0], json::Value());
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (is_index(path[i])) {
            if (!at->is_array()) *at = json::Array();
            json::Array& items = at->as_array();
            const std::size_t index = to_index(path[i]);
            if (items.size() <= index) items.resize(index + 1);
            at = &items[index];
        } else {
            if (!at->is_object()) *at = json::Object();
            json::Value* member = at->as_object().find(path[i]);
            at = member != nullptr ? member : &at->as_object().append(path[i], json::Value());
        }
    }
    *at = std::move(value);
}

}  // namespace tenon::mapping
