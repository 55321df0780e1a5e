#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <memory>
#include <stdexcept>
#include <thread>

#include "base/deadline.hpp"
#include "base/thread_pool.hpp"

namespace tenon {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

/// Runs one coroutine on a context of its own.
template <typename T>
T run(asio::awaitable<T> work) {
    asio::io_context context(1);
    auto result = asio::co_spawn(context, std::move(work), asio::use_future);
    context.run();
    return result.get();
}

asio::awaitable<int> slow_seven(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
    co_return 7;
}

asio::awaitable<void> sleep_for(std::chrono::milliseconds time) { (void)co_await slow_seven(time); }

asio::awaitable<int> broken() {
    throw std::runtime_error("broken");
    co_return 0;
}

TEST(DeadlineTest, gives_the_result_of_work_that_is_in_time) {
    EXPECT_EQ(run(within(10s, slow_seven(1ms))), std::optional<int>(7));
}

TEST(DeadlineTest, gives_nothing_when_time_is_over_and_cancels_the_work) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(run(within(20ms, slow_seven(1h))), std::nullopt);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(DeadlineTest, passes_on_what_the_work_throws_at_once) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THROW(run(within(1h, broken())), std::runtime_error);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(DeadlineTest, says_whether_work_without_result_ended) {
    EXPECT_TRUE(run(within(10s, sleep_for(1ms))));
    EXPECT_FALSE(run(within(10ms, sleep_for(1h))));
}

asio::awaitable<bool> returns_to_its_thread(asio::thread_pool& pool) {
    const auto here = std::this_thread::get_id();
    auto owned = std::make_unique<int>(5);
    auto work = [owned = std::move(owned)] {
        return *owned == 5 ? std::this_thread::get_id() : std::thread::id();
    };
    const auto there = co_await run_on(pool, std::move(work));
    co_return std::this_thread::get_id() == here&& there != here&& there != std::thread::id();
}

TEST(ThreadPoolTest, works_on_the_pool_and_resumes_on_the_callers_thread) {
    asio::thread_pool pool(2);
    EXPECT_TRUE(run(returns_to_its_thread(pool)));
    pool.join();
}

TEST(ThreadPoolTest, passes_on_what_the_work_throws) {
    asio::thread_pool pool(1);
    EXPECT_THROW(run(run_on(pool, []() -> int { throw std::runtime_error("broken"); })), std::runtime_error);
    pool.join();
}

struct NoDefault {
    explicit NoDefault(int v) : value(v) {}
    int value;
};

asio::awaitable<int> unwrapped(asio::thread_pool& pool) {
    const NoDefault result = co_await run_on(pool, [] { return NoDefault(3); });
    co_return result.value;
}

TEST(ThreadPoolTest, returns_values_that_have_no_default) {
    asio::thread_pool pool(1);
    EXPECT_EQ(run(unwrapped(pool)), 3);
    pool.join();
}

}  // namespace
}  // namespace tenon
