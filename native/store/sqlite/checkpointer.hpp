#pragma once
// Moves committed pages from the write-ahead log into the database file, on a thread and a connection of its
// own, so that no caller waits for it. The log can be started over only when everything in it was moved;
// under steady load the thread never quite catches up, so past `restart_pages` the writer moves the small
// rest itself between two transactions.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/sqlite/connection.hpp"

namespace tenon::store::sqlite {

class Checkpointer {
public:
    struct Limits {
        int start_pages = 1000;    ///< About 4 MB: the thread starts to move pages.
        int restart_pages = 4000;  ///< The writer moves the rest.
    };

    Checkpointer(Connection connection, Limits limits);
    ~Checkpointer();

    /// Learns the length of the log from every commit on `writer`. Before the writer's thread starts.
    void watch(Connection& writer);
    /// On the writer's thread, outside a transaction.
    void after_commit(Connection& writer);
    /// Ends the thread and moves everything, when writer and readers are closed. Blocks.
    [[nodiscard]] Result<void> finish();

private:
    void run();
    void stop();

    Connection connection_;
    Limits limits_;
    // The writer's thread alone; all three are lengths of the log in pages.
    int pages_ = 0;     // after the last commit
    int asked_at_ = 0;  // at the last request to the thread
    int restart_at_;    // at which the writer helps next
    std::mutex mutex_;
    std::condition_variable changed_;
    bool wanted_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tenon::store::sqlite
