#pragma once
// The web application's files: built into the program (embed_page.cmake), or read from a folder.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/services.hpp"
#include "tenon/base/result.hpp"

namespace tenon::app {

struct EmbeddedPageFile {
    std::string_view path, bytes;
};
/// Generated; empty when the program was built without the page.
[[nodiscard]] std::span<const EmbeddedPageFile> embedded_page();

/// The files of `folder`, or the embedded ones when it is empty. Error: unavailable.
[[nodiscard]] Result<std::vector<api::PageFile>> load_page(const std::string& folder);

}  // namespace tenon::app
