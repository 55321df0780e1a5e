#include "tenon/mapping/directive.hpp"

#include <algorithm>

#include "directive_parts.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::mapping {

using json::Value;

namespace {

/// One row: the head, what must and what may stand beside it.
struct DirectiveRow {
    std::string_view head;
    std::string_view required;
    std::string_view optional[3];
};
constexpr DirectiveRow rows[] = {
    {"$value", {}, {"$default"}},
    {"$lookup", "$key", {"$default"}},
    {"$each", "$do", {"$as", "$key", "$limit"}},
    {"$if", {}, {"$then", "$else"}},
    {"$switch", "$cases", {"$else"}},
    {"$merge", {}, {}},
    {"$text", {}, {"$escape", "$max"}},
    {"$string", {}, {"$max"}},
    {"$json", {}, {}},
    {"$literal", {}, {}},
};

bool fits(const DirectiveRow& row, const json::Object& members) {
    if (!members.contains(row.head)) return false;
    if (!row.required.empty() && !members.contains(row.required)) return false;
    return std::all_of(members.begin(), members.end(), [&](const json::Member& member) {
        return member.name == row.head || member.name == row.required ||
               std::find(std::begin(row.optional), std::end(row.optional), member.name) !=
                   std::end(row.optional);
    });
}

bool is_directive(const json::Object& members) {
    return std::any_of(members.begin(), members.end(),
                       [](const json::Member& member) { return member.name.starts_with('$'); });
}

/// What a value weighs in memory, roughly: bounds what a template of many copies can build.
std::size_t weight(const Value& value) {
    std::size_t sum = 32;
    if (value.is_text()) return sum + value.as_text().size();
    if (value.is_array())
        for (const Value& item : value.as_array()) sum += weight(item);
    if (value.is_object())
        for (const json::Member& member : value.as_object()) sum += member.name.size() + weight(member.value);
    return sum;
}
constexpr std::size_t most_produced = 16 * limits::submission_bytes;

}  // namespace

Evaluated Evaluator::evaluate(const Value& pattern, const Place& place) {
    if (pattern.is_array()) return array(pattern.as_array(), place);
    if (!pattern.is_object()) return produced(pattern, place);
    if (is_directive(pattern.as_object())) return directive(pattern.as_object(), place);
    return object(pattern.as_object(), place);
}

Maybe Evaluator::at(std::string_view pointer) {
    const Ref found = context_.find(pointer, item_);
    return is_absent(found) ? Maybe() : Maybe(to_value(found));
}

Evaluated Evaluator::produced(Value value, const Place& place) {
    produced_ += weight(value);
    if (produced_ > most_produced)
        return tl::make_unexpected(finding(place.pointer(), Errc::request_too_large));
    return Maybe(std::move(value));
}

Evaluated Evaluator::object(const json::Object& members, const Place& place) {
    json::Object out;
    for (const json::Member& member : members) {
        auto one = evaluate(member.value, place.member(member.name));
        if (!one) return one;
        if (*one) out.append(member.name, std::move(**one));
    }
    produced_ += 32;
    return Maybe(Value(std::move(out)));
}

Evaluated Evaluator::array(const json::Array& items, const Place& place) {
    json::Array out;
    out.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto one = evaluate(items[i], place.item(i));
        if (!one) return one;
        if (*one) out.push_back(std::move(**one));
    }
    produced_ += 32;
    return Maybe(Value(std::move(out)));
}

Evaluated Evaluator::directive(const json::Object& members, const Place& place) {
    const auto* row = std::find_if(std::begin(rows), std::end(rows),
                                   [&](const DirectiveRow& each) { return fits(each, members); });
    const Parts parts{members, place, row == std::end(rows) ? std::string_view{} : row->head};
    if (parts.head.empty()) return parts.invalid();
    if (++directives_ > limits::directive_evaluations) return parts.refuse(Errc::request_too_large);
    if (parts.head == "$value") return value(parts);
    if (parts.head == "$lookup") return lookup(parts);
    if (parts.head == "$each") return each(parts);
    if (parts.head == "$if") return branch(parts);
    if (parts.head == "$switch") return choice(parts);
    if (parts.head == "$merge") return merge(parts);
    if (parts.head == "$text") return text(parts);
    if (parts.head == "$string") return string(parts);
    if (parts.head == "$json") return json_text(parts);
    return produced(*parts.find("$literal"), place);
}

Evaluated Evaluator::fallback(const Parts& parts, Maybe found) {
    const Value* other = parts.find("$default");
    if (other != nullptr && (!found || found->is_null()))
        return evaluate(*other, parts.place.member("$default"));
    if (!found) return Maybe();
    return produced(std::move(*found), parts.place);
}

Evaluated Evaluator::value(const Parts& parts) {
    const auto pointer = parts.pointer();
    if (!pointer) return parts.invalid();
    return fallback(parts, at(*pointer));
}

Evaluated Evaluator::lookup(const Parts& parts) {
    const auto pointer = parts.pointer();
    if (!pointer) return parts.invalid();
    auto key = evaluate(*parts.find("$key"), parts.place.member("$key"));
    if (!key) return key;
    if (!*key) return fallback(parts, Maybe());
    const Ref found = member_of(context_.find(*pointer, item_), text_form(**key));
    return fallback(parts, is_absent(found) ? Maybe() : Maybe(to_value(found)));
}

Evaluated Evaluator::branch(const Parts& parts) {
    const auto pointer = parts.pointer();
    if (!pointer) return parts.invalid();
    const Ref found = context_.find(*pointer, item_);
    const bool holds = found.scope != nullptr ||
                       (!is_empty(found.value) && !(found.value->is_boolean() && !found.value->as_boolean()));
    const std::string_view taken = holds ? "$then" : "$else";
    const Value* pattern = parts.find(taken);
    return pattern != nullptr ? evaluate(*pattern, parts.place.member(taken)) : Evaluated(Maybe());
}

Evaluated Evaluator::choice(const Parts& parts) {
    const Value& cases = *parts.find("$cases");
    if (!cases.is_object()) return parts.invalid();
    auto selector = evaluate(*parts.find("$switch"), parts.place.member("$switch"));
    if (!selector) return selector;
    const std::string name = *selector ? text_form(**selector) : std::string();
    const Place at = parts.place.member("$cases");
    if (const Value* pattern = cases.find(name)) return evaluate(*pattern, at.member(name));
    if (const Value* other = parts.find("$else")) return evaluate(*other, parts.place.member("$else"));
    return parts.refuse(Errc::case_unknown);
}

Evaluated Evaluator::merge(const Parts& parts) {
    const Value& list = *parts.find("$merge");
    if (!list.is_array()) return parts.invalid();
    const Place at = parts.place.member("$merge");
    json::Object out;
    for (std::size_t i = 0; i < list.as_array().size(); ++i) {
        auto one = evaluate(list.as_array()[i], at.item(i));
        if (!one) return one;
        if (!*one || (*one)->is_null()) continue;
        if (!(*one)->is_object()) return parts.invalid();
        for (json::Member& member : (*one)->as_object()) out.set(member.name, std::move(member.value));
    }
    return Maybe(Value(std::move(out)));
}

}  // namespace tenon::mapping
