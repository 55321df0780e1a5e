#include "base/task_group.hpp"

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <list>
#include <mutex>

namespace tenon {

namespace asio = boost::asio;

namespace {

struct Task {
    std::string name;
    asio::cancellation_signal cancel;
};

}  // namespace

struct TaskGroup::State {
    State(asio::any_io_executor where, Log& to) : executor(std::move(where)), log(to) {}

    asio::any_io_executor executor;
    Log& log;
    std::atomic<bool> stopping{false};
    mutable std::mutex mutex;
    std::list<Task> tasks;                  // under mutex; the signals are used on the executor only
    std::list<asio::steady_timer*> pauses;  // on the executor only

    std::size_t count() const {
        const std::lock_guard lock(mutex);
        return tasks.size();
    }

    void ended(std::list<Task>::iterator task, const std::exception_ptr& failure) {
        try {
            if (failure) std::rethrow_exception(failure);
        } catch (const boost::system::system_error& error) {
            if (!stopping || error.code() != asio::error::operation_aborted) report(task->name, error.what());
        } catch (const std::exception& error) {
            report(task->name, error.what());
        } catch (...) {
            report(task->name, "unknown exception");
        }
        const std::lock_guard lock(mutex);
        tasks.erase(task);
    }

    void report(const std::string& name, const char* cause) {
        log.error("task_failed", {{"task", name}, {"cause", cause}});
    }

    void cancel_all() {
        std::list<asio::cancellation_signal*> signals;
        {
            const std::lock_guard lock(mutex);
            for (Task& task : tasks) signals.push_back(&task.cancel);
        }
        for (auto* signal : signals) signal->emit(asio::cancellation_type::terminal);
    }

    asio::awaitable<void> wait_until_empty(std::chrono::milliseconds patience) {
        const auto end = std::chrono::steady_clock::now() + patience;
        asio::steady_timer timer(executor);
        while (count() > 0 && std::chrono::steady_clock::now() < end) {
            timer.expires_after(std::chrono::milliseconds(5));
            co_await timer.async_wait(asio::use_awaitable);
        }
    }
};

TaskGroup::TaskGroup(asio::any_io_executor executor, Log& log)
    : state_(std::make_shared<State>(std::move(executor), log)) {}

TaskGroup::~TaskGroup() {
    state_->stopping = true;
    if (state_->count() > 0) asio::dispatch(state_->executor, [state = state_] { state->cancel_all(); });
}

bool TaskGroup::start(std::string name, asio::awaitable<void> work) {
    std::list<Task>::iterator task;
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->stopping) return false;
        task = state_->tasks.emplace(state_->tasks.end());
        task->name = std::move(name);
    }
    asio::co_spawn(state_->executor, std::move(work),
                   asio::bind_cancellation_slot(task->cancel.slot(),
                                                [state = state_, task](const std::exception_ptr& failure) {
                                                    state->ended(task, failure);
                                                }));
    return true;
}

asio::awaitable<bool> TaskGroup::pause(std::chrono::milliseconds time) {
    const auto state = state_;
    if (state->stopping) co_return false;
    asio::steady_timer timer(state->executor, time);
    const auto place = state->pauses.insert(state->pauses.end(), &timer);
    boost::system::error_code ec;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    state->pauses.erase(place);
    co_return !state->stopping;
}

asio::awaitable<bool> TaskGroup::drain(std::chrono::milliseconds patience) {
    const auto state = state_;
    {
        const std::lock_guard lock(state->mutex);
        state->stopping = true;
    }
    for (auto* timer : state->pauses) timer->cancel();
    co_await state->wait_until_empty(patience);
    if (state->count() > 0) {
        state->cancel_all();
        co_await state->wait_until_empty(std::chrono::seconds(1));
    }
    const std::lock_guard lock(state->mutex);
    for (const Task& task : state->tasks) state->log.warning("task_left", {{"task", task.name}});
    co_return state->tasks.empty();
}

std::size_t TaskGroup::running() const { return state_->count(); }
bool TaskGroup::is_stopping() const { return state_->stopping; }

}  // namespace tenon
