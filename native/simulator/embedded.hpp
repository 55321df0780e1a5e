#pragma once
// The behaviour files as built into the program.

#include <span>
#include <string_view>

namespace tenon::simulator {

struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};

/// native/simulator/providers/*.json, sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_behaviours();

}  // namespace tenon::simulator
