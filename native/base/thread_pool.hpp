#pragma once
// Blocking work (SQLite, RSA, key derivation) on a pool, its result on the caller's own executor.

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace tenon {

/// Runs `work` on a thread of `pool` and resumes the caller where it was. `work` may be move-only, returns by
/// value (not void), and owns what it uses: the caller may be cancelled while it runs, but it is never
/// interrupted. What it throws is thrown here. Give a closure that owns something a name and move it in: g++
/// 12 destroys a closure (or another aggregate) written inside a co_await expression twice. Cost: two posts,
/// about three microseconds.
template <typename F, typename T = std::invoke_result_t<F&>>
boost::asio::awaitable<T> run_on(boost::asio::thread_pool& pool, F work) {
    namespace asio = boost::asio;
    auto start = [](auto handler, asio::thread_pool* where, F task) {
        // Built by name, not by make_work_guard(handler): the guard must outlive the moved-from handler.
        auto guard = asio::make_work_guard(asio::get_associated_executor(handler));
        asio::post(*where, [handler = std::move(handler), task = std::move(task),
                            guard = std::move(guard)]() mutable {
            std::exception_ptr failure;
            std::optional<T> result;
            try {
                result.emplace(task());
            } catch (...) {
                failure = std::current_exception();
            }
            auto executor = guard.get_executor();
            asio::post(executor,
                       [handler = std::move(handler), failure, result = std::move(result)]() mutable {
                           std::move(handler)(failure, std::move(result));
                       });
        });
    };
    std::optional<T> result = co_await asio::async_initiate<const asio::use_awaitable_t<>,
                                                            void(std::exception_ptr, std::optional<T>)>(
        std::move(start), asio::use_awaitable, &pool, std::move(work));
    co_return std::move(*result);
}

}  // namespace tenon
