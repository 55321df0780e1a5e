// `$each`: one template for every item of an array or member of an object.
#include <array>

#include "directive_parts.hpp"

namespace tenon::mapping {

using json::Value;

namespace {

/// `/item`: what one iteration sees.
struct Item {
    Value index;
    Value key;
    std::array<Named, 4> members;
    Scope scope;

    Item(std::size_t at, const Value& value, const std::string* name, const Scope* parent)
        : index(static_cast<std::int64_t>(at)), key(name != nullptr ? Value(*name) : Value()) {
        members = {{{"index", {&index, nullptr}},
                    {"value", {&value, nullptr}},
                    {"key", {name != nullptr ? &key : nullptr, nullptr}},
                    {"parent", {nullptr, parent}}}};
        scope.members = members;
    }
    Item(const Item&) = delete;
    Item& operator=(const Item&) = delete;
};

/// What the loop walks over, in its order; names only for an object.
struct Entry {
    const std::string* name;
    const Value* value;
};
std::vector<Entry> entries_of(const Value& from) {
    std::vector<Entry> entries;
    if (from.is_array()) {
        for (const Value& item : from.as_array()) entries.push_back({nullptr, &item});
    } else {
        for (const json::Member* member : from.as_object().sorted())
            entries.push_back({&member->name, &member->value});
    }
    return entries;
}

}  // namespace

Evaluated Evaluator::each(const Parts& parts) {
    const auto pointer = parts.pointer();
    if (!pointer) return parts.invalid();
    const Ref found = context_.find(*pointer, item_);
    if (found.scope != nullptr) {
        const Value copied = to_value(found);
        return each_item(parts, copied);
    }
    if (found.value == nullptr || found.value->is_null()) return Maybe();
    if (is_scalar(*found.value)) return parts.invalid();
    return each_item(parts, *found.value);
}

Evaluated Evaluator::each_item(const Parts& parts, const Value& from) {
    const Value* shape = parts.find("$as");
    const bool as_object = shape != nullptr && shape->is_text() && shape->as_text() == "object";
    const bool as_array = shape == nullptr || (shape->is_text() && shape->as_text() == "array");
    const Value* key_pattern = parts.find("$key");
    if (!(as_object || as_array) || (as_object && from.is_array() && key_pattern == nullptr))
        return parts.invalid();
    const auto limit = limit_of(parts, "$limit");
    if (!limit) return tl::make_unexpected(limit.error());
    std::vector<Entry> entries = entries_of(from);
    if (*limit && entries.size() > **limit) {
        warn(Errc::items_dropped, entries.size(), **limit);
        entries.resize(**limit);
    }
    const Scope* const outer = item_;
    json::Array items;
    json::Object members;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Item item(i, *entries[i].value, entries[i].name, outer);
        item_ = &item.scope;
        auto key = as_object && key_pattern != nullptr
                       ? evaluate(*key_pattern, parts.place.member("$key"))
                       : Evaluated(entries[i].name != nullptr ? Maybe(Value(*entries[i].name)) : Maybe());
        auto one = key ? evaluate(*parts.find("$do"), parts.place.member("$do")) : key;
        item_ = outer;
        if (!one) return one;
        if (!*one || (as_object && !*key)) continue;
        if (as_object)
            members.set(text_form(**key), std::move(**one));
        else
            items.push_back(std::move(**one));
    }
    return Maybe(as_object ? Value(std::move(members)) : Value(std::move(items)));
}

}  // namespace tenon::mapping
