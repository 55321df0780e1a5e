#include "store/sqlite/writer.hpp"

#include <iterator>
#include <utility>

namespace tenon::store::sqlite {

Writer::Writer(Connection connection, Checkpointer& checkpointer, Caches& caches, Limits limits)
    : connection_(std::move(connection)),
      unit_(connection_),
      checkpointer_(checkpointer),
      caches_(caches),
      limits_(limits),
      queue_(limits.queue) {
    checkpointer_.watch(connection_);
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() { stop(); }

void Writer::stop() {
    queue_.close();
    if (!thread_.joinable()) return;
    thread_.join();
    connection_.close();
}

void Writer::run() {
    for (;;) {
        queue_.take(taken_, limits_.batch - taken_.size());  // what the time limit left over goes first
        if (taken_.empty()) return;
        std::size_t count = taken_.size();
        if (auto done = transaction(count); !done) {
            roll_back();
            for (std::size_t i = 0; i < count; ++i) taken_[i].outcome = tl::unexpected<Error>(done.error());
        }
        forget_changed();
        const auto end = taken_.begin() + static_cast<std::ptrdiff_t>(count);
        finished_.assign(std::make_move_iterator(taken_.begin()), std::make_move_iterator(end));
        taken_.erase(taken_.begin(), end);
        complete(finished_);
        checkpointer_.after_commit(connection_);
    }
}

/// Runs and commits the first closures of taken_; `count`: at most how many, then how many those were.
Result<void> Writer::transaction(std::size_t& count) {
    for (const Mode mode : {Mode::plain, Mode::savepoints}) {
        TENON_CHECK(connection_.step("BEGIN IMMEDIATE"));
        const Ran ran = run_closures(mode, count);
        if (ran == Ran::well) {
            auto committed = connection_.step("COMMIT");
            if (!committed) return fail(Errc::store_failed, {}, std::move(committed.error().detail));
            return {};
        }
        if (ran == Ran::transaction_lost) break;
        roll_back();
    }
    return fail(Errc::store_failed, {}, "the transaction was lost");
}

/// Runs up to `count` closures and sets `count` to how many it ran.
Writer::Ran Writer::run_closures(Mode mode, std::size_t& count) {
    const auto stop_at = std::chrono::steady_clock::now() + limits_.batch_time;
    for (std::size_t i = 0; i < count; ++i) {
        const Ran ran = run_one(mode, taken_[i]);
        if (ran == Ran::well && std::chrono::steady_clock::now() < stop_at) continue;
        count = i + 1;
        return ran;
    }
    return Ran::well;
}

Writer::Ran Writer::run_one(Mode mode, Task& task) {
    unit_.enter(task.organisation);
    const auto before = connection_.changes_so_far();
    if (mode == Mode::savepoints && !connection_.step("SAVEPOINT closure")) return Ran::transaction_lost;
    const bool succeeded = run_closure(task, unit_);
    // Some failures (disk full, out of memory) end the whole transaction, whatever the closure made of them.
    if (!connection_.in_transaction()) return Ran::transaction_lost;
    const bool clean = succeeded || connection_.changes_so_far() == before;
    if (mode == Mode::plain) return clean ? Ran::well : Ran::must_roll_back;
    if (!clean && !connection_.step("ROLLBACK TO closure")) return Ran::transaction_lost;
    return connection_.step("RELEASE closure") ? Ran::well : Ran::transaction_lost;
}

/// Before the callers are answered: what they read next must be what they wrote.
void Writer::forget_changed() {
    auto& scope = unit_.scope();
    if (std::exchange(scope.endpoints_changed, false)) caches_.endpoints.forget_all();
    if (std::exchange(scope.api_keys_changed, false)) caches_.api_keys.forget_all();
}

void Writer::roll_back() {
    if (connection_.in_transaction()) (void)connection_.execute("ROLLBACK");
}

}  // namespace tenon::store::sqlite
