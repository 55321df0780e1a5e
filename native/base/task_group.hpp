#pragma once
// Background work that somebody owns: failures are logged under a name, and shutdown waits for the end.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/log.hpp"

namespace tenon {

/// Invariants: (1) work started here ends or is cancelled by drain(), never forgotten; (2) after drain()
/// began nothing new starts. Threads: start(), running() and is_stopping() from any; pause() and drain() on
/// the executor's thread. `executor` must not run handlers on two threads at once. `log` must outlive the
/// work.
class TaskGroup {
public:
    TaskGroup(boost::asio::any_io_executor executor, Log& log);
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    /// Cancels what still runs, without waiting.
    ~TaskGroup();

    /// Starts `work`; what it throws is logged as `task_failed`. False (and nothing started) after drain().
    bool start(std::string name, boost::asio::awaitable<void> work);

    /// Sleeps inside a task; false as soon as the group is stopping: the task should then end.
    [[nodiscard]] boost::asio::awaitable<bool> pause(std::chrono::milliseconds time);

    /// Wakes every pause(), waits up to `patience` for the tasks to end by themselves, then cancels the rest
    /// and waits at most one second more. True if nothing is left; what is left is logged by name.
    [[nodiscard]] boost::asio::awaitable<bool> drain(std::chrono::milliseconds patience);

    [[nodiscard]] std::size_t running() const;
    [[nodiscard]] bool is_stopping() const;

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the completion handlers, which may run after ~TaskGroup
};

}  // namespace tenon
