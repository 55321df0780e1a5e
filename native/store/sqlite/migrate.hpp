#pragma once
// Brings a database to the newest form. Migrations are numbered, only go forward, and run each in one
// transaction; the ledger remembers the digest of each.

#include <cstdint>
#include <vector>

#include "store/sqlite/connection.hpp"
#include "tenon/base/time.hpp"

namespace tenon::store::sqlite {

struct Migration {
    std::int64_t version;
    const char* name;
    const char* sha256;  ///< Of the file, lower-case hexadecimal.
    const char* sql;
};

/// Those of store/migrations, in order; made by the build.
[[nodiscard]] std::vector<Migration> built_in_migrations();

/// Applies what is missing. Errors: store_failed when an applied migration is not the one of `known` (another
/// digest), or is newer than all of them, or fails.
[[nodiscard]] Result<void> migrate(Connection& connection, const std::vector<Migration>& known, UnixTime now);

}  // namespace tenon::store::sqlite
