#include "store/sqlite/connection.hpp"

#include <string>
#include <utility>

namespace tenon::store::sqlite {

Error error_from(int code, std::string_view doing) {
    auto detail = std::string(doing) + ": " + sqlite3_errstr(code) + " (" + std::to_string(code) + ")";
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
            return {Errc::already_exists, {}, {}};
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return {Errc::not_found, {}, {}};
        default:
            break;
    }
    const int primary = code & 0xff;
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) return {Errc::store_busy, {}, std::move(detail)};
    return {Errc::store_failed, {}, std::move(detail)};
}

Result<Connection> Connection::open(const std::filesystem::path& file, Access access, int cache_kib) {
    sqlite3* handle = nullptr;
    // Read connections open the file for writing too: a reader may have to repair the shared index of the
    // WAL.
    const int opened =
        sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Connection connection(handle);
    if (opened != SQLITE_OK) return tl::unexpected<Error>(error_from(opened, "open the database"));
    sqlite3_extended_result_codes(handle, 1);
    TENON_CHECK(connection.configure(access, cache_kib));
    return connection;
}

Result<void> Connection::configure(Access access, int cache_kib) {
    sqlite3_busy_timeout(raw(), 5000);
    // cache_size takes no parameter; the number is the program's own.
    const auto cache = "PRAGMA cache_size=-" + std::to_string(cache_kib);
    TENON_CHECK(execute(cache.c_str()));
    TENON_CHECK(execute("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF"));
    if (access == Access::read) return execute("PRAGMA query_only=ON");
    TENON_CHECK(execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"));
    TENON_TRY(auto synchronous, ask("PRAGMA synchronous"));
    TENON_TRY(auto references, ask("PRAGMA foreign_keys"));
    if (synchronous != "2" || references != "1")
        return fail(Errc::store_failed, {}, "the database can't be set to synchronous=FULL with references");
    return {};
}

Result<void> Connection::execute(const char* sql) {
    const int code = sqlite3_exec(raw(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return tl::unexpected<Error>(error_from(code, "execute"));
    return {};
}

Result<void> Connection::step(const char* sql) {
    TENON_TRY(auto* statement, prepared(sql));
    const int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW) return tl::unexpected<Error>(error_from(code, sql));
    return {};
}

Result<std::string> Connection::ask(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(raw(), sql, -1, &statement, nullptr);
    const std::unique_ptr<sqlite3_stmt, Finalise> owned(statement);
    if (code != SQLITE_OK) return tl::unexpected<Error>(error_from(code, "prepare"));
    code = sqlite3_step(statement);
    if (code != SQLITE_ROW) {
        if (code == SQLITE_DONE) return std::string();
        return tl::unexpected<Error>(error_from(code, "ask"));
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    return std::string(text == nullptr ? "" : text);
}

Result<sqlite3_stmt*> Connection::prepared(const char* sql) {
    if (auto known = statements_.find(sql); known != statements_.end()) return known->second.get();
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(raw(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return tl::unexpected<Error>(error_from(code, "prepare"));
    statements_.emplace(sql, statement);
    return statement;
}

}  // namespace tenon::store::sqlite
