#pragma once
// One SQLite connection with its prepared statements. Used by one thread at a time; nothing else in the
// project names the database library's types.

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "tenon/base/result.hpp"

namespace tenon::store::sqlite {

enum class Access : unsigned char { write, read };

/// The project's error for a result code of the library. already_exists (unique key), not_found (reference),
/// store_busy (locked by somebody else), else store_failed; the detail names the code, never a value.
[[nodiscard]] Error error_from(int code, std::string_view doing);

class Connection {
public:
    /// Opens an existing file. Write connections get synchronous=FULL and foreign keys, both verified.
    /// Errors: store_failed, store_busy.
    [[nodiscard]] static Result<Connection> open(const std::filesystem::path& file, Access access,
                                                 int cache_kib);

    /// Runs constant SQL of one or more statements that give no rows wanted.
    [[nodiscard]] Result<void> execute(const char* sql);
    /// Runs one constant statement without parameters and rows, prepared at its first use.
    [[nodiscard]] Result<void> step(const char* sql);
    /// The text of the first column of the first row; empty if there is none.
    [[nodiscard]] Result<std::string> ask(const char* sql);

    /// A reset statement, prepared at its first use. `sql` must be a constant: its address is the key.
    [[nodiscard]] Result<sqlite3_stmt*> prepared(const char* sql);

    /// Lets go of statements and file. Nothing else may be called afterwards.
    void close() {
        statements_.clear();
        handle_.reset();
    }

    [[nodiscard]] sqlite3* raw() const { return handle_.get(); }
    /// Rows changed since the connection was opened.
    [[nodiscard]] std::int64_t changes_so_far() const { return sqlite3_total_changes64(handle_.get()); }
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    struct Finalise {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    explicit Connection(sqlite3* handle) : handle_(handle) {}
    [[nodiscard]] Result<void> configure(Access access, int cache_kib);

    std::unique_ptr<sqlite3, Close> handle_;  // closed after the statements, which stand below
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalise>> statements_;
};

}  // namespace tenon::store::sqlite
