#pragma once
// A closure on its way to the store's threads and its answer on the way back.

#include <boost/asio/any_io_executor.hpp>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/store.hpp"

namespace tenon::store::sqlite {

/// Where an answer goes. Own type, because copying Asio 1.81's any_completion_handler wraps it into itself.
class Completion {
public:
    virtual ~Completion() = default;
    /// Once, on the caller's executor. `fault`: an exception of the closure, which goes to the caller, whose
    /// boundary logs it.
    virtual void complete(std::exception_ptr fault, Result<void> outcome) = 0;
};

template <typename Handler>
class HandlerCompletion final : public Completion {
public:
    explicit HandlerCompletion(Handler handler) : handler_(std::move(handler)) {}
    void complete(std::exception_ptr fault, Result<void> outcome) override {
        std::move(handler_)(std::move(fault), std::move(outcome));
    }

private:
    Handler handler_;
};

struct Task {
    OrganisationId organisation;
    Work work;
    std::unique_ptr<Completion> done;
    asio::any_io_executor executor;  ///< The caller's; counts as its outstanding work.
    Result<void> outcome;
    std::exception_ptr fault;
};

/// Hands every task's outcome to its caller, on the caller's executor, and empties the list. Callers that
/// share an executor cost one wake-up together.
void complete(std::vector<Task>& tasks);

/// Runs the closure of `task` in `unit`; true if it succeeded.
bool run_closure(Task& task, Unit& unit);

/// Bounded queue between the callers' threads and the store's. Threads: any.
class TaskQueue {
public:
    explicit TaskQueue(std::size_t capacity) : capacity_(capacity) {}

    enum class Pushed : unsigned char { yes, full, closed };
    /// Takes the task only when the answer is yes.
    [[nodiscard]] Pushed push(Task& task);
    /// Appends up to `limit` tasks, and waits for one if `tasks` is empty. It stays empty once the queue is
    /// closed and empty.
    void take(std::vector<Task>& tasks, std::size_t limit);
    /// No more tasks are accepted; those inside are still handed out.
    void close();

private:
    std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Task> tasks_;
    std::size_t waiting_ = 0;
    bool closed_ = false;
};

}  // namespace tenon::store::sqlite
