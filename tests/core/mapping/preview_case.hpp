#pragma once
// Short ways to say one preview in a test. JSON is written with single quotes.

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/mapping/batch.hpp"
#include "tenon/mapping/preview.hpp"

namespace tenon::mapping {

/// JSON with `'` for `"`.
inline std::string as_json(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c == '\'') c = '"';
    return out;
}

inline json::Value parse(std::string_view text) {
    auto value = json::read(text, 128);
    EXPECT_TRUE(value) << text.substr(0, 400);
    return value ? std::move(*value) : json::Value();
}

/// The bytes in a heap block of exactly their size, so that reading past the end is seen.
class ExactCopy {
public:
    explicit ExactCopy(std::string_view bytes) : size_(bytes.size()), block_(new char[bytes.size()]) {
        if (!bytes.empty()) std::memcpy(block_.get(), bytes.data(), bytes.size());
    }
    [[nodiscard]] std::string_view view() const { return {block_.get(), size_}; }

private:
    std::size_t size_;
    std::unique_ptr<char[]> block_;
};

/// One line of a batch, answered and read.
inline json::Value answer(std::string_view line) {
    const ExactCopy copy(line);
    return parse(preview_line(copy.view()));
}

/// The document for mappings only: `mappings` and `submission` with single quotes, `more` further config
/// members.
inline json::Value document(std::string_view mappings, std::string_view submission,
                            std::string_view more = "") {
    return answer(as_json("{'config':{'provider':'none','action':'none','field_mappings':") +
                  as_json(mappings) + as_json(more) + as_json("},'submission':") + as_json(submission) + "}");
}

/// The one field of a mapping `f` with target `T`: `members` are its other members, `f` the answer.
inline json::Value field(std::string_view members, std::string_view given, std::string_view more = "") {
    std::string mapping = "{'f':{'target':'T'";
    if (!members.empty()) (mapping += ",") += members;
    const json::Value whole = document(mapping + "}}", std::string("{'f':").append(given).append("}"), more);
    const json::Value* fields = whole.find("fields");
    EXPECT_TRUE(fields != nullptr && fields->as_array().size() == 1) << json::write(whole);
    return fields != nullptr && !fields->as_array().empty() ? fields->as_array()[0] : json::Value();
}

/// The value of that field as canonical JSON, or its codes: `!invalid_number`.
inline std::string result(std::string_view members, std::string_view given, std::string_view more = "") {
    const json::Value one = field(members, given, more);
    if (one.text_at("status") != "error") return json::write(*one.find("value"));
    std::string codes;
    for (const json::Value& error : one.find("errors")->as_array())
        codes.append("!").append(error.text_at("code"));
    return codes;
}

/// `pointer code` of each finding in a list of the document.
inline std::vector<std::string> findings(const json::Value& whole, std::string_view list = "errors") {
    std::vector<std::string> out;
    for (const json::Value& each : whole.find(list)->as_array())
        out.push_back(std::string(each.text_at("pointer")).append(" ").append(each.text_at("code")));
    return out;
}

using Strings = std::vector<std::string>;

}  // namespace tenon::mapping
