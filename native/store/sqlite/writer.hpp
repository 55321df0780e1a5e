#pragma once
// The one thread that writes. It takes what is queued, runs it in one transaction and answers after COMMIT:
// the more callers wait, the fewer syncs each of them pays for.
// A closure that fails without having changed a row costs the others nothing. One that fails after a change
// makes the batch run again with a savepoint around each closure; always using savepoints would copy every
// touched page once per closure.

#include <chrono>
#include <cstddef>
#include <thread>
#include <vector>

#include "store/sqlite/checkpointer.hpp"
#include "store/sqlite/row_cache.hpp"
#include "store/sqlite/sqlite_unit.hpp"
#include "store/sqlite/task.hpp"

namespace tenon::store::sqlite {

class Writer {
public:
    struct Limits {
        std::size_t queue = 10'000;  ///< Waiting closures; one more is store_busy.
        std::size_t batch = 256;     ///< Closures of one commit.
        std::chrono::microseconds batch_time{5000};
    };

    Writer(Connection connection, Checkpointer& checkpointer, Caches& caches, Limits limits);
    /// Finishes what is queued.
    ~Writer();

    [[nodiscard]] TaskQueue::Pushed push(Task& task) { return queue_.push(task); }
    /// Finishes what is queued and ends the thread. Blocks.
    void stop();

private:
    enum class Mode : unsigned char { plain, savepoints };
    enum class Ran : unsigned char { well, must_roll_back, transaction_lost };

    void run();
    [[nodiscard]] Result<void> transaction(std::size_t& count);
    [[nodiscard]] Ran run_closures(Mode mode, std::size_t& count);
    [[nodiscard]] Ran run_one(Mode mode, Task& task);
    void roll_back();
    void forget_changed();

    Connection connection_;
    SqliteUnit unit_;
    Checkpointer& checkpointer_;
    Caches& caches_;
    Limits limits_;
    TaskQueue queue_;
    std::vector<Task> taken_;
    std::vector<Task> finished_;
    std::thread thread_;
};

}  // namespace tenon::store::sqlite
