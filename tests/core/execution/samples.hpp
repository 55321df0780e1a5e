#pragma once
// Small pieces that the tests of core/execution share.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tenon/catalogue/load.hpp"

namespace tenon::execution {

using Headers = std::vector<std::pair<std::string, std::string>>;

inline json::Value read_json(std::string_view text) {
    auto value = json::read(text);
    EXPECT_TRUE(value.has_value()) << text;
    return value ? std::move(*value) : json::Value();
}

/// JSON text with the members as they stand: the order of field mappings means something, and json::write
/// sorts.
inline std::string in_order(const json::Value& value) {
    std::string out;
    if (value.is_array()) {
        for (const json::Value& item : value.as_array()) out += (out.empty() ? "[" : ",") + in_order(item);
        return out.empty() ? "[]" : out + "]";
    }
    if (!value.is_object()) return json::write(value);
    for (const json::Member& member : value.as_object()) {
        out += out.empty() ? "{" : ",";
        json::write_text_to(out, member.name);
        out += ":" + in_order(member.value);
    }
    return out.empty() ? "{}" : out + "}";
}

/// A provider with the given reply rules and effect; its action is `act`.
inline catalogue::Provider provider_with(const std::string& reply, const std::string& effect,
                                         const std::string& outputs = "{}") {
    auto loaded = catalogue::load(read_json(
        R"({"id":"sample","name":"Sample","category":"test","aliases":[],"auth":[{"kind":"none","apply":[{"kind":"none"}]}],)"
        R"("defaults":{"base":"https://api.sample.test"},"reply":)" +
        reply +
        R"(,"actions":[{"id":"act","title":"Act","class":"write","config":{"type":"object"},"outputs":)" +
        outputs + R"(,"effect":)" + effect + R"(,"request":{"method":"POST","path":"/x"}}]})"));
    EXPECT_TRUE(loaded.has_value()) << (loaded ? "" : loaded.error().field + loaded.error().detail);
    return loaded ? std::move(*loaded) : catalogue::Provider{};
}

constexpr const char* by_status = R"({"ok":{"status":["2xx"]}})";
constexpr const char* no_effect = R"({"kind":"none"})";
constexpr const char* upsert = R"({"kind":"upsert"})";

}  // namespace tenon::execution
