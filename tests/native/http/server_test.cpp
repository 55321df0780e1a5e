#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/ids.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

namespace tenon::http {
namespace {

using std::string;
using testing::Test;

constexpr std::string_view get = "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n";

bool contains(const string& text, std::string_view part) { return text.find(part) != string::npos; }

class ServerTest : public Test {
protected:
    FunctionApplication application;
};

TEST_F(ServerTest, answers_with_its_own_headers_and_keeps_the_connection) {
    RunningServer server(application);
    RawClient client(server.port);
    const string first = client.exchange(get);
    EXPECT_TRUE(first.starts_with("HTTP/1.1 200 OK\r\n")) << first;
    EXPECT_TRUE(first.ends_with("\r\n\r\nGET /a?b=c ")) << first;
    for (const char* line : {"X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
                             "Cache-Control: no-store\r\n", "Content-Length: 11\r\n", "Date: "})
        EXPECT_TRUE(contains(first, line)) << line << first;
    EXPECT_FALSE(contains(first, "Connection:")) << first;
    EXPECT_FALSE(contains(first, "Server:")) << first;
    EXPECT_TRUE(client.exchange(get).ends_with("GET /a?b=c "));
}

TEST_F(ServerTest, gives_each_request_an_id_that_the_handler_and_the_client_see) {
    application.handler = [](Request request) -> asio::awaitable<Response> {
        Response response;
        response.body = request.request_id;
        co_return response;
    };
    RunningServer server(application);
    RawClient client(server.port);
    const string reply = client.exchange(get);
    const string id = reply.substr(reply.size() - 36);
    EXPECT_TRUE(Uuid::parse(id)) << reply;
    EXPECT_TRUE(contains(reply, "X-Request-Id: " + id + "\r\n")) << reply;
    EXPECT_FALSE(contains(client.exchange(get), id));
}

TEST_F(ServerTest, keeps_what_the_application_sets_except_framing) {
    application.handler = [](Request) -> asio::awaitable<Response> {
        Response response;
        response.set("Cache-Control", "max-age=60");
        response.set("Content-Length", "99");
        response.set("Transfer-Encoding", "chunked");
        response.set("X-Request-Id", "forged");
        response.body = "ok";
        co_return response;
    };
    RunningServer server(application);
    const string reply = RawClient(server.port).exchange(get);
    EXPECT_TRUE(contains(reply, "Cache-Control: max-age=60\r\n"));
    EXPECT_FALSE(contains(reply, "no-store"));
    EXPECT_FALSE(contains(reply, "99"));
    EXPECT_FALSE(contains(reply, "chunked"));
    EXPECT_FALSE(contains(reply, "forged"));
}

TEST_F(ServerTest, answers_pipelined_requests_in_order) {
    RunningServer server(application);
    RawClient client(server.port);
    client.send(
        "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"
        "POST /2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
        "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(client.read_reply().ends_with("POST /1 one"));
    EXPECT_TRUE(client.read_reply().ends_with("POST /2 two"));
    EXPECT_TRUE(client.read_reply().ends_with("GET /3 "));
}

TEST_F(ServerTest, reads_a_request_that_comes_byte_by_byte) {
    RunningServer server(application);
    RawClient client(server.port);
    for (const char c : string("POST /s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "2;ext=1\r\nab\r\n1\r\nc\r\n0\r\nTrailer: t\r\n\r\n"))
        client.send(string(1, c));
    EXPECT_TRUE(client.read_reply().ends_with("POST /s abc"));
    EXPECT_TRUE(client.exchange(get).ends_with("GET /a?b=c ")) << "nothing is left over";
}

TEST_F(ServerTest, answers_a_head_request_without_a_body) {
    RunningServer server(application);
    RawClient client(server.port);
    client.send("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(contains(client.read_head(), "Content-Length: 8\r\n"));
    EXPECT_TRUE(client.exchange(get).starts_with("HTTP/1.1 200 OK\r\n")) << "no body in between";
}

TEST_F(ServerTest, sends_no_length_with_204) {
    application.handler = [](Request) -> asio::awaitable<Response> {
        Response response;
        response.status = 204;
        response.body = "never sent";
        co_return response;
    };
    RunningServer server(application);
    RawClient client(server.port);
    for (int i = 0; i < 2; ++i) {
        client.send(get);
        const string head = client.read_head();
        EXPECT_TRUE(head.starts_with("HTTP/1.1 204 No Content\r\n")) << head;
        EXPECT_FALSE(contains(head, "Content-Length")) << head;
    }
}

TEST_F(ServerTest, a_client_that_closed_its_sending_side_still_gets_the_reply) {
    RunningServer server(application);
    RawClient client(server.port);
    client.send(get);
    client.half_close();
    EXPECT_TRUE(client.read_all().ends_with("GET /a?b=c "));
}

TEST_F(ServerTest, closes_when_the_client_asks_for_it) {
    RunningServer server(application);
    RawClient client(server.port);
    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const string reply = client.read_all();
    EXPECT_TRUE(contains(reply, "Connection: close\r\n")) << reply;
    EXPECT_TRUE(reply.ends_with("GET / ")) << reply;
}

TEST_F(ServerTest, speaks_http_1_0_with_and_without_keep_alive) {
    RunningServer server(application);
    EXPECT_TRUE(contains(
        [&] {
            RawClient client(server.port);
            client.send("GET / HTTP/1.0\r\n\r\n");
            return client.read_all();
        }(),
        "Connection: close\r\n"));
    RawClient client(server.port);
    EXPECT_TRUE(contains(client.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
                         "Connection: keep-alive"));
    EXPECT_TRUE(client.exchange(get).starts_with("HTTP/1.1 200"));
}

TEST_F(ServerTest, a_handler_that_throws_is_logged_and_answered_as_500_on_a_usable_connection) {
    application.handler = [](Request request) -> asio::awaitable<Response> {
        if (request.path == "/bad") throw std::runtime_error("broken \"thing\"");
        co_return Response{};
    };
    RunningServer server(application);
    RawClient client(server.port);
    const string reply = client.exchange("GET /bad HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 500 ")) << reply;
    EXPECT_FALSE(contains(reply, "broken"));
    EXPECT_TRUE(contains(server.logged(), "handler_failed"));
    EXPECT_TRUE(contains(server.logged(), "broken \\\"thing\\\""));
    EXPECT_TRUE(client.exchange(get).starts_with("HTTP/1.1 200"));
}

TEST_F(ServerTest, never_writes_a_header_that_would_end_a_line) {
    application.handler = [](Request request) -> asio::awaitable<Response> {
        Response response;
        response.set("Location", request.path == "/v" ? "a\r\nSet-Cookie: x=1" : "fine");
        if (request.path == "/n") response.set("A\r\nB", "c");
        co_return response;
    };
    RunningServer server(application);
    for (const char* path : {"/v", "/n"}) {
        const string reply =
            RawClient(server.port).exchange(string("GET ") + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_TRUE(reply.starts_with("HTTP/1.1 500 ")) << reply;
        EXPECT_FALSE(contains(reply, "Set-Cookie"));
    }
}

asio::awaitable<void> count_to_three(std::shared_ptr<Stream> stream) {
    for (const char* chunk : {"one", "", "two", "a longer chunk of text"}) {
        const bool is_open = co_await stream->write(chunk);
        if (!is_open) co_return;
    }
}

TEST_F(ServerTest, streams_chunks_and_keeps_the_connection) {
    application.handler = [](Request request) -> asio::awaitable<Response> {
        Response response;
        if (request.path == "/s") response.stream = count_to_three;
        co_return response;
    };
    RunningServer server(application);
    RawClient client(server.port);
    client.send("GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(contains(client.read_head(), "Transfer-Encoding: chunked\r\n"));
    EXPECT_EQ(client.read_until("0\r\n\r\n"),
              "3\r\none\r\n3\r\ntwo\r\n16\r\na longer chunk of text\r\n0\r\n\r\n");
    EXPECT_TRUE(client.exchange(get).starts_with("HTTP/1.1 200"));

    RawClient old(server.port);
    old.send("GET /s HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const string reply = old.read_all();
    EXPECT_TRUE(reply.ends_with("\r\n\r\nonetwoa longer chunk of text")) << reply;
    EXPECT_FALSE(contains(reply, "chunked"));
}

TEST_F(ServerTest, a_stream_that_throws_ends_without_its_last_chunk) {
    application.handler = [](Request) -> asio::awaitable<Response> {
        Response response;
        response.stream = [](std::shared_ptr<Stream> stream) -> asio::awaitable<void> {
            co_await stream->write("part");
            throw std::runtime_error("lost");
        };
        co_return response;
    };
    RunningServer server(application);
    RawClient client(server.port);
    client.send(get);
    const string reply = client.read_all();
    EXPECT_TRUE(reply.ends_with("4\r\npart\r\n")) << reply;
    EXPECT_TRUE(contains(server.logged(), "stream_failed"));
}

TEST_F(ServerTest, a_stream_notices_that_its_client_has_gone) {
    std::promise<void> gone;
    application.handler = [&gone](Request) -> asio::awaitable<Response> {
        Response response;
        response.stream = [&gone](std::shared_ptr<Stream> stream) -> asio::awaitable<void> {
            asio::steady_timer timer(co_await asio::this_coro::executor);
            bool is_open = true;
            while (is_open) {
                is_open = co_await stream->write("tick\n");
                timer.expires_after(std::chrono::milliseconds(5));
                co_await timer.async_wait(asio::use_awaitable);
            }
            gone.set_value();
        };
        co_return response;
    };
    RunningServer server(application);
    {
        RawClient client(server.port);
        client.send(get);
        client.read_until("tick");
    }
    EXPECT_EQ(gone.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST_F(ServerTest, sends_a_large_body_to_a_slow_reader) {
    const string body(5'000'000, 'b');
    application.handler = [&body](Request) -> asio::awaitable<Response> {
        Response response;
        response.body = body;
        co_return response;
    };
    RunningServer server(application);
    RawClient client(server.port);
    client.send(get);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const string reply = client.read_reply();
    EXPECT_GT(reply.size(), body.size());
    EXPECT_TRUE(reply.ends_with(body));
}

TEST_F(ServerTest, serves_many_connections_on_two_threads) {
    RunningServer server(application, {}, 2);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 50; ++i) clients.push_back(std::make_unique<RawClient>(server.port));
    for (int round = 0; round < 20; ++round) {
        for (auto& client : clients) client->send(get);
        for (auto& client : clients) ASSERT_TRUE(client->read_reply().ends_with("GET /a?b=c "));
    }
    // A request ends after its reply was sent, so a client may know of it first.
    for (int i = 0; i < 1000 && server.server().running() > 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(server.server().running(), 0U);
}

}  // namespace
}  // namespace tenon::http
