#pragma once
// The provider documents of the source tree, and small ones for single rules.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "tenon/catalogue/load.hpp"

namespace tenon::catalogue {

inline std::string file_text(const std::string& path) {
    std::ifstream in(std::string(TENON_SOURCE_DIR) + "/" + path, std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    EXPECT_TRUE(in.good() || in.eof()) << path;
    return out.str();
}

inline json::Value document_of(const std::string& id) {
    auto value = json::read(file_text("core/providers/" + id + ".json"));
    EXPECT_TRUE(value.has_value()) << id;
    return value ? std::move(*value) : json::Value();
}

inline json::Value read_json(const std::string& text) {
    auto value = json::read(text);
    EXPECT_TRUE(value.has_value()) << text;
    return value ? std::move(*value) : json::Value();
}

/// A provider with one action; `change` may alter the document before it is loaded.
inline json::Value small_document() {
    return read_json(
        R"({"id":"small","name":"Small","category":"test","docs":[],"aliases":["tiny"],"variables":{},
      "auth":[{"kind":"api_key","fields":[{"name":"token","label":"Token","secret":true,"pattern":"^t_[a-z]+$","max":20}],
               "apply":[{"kind":"bearer","field":"token"}]}],
      "defaults":{"base":"https://api.small.test","headers":{"X-Version":"1"}},"reply":{"ok":{"status":["2xx"]}},
      "pages":{},"limits":[],"targets":[],"streams":[],"confidence":{},
      "actions":[{"id":"add","aliases":["insert"],"title":"Add","class":"write","scopes":[],
        "config":{"type":"object","properties":{"list":{"type":"string"}},"additionalProperties":false},
        "outputs":{"id":"/id"},"effect":{"kind":"none"},
        "request":{"method":"POST","path":"/lists/{/config/list}","body":{"$value":"/target"}},
        "examples":[{"target_config":{"list":"a"},"config":{"a":{"target":"a"}},"submission":{"a":"1"},
          "request":{"method":"POST","url":"https://api.small.test/lists/a",
            "headers":{"authorization":"Bearer ***","content-type":"application/json","x-version":"1"},"body":{"a":"1"}},
          "refused":[{"at":"/body/a"}]}]}]})");
}

/// The value at `pointer`, to be changed in place.
inline json::Value& at(json::Value& document, const std::string& pointer) {
    const json::Value* found = json::resolve(document, pointer);
    EXPECT_NE(found, nullptr) << pointer;
    return const_cast<json::Value&>(*found);
}

}  // namespace tenon::catalogue
