#include "store/sqlite/migrate.hpp"

#include <map>
#include <string>
#include <utility>

#include "store/sqlite/query.hpp"

namespace tenon::store::sqlite {
namespace {

Result<std::map<std::int64_t, std::string>> applied_migrations(Connection& connection) {
    std::map<std::int64_t, std::string> applied;
    Query query(connection, "SELECT version, sha256 FROM schema_migrations");
    for (;;) {
        TENON_TRY(const bool more, query.step());
        if (!more) return applied;
        std::int64_t version = 0;
        std::string sha256;
        TENON_CHECK(query.read(version, sha256));
        applied.emplace(version, std::move(sha256));
    }
}

Result<void> apply(Connection& connection, const Migration& migration, UnixTime now) {
    TENON_CHECK(connection.execute("BEGIN IMMEDIATE"));
    auto done = connection.execute(migration.sql);
    if (done) {
        Query query(connection,
                    "INSERT INTO schema_migrations (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)");
        auto noted = query.bind(migration.version, migration.name, migration.sha256, now).run();
        if (!noted) done = tl::unexpected<Error>(std::move(noted.error()));
    }
    if (done) done = connection.execute("COMMIT");
    if (done) return {};
    (void)connection.execute("ROLLBACK");
    return fail(Errc::store_failed, {},
                "migration " + std::string(migration.name) + " failed: " + done.error().detail);
}

}  // namespace

Result<void> migrate(Connection& connection, const std::vector<Migration>& known, UnixTime now) {
    TENON_CHECK(connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER NOT NULL PRIMARY KEY,"
        " name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"));
    TENON_TRY(auto applied, applied_migrations(connection));
    for (const auto& migration : known) {
        auto found = applied.find(migration.version);
        if (found != applied.end() && found->second != migration.sha256)
            return fail(Errc::store_failed, {},
                        "migration " + std::string(migration.name) + " was changed after it was applied");
        if (found != applied.end()) applied.erase(found);
    }
    if (!applied.empty())
        return fail(Errc::store_failed, {},
                    "the database has migration " + std::to_string(applied.rbegin()->first) +
                        ", which this version does not know: use a newer one");
    TENON_TRY(const auto newest, connection.ask("SELECT coalesce(max(version), 0) FROM schema_migrations"));
    const auto newest_version = std::stoll(newest);
    for (const auto& migration : known)
        if (migration.version > newest_version) TENON_CHECK(apply(connection, migration, now));
    return {};
}

}  // namespace tenon::store::sqlite
