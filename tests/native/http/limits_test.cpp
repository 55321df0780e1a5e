#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "http/request_reader.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

namespace tenon::http {
namespace {

using namespace std::chrono_literals;
using std::string;

bool contains(const string& text, std::string_view part) { return text.find(part) != string::npos; }

string post(std::size_t length, std::string_view extra = "") {
    return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(length) + "\r\n" +
           string(extra) + "\r\n";
}

string chunk(std::size_t size) {
    char line[32];
    std::snprintf(line, sizeof line, "%zx\r\n", size);
    return line + string(size, 'c') + "\r\n";
}

constexpr std::string_view chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

class LimitsTest : public testing::Test {
protected:
    FunctionApplication application;
};

TEST_F(LimitsTest, a_body_at_the_limit_passes_and_one_byte_more_is_413) {
    application.given.body_bytes = 1000;
    RunningServer server(application);
    RawClient client(server.port);
    EXPECT_TRUE(client.exchange(post(1000) + string(1000, 'b')).starts_with("HTTP/1.1 200"));
    const string reply = client.exchange(post(1001) + string(1001, 'b'));
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 413 ")) << reply;
    EXPECT_TRUE(contains(reply, "refused body_too_large "));
    EXPECT_TRUE(contains(reply, "Connection: close\r\n"));
}

TEST_F(LimitsTest, a_declared_length_over_the_limit_is_refused_before_the_body_comes) {
    application.given.body_bytes = 10;
    RunningServer server(application);
    RawClient client(server.port);
    EXPECT_TRUE(client.exchange(post(11)).starts_with("HTTP/1.1 413 "));
    EXPECT_TRUE(RawClient(server.port).exchange(post(999'999'999'999'999'999)).starts_with("HTTP/1.1 413 "));
}

TEST_F(LimitsTest, a_limit_above_the_parsers_own_default_is_honoured) {
    application.given.body_bytes = 3'000'000;
    RunningServer server(application);
    RawClient client(server.port);
    EXPECT_GT(client.exchange(post(3'000'000) + string(3'000'000, 'b')).size(), 3'000'000U);
    client.send(string(chunked) + chunk(2'000'000) + chunk(1'000'000) + "0\r\n\r\n");
    EXPECT_TRUE(client.read_reply().starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(client.exchange(post(3'000'001)).starts_with("HTTP/1.1 413 "));
}

TEST_F(LimitsTest, a_chunked_body_is_counted_without_its_framing) {
    application.given.body_bytes = 1000;
    RunningServer server(application);
    RawClient client(server.port);
    string ones;
    for (int i = 0; i < 1000; ++i) ones += chunk(1);
    EXPECT_TRUE(client.exchange(string(chunked) + ones + "0\r\n\r\n").starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(
        client.exchange(string(chunked) + ones + chunk(1) + "0\r\n\r\n").starts_with("HTTP/1.1 413 "));
}

TEST_F(LimitsTest, a_client_that_sends_ten_megabytes_too_much_gets_to_see_the_413) {
    application.given.body_bytes = 1'000'000;
    RunningServer server(application);
    RawClient client(server.port);
    client.send(chunked);
    for (int i = 0; i < 160; ++i) client.send(chunk(65'536));
    const string reply = client.read_reply();
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 413 ")) << reply.substr(0, 100);
}

TEST_F(LimitsTest, a_header_at_the_limit_passes_and_one_byte_more_is_431) {
    ServerOptions options;
    options.header_bytes = 2000;
    RunningServer server(application, options);
    const string start = "GET / HTTP/1.1\r\nHost: x\r\nA: ";
    const auto request = [&](std::size_t size) {
        return start + string(size - start.size() - 4, 'a') + "\r\n\r\n";
    };
    RawClient client(server.port);
    EXPECT_TRUE(client.exchange(request(2000)).starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(client.exchange(request(2001)).starts_with("HTTP/1.1 431 "));
    RawClient slow(server.port);
    for (const char c : request(2001)) slow.send(string(1, c));
    EXPECT_TRUE(slow.read_reply().starts_with("HTTP/1.1 431 "));
    RawClient endless(server.port);
    for (int i = 0; i < 100; ++i) endless.send("B: " + string(100, 'b') + "\r\n");
    EXPECT_TRUE(endless.read_reply().starts_with("HTTP/1.1 4"));
}

TEST_F(LimitsTest, one_header_field_too_many_is_431) {
    RunningServer server(application);
    const auto request = [](std::size_t fields) {
        string text = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (std::size_t i = 1; i < fields; ++i) text += "a: b\r\n";
        return text + "\r\n";
    };
    RawClient client(server.port);
    EXPECT_TRUE(client.exchange(request(RequestReader::max_headers)).starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(client.exchange(request(RequestReader::max_headers + 1)).starts_with("HTTP/1.1 431 "));
}

TEST_F(LimitsTest, a_slow_header_is_408_and_a_silent_connection_is_closed) {
    ServerOptions options;
    options.header_time = 200ms;
    options.idle_time = 300ms;
    RunningServer server(application, options);
    RawClient slow(server.port);
    const auto start = std::chrono::steady_clock::now();
    slow.send("GET / HTTP/1.1\r\nHo");
    EXPECT_TRUE(slow.read_reply().starts_with("HTTP/1.1 408 "));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    RawClient dripping(server.port);  // each byte is in time, the whole is not
    dripping.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 40 && dripping.send("a"); ++i) std::this_thread::sleep_for(20ms);
    EXPECT_TRUE(dripping.read_reply().starts_with("HTTP/1.1 408 "));
    RawClient silent(server.port);
    EXPECT_TRUE(silent.is_closed());
}

TEST_F(LimitsTest, a_slow_body_is_408_although_its_bytes_keep_coming) {
    application.given.body_time = 300ms;
    RunningServer server(application);
    RawClient client(server.port);
    client.send(post(1000));
    for (int i = 0; i < 50 && client.send("b"); ++i) std::this_thread::sleep_for(20ms);
    EXPECT_TRUE(client.read_reply().starts_with("HTTP/1.1 408 "));
}

asio::awaitable<Response> sleep_long(Request) {
    asio::steady_timer timer(co_await asio::this_coro::executor, 30s);
    co_await timer.async_wait(asio::use_awaitable);
    co_return Response{};
}

TEST_F(LimitsTest, a_slow_handler_is_cancelled_and_answered_as_503) {
    application.given.handler_time = 200ms;
    application.handler = sleep_long;
    RunningServer server(application);
    RawClient client(server.port);
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const string reply = client.read_all();
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 503 ")) << reply;
    EXPECT_TRUE(contains(reply, "Connection: close\r\n"));
    for (int i = 0; i < 100 && server.server().running() > 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(server.server().running(), 0U);
}

TEST_F(LimitsTest, a_handler_that_ignores_its_cancellation_delays_nobodys_answer) {
    application.given.handler_time = 200ms;
    std::atomic<bool> has_ended = false;
    application.handler = [&has_ended](Request) -> asio::awaitable<Response> {
        asio::steady_timer timer(co_await asio::this_coro::executor, 1500ms);
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        co_await timer.async_wait(asio::use_awaitable);
        has_ended = true;
        co_return Response{};
    };
    RunningServer server(application);
    RawClient client(server.port);
    EXPECT_TRUE(client.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 503 "));
    EXPECT_FALSE(has_ended);
    EXPECT_EQ(server.server().running(), 1U) << "it is still counted: stop() has to wait for it";
}

TEST_F(LimitsTest, one_connection_too_many_is_closed_at_once) {
    ServerOptions options;
    options.max_connections = 3;
    RunningServer server(application, options);
    constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port));
        EXPECT_TRUE(clients.back()->exchange(get).starts_with("HTTP/1.1 200"));
    }
    EXPECT_TRUE(RawClient(server.port).is_closed());
    clients.pop_back();
    string reply;
    for (int i = 0; i < 100 && reply.empty(); ++i) {
        std::this_thread::sleep_for(10ms);
        reply = RawClient(server.port).exchange(get);
    }
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 200")) << "the place is free again";
}

TEST_F(LimitsTest, asks_for_a_body_only_when_it_may_come) {
    application.given.body_bytes = 5;
    RunningServer server(application);
    RawClient client(server.port);
    client.send(post(5, "Expect: 100-continue\r\n"));
    EXPECT_EQ(client.read_head(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("12345");
    EXPECT_TRUE(client.read_reply().ends_with("POST / 12345"));
    EXPECT_TRUE(client.exchange(post(5, "Expect: 100-continue\r\n") + "12345").starts_with("HTTP/1.1 200"))
        << "the body was there already";
    EXPECT_TRUE(client.exchange(post(6, "Expect: 100-continue\r\n")).starts_with("HTTP/1.1 413 "));
}

}  // namespace
}  // namespace tenon::http
