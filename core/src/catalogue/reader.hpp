#pragma once
// Reads members of a JSON object of known shape and remembers where, so that each complaint names its place.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::catalogue {

/// A value and its pointer. Borrowed: the document must outlive it.
struct Place {
    const json::Value* value;
    std::string at;

    [[nodiscard]] tl::unexpected<Error> wrong(std::string_view why) const {
        return fail(Errc::provider_invalid, at, std::string(why));
    }
    /// The member, with a null value if there is none.
    [[nodiscard]] Place member(std::string_view name) const {
        return {value->find(name), at + "/" + json::escape_token(name)};
    }
    [[nodiscard]] bool exists() const { return value != nullptr; }
};

[[nodiscard]] inline Result<Place> required(const Place& parent, std::string_view name) {
    Place place = parent.member(name);
    if (!place.exists()) return place.wrong("a required member is missing");
    return place;
}

[[nodiscard]] inline Result<std::string> text_of(const Place& place) {
    if (!place.value->is_text()) return place.wrong("must be a text");
    return place.value->as_text();
}

[[nodiscard]] inline Result<std::string> required_text(const Place& parent, std::string_view name) {
    TENON_TRY(const Place place, required(parent, name));
    return text_of(place);
}

[[nodiscard]] inline Result<std::string> optional_text(const Place& parent, std::string_view name) {
    const Place place = parent.member(name);
    if (!place.exists()) return std::string();
    return text_of(place);
}

/// `fallback` when absent; otherwise a whole number within the bounds.
[[nodiscard]] inline Result<std::int64_t> optional_number(const Place& parent, std::string_view name,
                                                          std::int64_t fallback, std::int64_t low,
                                                          std::int64_t high) {
    const Place place = parent.member(name);
    if (!place.exists()) return fallback;
    if (!place.value->is_number()) return place.wrong("must be a number");
    const auto number = place.value->as_number().to_int64();
    if (!number || *number < low || *number > high) return place.wrong("is out of range");
    return *number;
}

/// The items of a list, none when absent.
[[nodiscard]] inline Result<std::vector<Place>> items_of(const Place& parent, std::string_view name) {
    std::vector<Place> out;
    const Place place = parent.member(name);
    if (!place.exists()) return out;
    if (!place.value->is_array()) return place.wrong("must be a list");
    std::size_t index = 0;
    for (const json::Value& item : place.value->as_array())
        out.push_back({&item, place.at + "/" + std::to_string(index++)});
    return out;
}

/// The members of an object, none when absent.
[[nodiscard]] inline Result<std::vector<std::pair<std::string, Place>>> members_of(const Place& parent,
                                                                                   std::string_view name) {
    std::vector<std::pair<std::string, Place>> out;
    const Place place = parent.member(name);
    if (!place.exists()) return out;
    if (!place.value->is_object()) return place.wrong("must be an object");
    for (const json::Member& member : place.value->as_object())
        out.emplace_back(member.name, place.member(member.name));
    return out;
}

[[nodiscard]] inline Result<std::vector<std::string>> texts_of(const Place& parent, std::string_view name) {
    TENON_TRY(const auto items, items_of(parent, name));
    std::vector<std::string> out;
    for (const Place& item : items) {
        TENON_TRY(std::string text, text_of(item));
        out.push_back(std::move(text));
    }
    return out;
}

[[nodiscard]] inline Result<std::string> pointer_of(const Place& place) {
    TENON_TRY(std::string text, text_of(place));
    if (!json::is_pointer(text)) return place.wrong("must be a JSON Pointer");
    return text;
}

}  // namespace tenon::catalogue
