#include "store/sqlite/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace tenon::store::sqlite {
namespace {

tl::unexpected<Error> failed(const std::string& doing, const std::filesystem::path& path) {
    return fail(Errc::store_failed, {},
                doing + " " + path.string() + ": " + std::generic_category().message(errno));
}

/// A new name in a folder is durable only when the folder itself was synced.
Result<void> sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return failed("open", folder);
    const int synced = ::fsync(descriptor);
    ::close(descriptor);
    if (synced != 0) return failed("sync", folder);
    return {};
}

}  // namespace

Result<void> make_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) return {};
    const auto parent = std::filesystem::absolute(folder, error).parent_path();
    std::filesystem::create_directories(parent, error);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed("make", folder);
    return sync_folder(parent);
}

Result<void> make_private_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("open", file);
    const int changed = ::fchmod(descriptor, 0600);
    ::close(descriptor);
    if (changed != 0) return failed("protect", file);
    return sync_folder(file.parent_path());
}

Result<DataFolder> DataFolder::lock(const std::filesystem::path& folder) {
    TENON_CHECK(make_private_folder(folder));
    const auto file = folder / "lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("open", file);
    DataFolder locked(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return fail(Errc::unavailable, {}, "another server uses the data folder " + folder.string());
        return failed("lock", file);
    }
    return locked;
}

DataFolder::DataFolder(DataFolder&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

DataFolder::~DataFolder() {
    if (descriptor_ >= 0) ::close(descriptor_);  // lets go of the lock
}

}  // namespace tenon::store::sqlite
