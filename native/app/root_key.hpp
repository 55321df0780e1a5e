#pragma once
// Where the root key comes from. It is read once at start and lives in the vault only.

#include <string>

#include "app/options.hpp"
#include "base/clock.hpp"
#include "tenon/base/secret.hpp"

namespace tenon::app {

struct RootKey {
    Secret key;           ///< 32 bytes, as vault::parse_root_key makes them.
    std::string made_at;  ///< Path of a key file that was made just now; empty otherwise.
};

/// From the file, variable or command that the flags name; else from `<data>/root.key`, which is made when
/// the data folder holds no database yet. Errors: unavailable (no source, an unreadable one, or a file that
/// others can read), root_key_malformed.
[[nodiscard]] Result<RootKey> read_root_key(const ServeFlags& flags, Random& random);

}  // namespace tenon::app
