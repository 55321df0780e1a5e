#include "request_url.hpp"

#include <algorithm>

#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"
#include "tenon/mapping/contact.hpp"

namespace tenon::mapping {
namespace {

using json::Value;
using TextOrFinding = tl::expected<std::string, Finding>;

tl::unexpected<Finding> refuse(const Place& place, Errc code) {
    return tl::make_unexpected(finding(place.pointer(), code));
}

using Encode = std::optional<std::string> (*)(std::string_view);

/// What may stand for `{ptr}` in a path.
std::optional<std::string> path_segment(std::string_view text) {
    if (text.empty() || text == "." || text == "..") return std::nullopt;
    return bytes::percent_encode(text);
}

/// What may stand for `{ptr}` in a base.
std::optional<std::string> host_part(std::string_view text) {
    if (!is_host(text)) return std::nullopt;
    return text::lower_ascii(text);
}

/// The pattern with every `{ptr}` replaced. Errors: action_invalid for a malformed pattern, else
/// path_invalid.
TextOrFinding fill(std::string_view pattern, const Place& place, Evaluator& evaluator, Encode encode) {
    std::string out;
    for (;;) {
        const std::size_t open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == pattern.npos) return out;
        const std::size_t close = pattern.find('}', open);
        if (close == pattern.npos) return refuse(place, Errc::action_invalid);
        const std::string_view pointer = pattern.substr(open + 1, close - open - 1);
        if (pointer.empty() || !json::is_pointer(pointer)) return refuse(place, Errc::action_invalid);
        const Maybe value = evaluator.at(pointer);
        const auto encoded = encode(value ? text_form(*value) : std::string());
        if (!encoded) return refuse(place, Errc::path_invalid);
        out += *encoded;
        pattern.remove_prefix(close + 1);
    }
}

/// A segment that is `.` or `..` would lead elsewhere, also when it was put together from two values.
bool leads_elsewhere(std::string_view path) {
    for (;;) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (segment == "." || segment == "..") return true;
        if (slash == path.npos) return false;
        path.remove_prefix(slash + 1);
    }
}

TextOrFinding base_and_path(const Value& action, Evaluator& evaluator) {
    const Place root;
    const Place at = root.member("action");
    const Place base_place = at.member("base");
    const Place path_place = at.member("path");
    const Value* base = action.find("base");
    const Value* path = action.find("path");
    if (base == nullptr || !base->is_text()) return refuse(base_place, Errc::action_invalid);
    if (path != nullptr && !path->is_text()) return refuse(path_place, Errc::action_invalid);
    auto url = fill(base->as_text(), base_place, evaluator, host_part);
    if (!url) return url;
    if (!read_url(*url)) return refuse(base_place, Errc::path_invalid);
    if (path == nullptr) return url;
    auto tail = fill(path->as_text(), path_place, evaluator, path_segment);
    if (!tail) return tail;
    if (leads_elsewhere(*tail)) return refuse(path_place, Errc::path_invalid);
    return *url + *tail;
}

TextOrFinding whole_url(const Value& pointer, Evaluator& evaluator) {
    const Place root;
    const Place at = root.member("action");
    const Place place = at.member("url");
    if (!pointer.is_text() || !json::is_pointer(pointer.as_text()))
        return refuse(place, Errc::action_invalid);
    const Maybe value = evaluator.at(pointer.as_text());
    if (!value || !value->is_text()) return refuse(place, Errc::path_invalid);
    const std::string_view text = text::trim(value->as_text());
    auto url = read_url(text);
    if (!url || url->find('#') != url->npos) return refuse(place, Errc::path_invalid);
    return std::move(*url);
}

struct Pair {
    std::string_view name;
    std::string text;  // `name=value`
};

/// Appends a pair for each value; false for what is not flat.
bool add_pairs(std::vector<Pair>& pairs, const json::Member& member) {
    const auto add = [&](const Value& value) {
        if (!is_scalar(value)) return false;
        pairs.push_back({member.name,
                         bytes::percent_encode(member.name) + "=" + bytes::percent_encode(text_form(value))});
        return true;
    };
    if (!member.value.is_array()) return add(member.value);
    return std::all_of(member.value.as_array().begin(), member.value.as_array().end(), add);
}

std::string joined(std::vector<Pair>& pairs) {
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return precedes(a.name, b.name); });
    std::string out;
    for (const Pair& pair : pairs) {
        if (!out.empty()) out += '&';
        out += pair.text;
    }
    return out;
}

TextOrFinding query_of(const Value& action, const Auth& auth, Evaluator& evaluator) {
    const Place root;
    const Place at = root.member("action");
    const Place place = at.member("query");
    std::vector<Pair> pairs;
    Maybe query;
    if (const Value* pattern = action.find("query")) {
        auto evaluated = evaluator.evaluate(*pattern, place);
        if (!evaluated) return tl::make_unexpected(std::move(evaluated.error()));
        query = std::move(*evaluated);
        if (query && !query->is_object()) return refuse(place, Errc::action_invalid);
    }
    if (query)
        for (const json::Member& member : query->as_object())
            if (!add_pairs(pairs, member)) return refuse(place.member(member.name), Errc::action_invalid);
    if (auth.kind == "query") pairs.push_back({auth.name, bytes::percent_encode(auth.name) + "=***"});
    return joined(pairs);
}

}  // namespace

TextOrFinding encode_pairs(const json::Object& object, const Place& place) {
    std::vector<Pair> pairs;
    for (const json::Member& member : object)
        if (!add_pairs(pairs, member)) return refuse(place, Errc::action_invalid);
    return joined(pairs);
}

TextOrFinding build_url(const Value& action, const Auth& auth, Evaluator& evaluator) {
    const Place root;
    const Place at = root.member("action");
    TextOrFinding url;
    if (auth.kind == "url") {
        for (const std::string_view name : {"base", "path", "url"})
            if (action.find(name) != nullptr) return refuse(at.member(name), Errc::action_invalid);
        url = "https://***";
    } else if (const Value* pointer = action.find("url")) {
        if (action.find("base") != nullptr) return refuse(at.member("base"), Errc::action_invalid);
        url = whole_url(*pointer, evaluator);
    } else {
        url = base_and_path(action, evaluator);
    }
    if (!url) return url;
    auto query = query_of(action, auth, evaluator);
    if (!query) return query;
    if (!query->empty()) *url += (url->find('?') == url->npos ? "?" : "&") + *query;
    return url;
}

}  // namespace tenon::mapping
