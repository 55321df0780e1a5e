#pragma once
// The threads that read, each with a connection and a snapshot of its own per closure. They see everything
// that was committed before the closure began, and can't write.

#include <list>
#include <thread>
#include <vector>

#include "store/sqlite/sqlite_unit.hpp"
#include "store/sqlite/task.hpp"

namespace tenon::store::sqlite {

class Readers {
public:
    Readers(std::vector<Connection> connections, std::size_t queue_limit);
    ~Readers();

    [[nodiscard]] TaskQueue::Pushed push(Task& task) { return queue_.push(task); }
    /// Finishes what is queued, ends the threads and closes their connections. Blocks.
    void stop();

private:
    void run(Connection& connection);

    TaskQueue queue_;
    std::list<Connection> connections_;
    std::vector<std::thread> threads_;
};

}  // namespace tenon::store::sqlite
