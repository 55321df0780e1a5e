#include <sys/resource.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <future>

#include "raw_client.hpp"
#include "running_server.hpp"

namespace tenon::http {
namespace {

using namespace std::chrono_literals;
using std::string;

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

asio::awaitable<Response> slow_reply(Request) {
    asio::steady_timer timer(co_await asio::this_coro::executor, 400ms);
    co_await timer.async_wait(asio::use_awaitable);
    Response response;
    response.body = "slow but complete";
    co_return response;
}

void wait_until_running(Server& server, std::size_t count) {
    for (int i = 0; i < 500 && server.running() != count; ++i) std::this_thread::sleep_for(5ms);
    ASSERT_EQ(server.running(), count);
}

class StopTest : public testing::Test {
protected:
    FunctionApplication application;
};

TEST_F(StopTest, lets_running_requests_end_and_closes_idle_connections_at_once) {
    application.handler = slow_reply;
    RunningServer server(application);
    RawClient idle(server.port), busy(server.port);
    busy.send(get);
    wait_until_running(server.server(), 1);
    server.stop(5s);
    EXPECT_TRUE(idle.is_closed());
    const string reply = busy.read_all();
    EXPECT_TRUE(reply.ends_with("slow but complete")) << reply;
    EXPECT_NE(reply.find("Connection: close\r\n"), string::npos) << reply;
    EXPECT_FALSE(RawClient(server.port).is_connected());
}

TEST_F(StopTest, closes_what_is_left_when_patience_is_over) {
    application.handler = slow_reply;
    RunningServer server(application);
    RawClient client(server.port);
    client.send(get);
    wait_until_running(server.server(), 1);
    const auto start = std::chrono::steady_clock::now();
    server.stop(10ms);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    EXPECT_TRUE(client.is_closed());
}

TEST_F(StopTest, ends_a_stream_that_waits_for_something_to_say) {
    application.handler = [](Request) -> asio::awaitable<Response> {
        Response response;
        response.stream = [](std::shared_ptr<Stream> stream) -> asio::awaitable<void> {
            co_await stream->write("hello");
            asio::steady_timer timer(co_await asio::this_coro::executor, 1h);
            co_await timer.async_wait(asio::use_awaitable);
        };
        co_return response;
    };
    RunningServer server(application);
    RawClient client(server.port);
    client.send(get);
    client.read_until("hello\r\n");
    const auto start = std::chrono::steady_clock::now();
    server.stop(5s);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
    EXPECT_EQ(client.read_all(), "0\r\n\r\n");
}

TEST_F(StopTest, says_that_a_port_is_taken) {
    RunningServer first(application);
    ServerOptions options;
    options.port = first.port;
    Server second(options, application);
    asio::io_context context;
    asio::io_context* contexts[] = {&context};
    const auto started = second.start(contexts);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Errc::unavailable);
}

TEST_F(StopTest, refuses_addresses_and_certificates_that_it_can_not_use) {
    asio::io_context context;
    asio::io_context* contexts[] = {&context};
    ServerOptions options;
    options.address = "localhost";
    EXPECT_EQ(Server(options, application).start(contexts).error().code, Errc::unavailable);
    options.address = "127.0.0.1";
    options.tls_cert_file = options.tls_key_file = "/nonexistent.pem";
    EXPECT_EQ(Server(options, application).start(contexts).error().field, "tls_cert");
}

/// Lowers the number of descriptors for as long as it lives.
class FewDescriptors {
public:
    explicit FewDescriptors(rlim_t count) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit lowered = before_;
        lowered.rlim_cur = count;
        ::setrlimit(RLIMIT_NOFILE, &lowered);
    }
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

TEST_F(StopTest, running_out_of_descriptors_delays_but_never_ends_the_listener) {
    RunningServer server(application);
    RawClient first(server.port);
    EXPECT_TRUE(first.exchange(get).starts_with("HTTP/1.1 200"));
    RawClient waiting(server.port);  // its descriptor exists; the server's side will not
    {
        std::vector<int> fillers;
        const FewDescriptors limit(64);
        for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) fillers.push_back(fd);
        ASSERT_FALSE(fillers.empty());
        ::close(fillers.back());  // one is left: the client takes it, accept() fails
        fillers.pop_back();
        RawClient starved(server.port);
        starved.send(get);
        for (int i = 0; i < 200 && server.logged().find("accept_failed") == string::npos; ++i)
            std::this_thread::sleep_for(10ms);
        EXPECT_NE(server.logged().find("accept_failed"), string::npos);
        EXPECT_TRUE(first.exchange(get).starts_with("HTTP/1.1 200")) << "open connections are served";
        for (const int fd : fillers) ::close(fd);
        EXPECT_TRUE(starved.read_reply().starts_with("HTTP/1.1 200")) << "and the waiting one comes later";
    }
    EXPECT_TRUE(waiting.exchange(get).starts_with("HTTP/1.1 200"));
}

}  // namespace
}  // namespace tenon::http
