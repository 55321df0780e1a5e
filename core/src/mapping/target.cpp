#include "tenon/mapping/target.hpp"

#include <algorithm>
#include <array>

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

/// duplicate_target, target_conflict, or nothing.
std::optional<Errc> conflict_of(const Path& a, const Path& b) {
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() && y == b.end()) return Errc::duplicate_target;
    if (x == a.end() || y == b.end()) return Errc::target_conflict;
    // They part inside one container; below the root it is an array for one and an object for the other, or
    // not.
    const bool below_root = x != a.begin();
    return below_root && is_index(*x) != is_index(*y) ? std::optional(Errc::target_conflict) : std::nullopt;
}

/// Mappings by the hash of their first token: only paths that begin alike can conflict.
class Buckets {
public:
    Buckets() { heads_.fill(none); }

    /// The earlier mappings that may begin as this one does, newest first; then remembers it.
    template <typename Visit>
    void visit_and_add(const std::string& token, std::size_t at, Visit&& visit) {
        std::size_t& head = heads_[std::hash<std::string_view>{}(token) % heads_.size()];
        for (std::size_t each = head; each != none; each = next_[each]) visit(each);
        next_.push_back(head);
        head = at;
    }

    void skip() { next_.push_back(none); }

private:
    static constexpr std::size_t none = ~std::size_t{0};
    std::array<std::size_t, 128> heads_{};
    std::vector<std::size_t> next_;
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
    Buckets buckets;
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        const Mapping& later = mappings[i];
        if (later.path.empty()) {  // malformed, and reported so
            buckets.skip();
            continue;
        }
        std::optional<Errc> code;
        std::string_view other;
        buckets.visit_and_add(later.path.front(), i, [&](std::size_t earlier) {
            if (const auto found = conflict_of(mappings[earlier].path, later.path)) {
                code = found;
                other = mappings[earlier].key;
            }
        });
        if (code)
            findings.push_back(finding("/field_mappings/" + json::escape_token(later.key) + "/target", *code,
                                       {{"other", other}}));
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
