#pragma once
// What every store must do, whatever it is built on. The suites of this folder are included by one test
// program per database, which says how a fresh store is made.

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "rows.hpp"
#include "store/store.hpp"

namespace tenon::store::contract {

/// One database, empty at first. open() may be called again after the store of the last call is gone.
class Backend {
public:
    virtual ~Backend() = default;
    virtual std::unique_ptr<Store> open() = 0;
};
struct BackendFactory {
    std::string name;
    std::function<std::unique_ptr<Backend>()> make;
};

/// The value of an asynchronous call; runs `context` until it is there.
template <typename T>
T wait_for(asio::io_context& context, asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr fault;
    auto keep = [](asio::awaitable<T> inner, std::optional<T>& into) -> asio::awaitable<void> {
        into.emplace(co_await std::move(inner));
    };
    asio::co_spawn(context, keep(std::move(work), value),
                   [&](std::exception_ptr e) { fault = std::move(e); });
    context.restart();
    context.run();
    if (fault) std::rethrow_exception(fault);
    return std::move(*value);
}
inline void wait_for(asio::io_context& context, asio::awaitable<void> work) {
    std::exception_ptr fault;
    asio::co_spawn(context, std::move(work), [&](std::exception_ptr e) { fault = std::move(e); });
    context.restart();
    context.run();
    if (fault) std::rethrow_exception(fault);
}

class StoreContract : public testing::TestWithParam<BackendFactory> {
protected:
    StoreContract() : backend_(GetParam().make()), store_(backend_->open()) {}

    Store& store() { return *store_; }
    Gate& gate() { return store_->gate(); }
    asio::io_context& context() { return context_; }
    void reopen() {
        store_.reset();
        store_ = backend_->open();
    }

    template <typename T>
    T wait(asio::awaitable<T> work) {
        return wait_for(context_, std::move(work));
    }
    // Through std::function, so that the coroutines are compiled once per result and not once per closure.
    template <typename F, typename R = std::invoke_result_t<F&, Unit&>>
    R write(Organisation organisation, F work) {
        return wait(store_->write(std::move(organisation), std::function<R(Unit&)>(std::move(work))));
    }
    template <typename F, typename R = std::invoke_result_t<F&, Unit&>>
    R read(Organisation organisation, F work) {
        return wait(store_->read(std::move(organisation), std::function<R(Unit&)>(std::move(work))));
    }

    Organisation make_organisation() {
        auto made = wait(gate().create_organisation(organisation_row(), api_key_row()));
        if (!made) throw std::runtime_error("no organisation: " + made.error().detail);
        return *made;
    }

private:
    std::unique_ptr<Backend> backend_;
    asio::io_context context_;
    std::unique_ptr<Store> store_;
};

/// `result` succeeded, or the message says why not.
template <typename T>
testing::AssertionResult succeeded(const Result<T>& result) {
    if (result) return testing::AssertionSuccess();
    return testing::AssertionFailure() << id_of(result.error().code) << " " << result.error().detail;
}
template <typename T>
testing::AssertionResult failed_with(const Result<T>& result, Errc code) {
    if (result) return testing::AssertionFailure() << "it succeeded";
    if (result.error().code == code) return testing::AssertionSuccess();
    return testing::AssertionFailure() << id_of(result.error().code) << " " << result.error().detail;
}

}  // namespace tenon::store::contract
