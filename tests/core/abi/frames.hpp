#pragma once
// Calling the C ABI as JavaScript does: frames are exact-size blocks of tenon_alloc.

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tenon.h"

namespace tenon {

inline std::string call(std::uint32_t op, std::string_view frame, std::int32_t expected = 0) {
    std::uint8_t* block = tenon_alloc(frame.size());
    if (!frame.empty()) std::memcpy(block, frame.data(), frame.size());
    EXPECT_EQ(tenon_call(op, block, frame.size()), expected);
    tenon_free(block, frame.size());
    return {reinterpret_cast<const char*>(tenon_reply()), tenon_reply_size()};
}

/// A file below core/.
inline std::string core_file(const std::string& path) {
    std::ifstream file(TENON_SOURCE_DIR "/core/" + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::string scheme_text(const std::string& id) { return core_file("schemes/" + id + ".json"); }

}  // namespace tenon
