#pragma once
// The provider and scheme documents as built into the native programs. WebAssembly builds have no such
// module: their documents lie beside them.

#include <span>
#include <string_view>

namespace tenon::catalogue {

struct EmbeddedFile {
    std::string_view name;  ///< Without folder and `.json`.
    std::string_view text;
};

/// core/providers/*.json without the schema, sorted by name. Static lifetime.
[[nodiscard]] std::span<const EmbeddedFile> embedded_providers();
/// core/schemes/*.json, sorted by name. Static lifetime.
[[nodiscard]] std::span<const EmbeddedFile> embedded_schemes();
/// core/providers/schema.json.
[[nodiscard]] std::string_view embedded_provider_schema();

}  // namespace tenon::catalogue
