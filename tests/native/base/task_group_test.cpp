#include "base/task_group.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <stdexcept>

namespace tenon {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

class MemoryLog final : public Log {
public:
    bool is_on(LogLevel) const override { return true; }
    void write(LogLevel level, std::string_view event, std::span<const LogField> fields) override {
        text += log_line(UnixTime{}, level, event, fields) + "\n";
    }
    std::string text;
};

asio::awaitable<void> sleep(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> broken() {
    throw std::runtime_error("broken thing");
    co_return;
}

asio::awaitable<void> loop(TaskGroup& group, int& rounds) {
    bool goes_on = true;
    while (goes_on) {
        ++rounds;
        goes_on = co_await group.pause(1h);
    }
}

class TaskGroupTest : public testing::Test {
protected:
    bool drain(std::chrono::milliseconds patience) {
        auto done = asio::co_spawn(context, group.drain(patience), asio::use_future);
        context.restart();
        context.run();
        return done.get();
    }
    asio::io_context context{1};
    MemoryLog log;
    TaskGroup group{context.get_executor(), log};
};

TEST_F(TaskGroupTest, logs_what_a_task_throws_and_forgets_it) {
    EXPECT_TRUE(group.start("one", broken()));
    EXPECT_EQ(group.running(), 1U);
    context.run();
    EXPECT_EQ(group.running(), 0U);
    EXPECT_NE(log.text.find(R"("event":"task_failed","task":"one","cause":"broken thing")"),
              std::string::npos);
}

TEST_F(TaskGroupTest, draining_wakes_a_task_that_pauses) {
    int rounds = 0;
    group.start("loop", loop(group, rounds));
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(drain(10s));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    EXPECT_EQ(rounds, 1);
    EXPECT_EQ(log.text, "");
}

TEST_F(TaskGroupTest, draining_waits_for_a_task_that_is_about_to_end) {
    group.start("short", sleep(50ms));
    EXPECT_TRUE(drain(10s));
    EXPECT_EQ(log.text, "");
}

TEST_F(TaskGroupTest, draining_cancels_what_takes_longer_than_its_patience) {
    group.start("long", sleep(1h));
    EXPECT_TRUE(drain(20ms));
    EXPECT_EQ(log.text, "") << "a cancelled task is no failure";
}

asio::awaitable<void> stubborn(asio::steady_timer& timer) {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await timer.async_wait(asio::use_awaitable);
}

TEST_F(TaskGroupTest, draining_names_what_does_not_end) {
    asio::steady_timer timer(context, 3s);
    group.start("stubborn", stubborn(timer));
    auto done = asio::co_spawn(context, group.drain(10ms), asio::use_future);
    context.run_for(2s);
    ASSERT_EQ(done.wait_for(0s), std::future_status::ready);
    EXPECT_FALSE(done.get());
    EXPECT_NE(log.text.find(R"("task":"stubborn")"), std::string::npos) << log.text;
    timer.cancel();
    context.run();
}

TEST_F(TaskGroupTest, nothing_starts_after_draining) {
    EXPECT_TRUE(drain(1s));
    EXPECT_FALSE(group.start("late", sleep(1ms)));
    EXPECT_TRUE(group.is_stopping());
    EXPECT_EQ(group.running(), 0U);
}

TEST_F(TaskGroupTest, destroying_the_group_cancels_its_tasks) {
    {
        TaskGroup short_lived(context.get_executor(), log);
        short_lived.start("long", sleep(1h));
        context.poll();
    }
    context.run();  // would take an hour
    EXPECT_EQ(log.text, "");
}

}  // namespace
}  // namespace tenon
