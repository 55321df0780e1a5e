#include "app/root_key.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "vault/vault.hpp"

namespace tenon::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_text = 4096;

tl::unexpected<Error> unavailable(std::string field, std::string detail) {
    return fail(Errc::unavailable, std::move(field), std::move(detail));
}

Result<Secret> parse(std::string text, const std::string& source) {
    auto key = vault::parse_root_key(text);
    wipe(text);
    if (!key) key.error().field = source;
    return key;
}

Result<Secret> from_file(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return unavailable(path, "The root key file can't be read.");
    struct stat status{};
    const bool is_private = ::fstat(descriptor, &status) == 0 && (status.st_mode & 0777) == 0600;
    std::string text(longest_text, '\0');
    const ssize_t size = is_private ? ::read(descriptor, text.data(), text.size()) : 0;
    ::close(descriptor);
    if (!is_private) return unavailable(path, "The root key file must have mode 0600: chmod 600 it.");
    if (size < 0) return unavailable(path, "The root key file can't be read.");
    text.resize(static_cast<std::size_t>(size));
    return parse(std::move(text), path);
}

Result<Secret> from_command(const std::string& command) {
    // NOLINTNEXTLINE(cert-env33-c): a command line of the operator's own, from no request
    std::FILE* pipe = ::popen(command.c_str(), "re");
    if (pipe == nullptr) return unavailable("--root-key-command", "The command can't be run.");
    std::string text(longest_text, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), pipe));
    if (::pclose(pipe) != 0) {
        wipe(text);
        return unavailable("--root-key-command", "The command failed.");
    }
    return parse(std::move(text), "--root-key-command");
}

/// Durable before it is used: data sealed under a key that a power cut took away would be lost.
Result<void> make_file(const fs::path& path, std::string text) {
    std::error_code ignored;
    if (fs::create_directories(path.parent_path(), ignored))
        fs::permissions(path.parent_path(), fs::perms::owner_all, ignored);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return unavailable(path.string(), "The root key file can't be made.");
    text.push_back('\n');
    const bool is_written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    wipe(text);
    const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_kept = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (!is_written || !is_kept) return unavailable(path.string(), "The root key file can't be written.");
    return {};
}

}  // namespace

Result<RootKey> read_root_key(const ServeFlags& flags, Random& random) {
    RootKey read;
    if (!flags.root_key_file.empty()) {
        TENON_TRY(read.key, from_file(flags.root_key_file));
        return read;
    }
    if (!flags.root_key_env.empty()) {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): read before there is a second thread
        const char* text = std::getenv(flags.root_key_env.c_str());
        if (text == nullptr)
            return unavailable(flags.root_key_env, "The variable with the root key is not set.");
        TENON_TRY(read.key, parse(text, flags.root_key_env));
        return read;
    }
    if (!flags.root_key_command.empty()) {
        TENON_TRY(read.key, from_command(flags.root_key_command));
        return read;
    }
    const fs::path path = fs::path(flags.data) / "root.key";
    if (!fs::exists(path)) {
        if (fs::exists(fs::path(flags.data) / "tenon.db"))
            return unavailable("--root-key-file",
                               "The data folder has no root.key: say where its root key is.");
        TENON_CHECK(make_file(path, vault::generate_root_key(random)));
        read.made_at = path.string();
    }
    TENON_TRY(read.key, from_file(path.string()));
    return read;
}

}  // namespace tenon::app
