#pragma once
// The store in one folder of one machine: SQLite. Named only by the application.

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>

#include "base/clock.hpp"
#include "store/store.hpp"
#include "vault/vault.hpp"

namespace tenon::store {

struct SqliteOptions {
    int readers = 2;       ///< Threads and connections that read.
    int cache_kib = 2048;  ///< Page cache of each connection.
    std::size_t queue =
        10'000;  ///< Closures that may wait for the writer (and for the readers); more: store_busy.
    std::size_t batch = 256;                     ///< Closures of one commit at most,
    std::chrono::microseconds batch_time{5000};  ///< and for how long they are collected.
    int checkpoint_pages =
        1000;  ///< Length of the write-ahead log at which its pages are moved (4 KiB each).
};

/// Opens `data_folder`/tenon.db, made (mode 0700, files 0600) and migrated as needed. Durable: WAL with
/// synchronous=FULL, verified. Errors: unavailable (another server uses the folder), store_failed (also a
/// database of a newer version, or one whose migrations were changed).
/// close() it, or destroy it, before the executors of its callers end.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& data_folder,
                                                         const Clock& clock,
                                                         const SqliteOptions& options = {});

/// Opens `data_folder`/keyring.db, which holds the wrapped keys apart from what they protect.
/// Error: store_failed. Threads: any.
[[nodiscard]] Result<std::unique_ptr<vault::KeyStore>> open_sqlite_keyring(
    const std::filesystem::path& data_folder);

}  // namespace tenon::store
