#include <fcntl.h>
#include <unistd.h>

#include "base/clock.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "tenon/base/json.hpp"
#include "vault/vault.hpp"

namespace tenon::cli {

int run_keys_generate(const std::string& file) {
    const auto random = make_system_random();
    std::string key = vault::generate_root_key(*random);
    if (file.empty()) {
        print(json::write(json::Object{{"root_key", key}}));
        wipe(key);
        return done;
    }
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return complain(environment_failed, file + " can't be made, or exists already");
    key.push_back('\n');
    const bool is_written = ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                            ::fsync(descriptor) == 0;
    ::close(descriptor);
    wipe(key);
    if (!is_written) return complain(environment_failed, file + " can't be written");
    print(json::write(json::Object{{"file", file}}));
    return done;
}

}  // namespace tenon::cli
