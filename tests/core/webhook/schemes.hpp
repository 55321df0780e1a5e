#pragma once
// The scheme documents and vectors of the repository, for tests.

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/webhook/scheme.hpp"

namespace tenon::webhook {

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Result<Scheme> load_scheme(std::string_view id) {
    const std::string text = read_file(TENON_SOURCE_DIR "/core/schemes/" + std::string(id) + ".json");
    if (text.empty()) return fail(Errc::scheme_unknown);
    auto document = json::read(text);
    return document ? Scheme::compile(*document) : Result<Scheme>(fail(document.error().code));
}

/// True for the documents of providers that sign nothing.
inline bool is_unsigned(const std::string& id) {
    const auto document = json::read(read_file(TENON_SOURCE_DIR "/core/schemes/" + id + ".json"));
    return document && document->text_at("kind") == "none";
}

/// A scheme written in the test; ends the test program if it doesn't compile.
inline Scheme scheme_from(std::string_view document) {
    auto value = json::read(document);
    return *Scheme::compile(*value);
}

}  // namespace tenon::webhook
