#include "store/sqlite/task.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace tenon::store::sqlite {
namespace {

struct Answer {
    std::unique_ptr<Completion> done;
    std::exception_ptr fault;
    Result<void> outcome;
};

void deliver(std::vector<Answer>& answers) {
    std::exception_ptr first;
    for (auto& answer : answers) {
        try {
            answer.done->complete(std::move(answer.fault), std::move(answer.outcome));
        } catch (...) {  // one caller's fault must not swallow the others' answers
            if (!first) first = std::current_exception();
        }
    }
    if (first) std::rethrow_exception(first);
}

}  // namespace

void complete(std::vector<Task>& tasks) {
    std::vector<Answer> together;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (!tasks[i].executor) continue;
        const auto executor = std::move(tasks[i].executor);
        together.clear();
        for (std::size_t k = i; k < tasks.size(); ++k) {
            auto& task = tasks[k];
            if (k != i && (!task.executor || task.executor != executor)) continue;
            together.push_back({std::move(task.done), std::move(task.fault), std::move(task.outcome)});
            task.executor = {};
        }
        asio::post(executor, [answers = std::move(together)]() mutable { deliver(answers); });
    }
    tasks.clear();
}

bool run_closure(Task& task, Unit& unit) {
    task.fault = nullptr;
    try {
        task.outcome = task.work(unit);
        return task.outcome.has_value();
    } catch (...) {
        task.fault = std::current_exception();
        return false;
    }
}

TaskQueue::Pushed TaskQueue::push(Task& task) {
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return Pushed::closed;
        if (tasks_.size() >= capacity_) return Pushed::full;
        tasks_.push_back(std::move(task));
        wake = waiting_ > 0;
    }
    if (wake) filled_.notify_one();
    return Pushed::yes;
}

void TaskQueue::take(std::vector<Task>& tasks, std::size_t limit) {
    std::unique_lock lock(mutex_);
    if (tasks.empty()) {
        ++waiting_;
        filled_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
        --waiting_;
    }
    for (; limit > 0 && !tasks_.empty(); --limit) {
        tasks.push_back(std::move(tasks_.front()));
        tasks_.pop_front();
    }
}

void TaskQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    filled_.notify_all();
}

}  // namespace tenon::store::sqlite
