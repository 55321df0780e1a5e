#pragma once
// Backslash escapes of JSON texts.

#include <cstddef>
#include <string>
#include <string_view>

namespace tenon::webhook {

/// Length of the escape at the start of `text` (which starts with a backslash); 0 if there is none by RFC
/// 8259.
[[nodiscard]] std::size_t escape_length(std::string_view text);

struct Unescaped {
    std::string bytes;       ///< A lone surrogate is kept as its three generalised UTF-8 bytes.
    bool is_unicode = true;  ///< False if there was a lone surrogate.
};

/// `raw`: inside of a text whose escapes are known to be well formed.
[[nodiscard]] Unescaped unescape(std::string_view raw);

}  // namespace tenon::webhook
