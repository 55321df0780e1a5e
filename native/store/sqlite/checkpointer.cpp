#include "store/sqlite/checkpointer.hpp"

#include <utility>

namespace tenon::store::sqlite {

Checkpointer::Checkpointer(Connection connection, Limits limits)
    : connection_(std::move(connection)),
      limits_(limits),
      restart_at_(limits.restart_pages),
      thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() { stop(); }

void Checkpointer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Checkpointer::watch(Connection& writer) {
    // The hook takes the place of the library's own automatic checkpoint.
    sqlite3_wal_hook(
        writer.raw(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Checkpointer*>(self)->pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

void Checkpointer::after_commit(Connection& writer) {
    if (pages_ < asked_at_) {  // the log was started over
        asked_at_ = 0;
        restart_at_ = limits_.restart_pages;
    }
    if (pages_ >= restart_at_) {
        // Busy (the thread is at it) or held up by a reader: tried again when the log has grown further.
        sqlite3_wal_checkpoint_v2(writer.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        restart_at_ = pages_ + limits_.start_pages;
    }
    if (pages_ - asked_at_ < limits_.start_pages) return;
    asked_at_ = pages_;
    {
        const std::lock_guard lock(mutex_);
        wanted_ = true;
    }
    changed_.notify_one();
}

void Checkpointer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return wanted_ || stopping_; });
        if (stopping_) return;
        wanted_ = false;
        lock.unlock();
        sqlite3_wal_checkpoint_v2(connection_.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        lock.lock();
    }
}

Result<void> Checkpointer::finish() {
    stop();
    if (connection_.raw() == nullptr) return {};
    const int code =
        sqlite3_wal_checkpoint_v2(connection_.raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    connection_.close();
    if (code != SQLITE_OK) return tl::unexpected<Error>(error_from(code, "checkpoint"));
    return {};
}

}  // namespace tenon::store::sqlite
