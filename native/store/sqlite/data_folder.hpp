#pragma once
// The folder that holds the databases: private to its owner, and used by one server at a time.

#include <filesystem>

#include "tenon/base/result.hpp"

namespace tenon::store::sqlite {

class DataFolder {
public:
    /// Makes the folder (mode 0700) if it is not there and takes its lock file, until this object ends.
    /// Errors: unavailable (another process holds it), store_failed.
    [[nodiscard]] static Result<DataFolder> lock(const std::filesystem::path& folder);
    DataFolder(DataFolder&& other) noexcept;
    DataFolder& operator=(DataFolder&&) = delete;
    ~DataFolder();

private:
    explicit DataFolder(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// Makes the folder with mode 0700; an existing one is left as it is.
[[nodiscard]] Result<void> make_private_folder(const std::filesystem::path& folder);
/// Makes an empty file of mode 0600 if there is none, and takes the rights of others away if there is one.
/// The database library gives its own files beside it the same mode.
[[nodiscard]] Result<void> make_private_file(const std::filesystem::path& file);

}  // namespace tenon::store::sqlite
