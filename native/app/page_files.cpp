#include "app/page_files.hpp"

#include <filesystem>

#include "cli/files.hpp"

namespace tenon::app {

Result<std::vector<api::PageFile>> load_page(const std::string& folder) {
    std::vector<api::PageFile> files;
    if (folder.empty()) {
        for (const auto& file : embedded_page())
            files.push_back({std::string(file.path), std::string(file.bytes)});
        return files;
    }
    namespace fs = std::filesystem;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (!entry->is_regular_file()) continue;
        TENON_TRY(std::string bytes, cli::read_file(entry->path().string()));
        files.push_back({"/" + fs::relative(entry->path(), folder).generic_string(), std::move(bytes)});
    }
    if (error)
        return fail(Errc::unavailable, "--page", "The folder of the page can't be read: " + error.message());
    return files;
}

}  // namespace tenon::app
