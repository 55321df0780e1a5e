#pragma once
// A server on a thread of its own, with an application made of one function.

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/log.hpp"
#include "http/server.hpp"

namespace tenon::http {

/// Keeps the lines that were logged.
class MemoryLog final : public Log {
public:
    bool is_on(LogLevel) const override { return true; }
    void write(LogLevel level, std::string_view event, std::span<const LogField> fields) override {
        const std::lock_guard lock(mutex_);
        text_ += log_line(UnixTime{}, level, event, fields) + "\n";
    }
    std::string text() const {
        const std::lock_guard lock(mutex_);
        return text_;
    }

private:
    mutable std::mutex mutex_;
    std::string text_;
};

class FunctionApplication final : public Application {
public:
    using Handler = std::function<asio::awaitable<Response>(Request)>;

    Handler handler = echo;
    Limits given;

    static asio::awaitable<Response> echo(Request request) {
        Response response;
        response.set("Content-Type", "text/plain");
        response.body = request.method + " " + request.target + " " + request.body;
        co_return response;
    }
    Limits limits(const Request&) const override { return given; }
    asio::awaitable<Response> handle(Request request) override { return handler(std::move(request)); }
    Response refused(int status, std::string_view code, std::string_view,
                     std::string_view id) const override {
        Response response;
        response.status = status;
        response.body = "refused " + std::string(code) + " " + std::string(id);
        return response;
    }
};

class RunningServer {
public:
    explicit RunningServer(FunctionApplication& application, ServerOptions options = {}, int threads = 1)
        : server_(with_log(std::move(options)), application) {
        std::vector<asio::io_context*> pointers;
        for (int i = 0; i < threads; ++i)
            pointers.push_back(contexts_.emplace_back(std::make_unique<asio::io_context>(1)).get());
        auto started = server_.start(pointers);
        if (!started) ADD_FAILURE() << started.error().detail;
        port = started.value_or(0);
        for (auto* context : pointers) threads_.emplace_back([context] { context->run(); });
    }
    ~RunningServer() {
        if (!is_stopped_) stop(std::chrono::seconds(5));
        for (auto& thread : threads_) thread.join();  // the contexts run out of work by themselves
    }

    /// Once: the contexts end afterwards.
    void stop(std::chrono::milliseconds patience) {
        is_stopped_ = true;
        auto stopped = asio::co_spawn(*contexts_.front(), server_.stop(patience), asio::use_future);
        EXPECT_EQ(stopped.wait_for(std::chrono::seconds(20)), std::future_status::ready);
    }
    Server& server() { return server_; }
    asio::io_context& context() { return *contexts_.front(); }
    std::string logged() const { return log_.text(); }

    unsigned short port = 0;

private:
    ServerOptions with_log(ServerOptions options) {
        options.log = &log_;
        return options;
    }

    MemoryLog log_;
    std::vector<std::unique_ptr<asio::io_context>> contexts_;
    Server server_;
    std::vector<std::thread> threads_;
    bool is_stopped_ = false;
};

}  // namespace tenon::http
