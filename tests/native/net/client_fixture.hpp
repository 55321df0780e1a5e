#pragma once
// A client on a context that the test runs itself, one call after the other or several at once.

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <optional>

#include "net/http_client.hpp"
#include "scripted_provider.hpp"

namespace tenon::net {

class ClientTest : public testing::Test {
protected:
    /// A client that may call `provider`.
    void admit(const ScriptedProvider& provider) { options.admitted.push_back({"127.0.0.1", provider.port}); }

    HttpClient& client() {
        if (!client_) client_ = make_http_client(context, options);
        return *client_;
    }
    std::future<CallResult> start(OutboundRequest request) {
        return asio::co_spawn(context, client().call(std::move(request)), asio::use_future);
    }
    CallResult finish(std::future<CallResult>& result) {
        context.restart();
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            if (std::chrono::steady_clock::now() > end) {
                ADD_FAILURE() << "the call never ended";
                return tl::unexpected(CallFailure{});
            }
            context.run_one_for(std::chrono::milliseconds(50));
        }
        return result.get();
    }
    CallResult call(OutboundRequest request) {
        auto result = start(std::move(request));
        return finish(result);
    }
    CallResult get(const std::string& url) {
        OutboundRequest request;
        request.method = "GET";
        request.url = url;
        return call(std::move(request));
    }
    static OutboundRequest post(const std::string& url, std::string body) {
        OutboundRequest request;
        request.method = "POST";
        request.url = url;
        request.body = std::move(body);
        return request;
    }

    asio::io_context context{1};
    ClientOptions options;

private:
    std::unique_ptr<HttpClient> client_;
};

/// The failure's code and how far the request got, for one EXPECT_EQ.
inline std::string outcome(const CallResult& result) {
    if (result) return "reply " + std::to_string(result->status);
    return std::string(id_of(result.error().error.code)) +
           (result.error().first_byte_sent ? " sent" : " not sent");
}

}  // namespace tenon::net
