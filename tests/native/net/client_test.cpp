#include "client_fixture.hpp"

namespace tenon::net {
namespace {

using namespace std::chrono_literals;
using std::string;

const string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\nok";

TEST_F(ClientTest, sends_what_was_asked_and_the_framing_headers) {
    string seen;
    ScriptedProvider provider([&](Peer& peer, int) {
        seen = peer.request();
        peer.send(ok);
    });
    admit(provider);
    OutboundRequest request = post(provider.url("/p?q=1"), "{\"a\":1}");
    request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer t"}};
    const CallResult result = call(std::move(request));
    ASSERT_TRUE(result) << outcome(result);
    EXPECT_EQ(seen, "POST /p?q=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(provider.port) +
                        "\r\nContent-Type: application/json\r\nAuthorization: Bearer t\r\n"
                        "Accept-Encoding: identity\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
    EXPECT_EQ(result->status, 200);
    EXPECT_EQ(result->body, "ok");
    ASSERT_EQ(result->headers.size(), 3U);
    EXPECT_EQ(result->headers[2].first, "x-a");
}

TEST_F(ClientTest, uses_one_connection_for_calls_in_a_row) {
    ScriptedProvider provider(always(ok));
    admit(provider);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(get(provider.url())), "reply 200");
    EXPECT_EQ(provider.connections, 1);
}

TEST_F(ClientTest, opens_a_new_connection_after_a_reply_that_says_close) {
    ScriptedProvider provider(always("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    admit(provider);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(outcome(get(provider.url())), "reply 200");
    EXPECT_EQ(provider.connections, 2);
}

TEST_F(ClientTest, reconnects_when_the_provider_closed_an_idle_connection) {
    ScriptedProvider provider([](Peer& peer, int) {
        peer.request();
        peer.send(ok);
    });
    admit(provider);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(outcome(call(post(provider.url(), "b"))), "reply 200");
        std::this_thread::sleep_for(50ms);  // the provider's close arrives
    }
    EXPECT_EQ(provider.connections, 3);
}

TEST_F(ClientTest, does_not_reuse_a_connection_on_which_something_unasked_came) {
    ScriptedProvider provider([](Peer& peer, int) {
        while (!peer.request().empty()) {
            peer.send(ok);
            std::this_thread::sleep_for(50ms);
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        }
    });
    admit(provider);
    for (int i = 0; i < 2; ++i) {
        const CallResult result = get(provider.url());
        ASSERT_TRUE(result);
        EXPECT_EQ(result->body, "ok");
        std::this_thread::sleep_for(150ms);
    }
}

TEST_F(ClientTest, closes_connections_that_were_idle_for_long) {
    options.idle_time = 100ms;
    std::promise<bool> closed;
    ScriptedProvider provider([&](Peer& peer, int) {
        peer.request();
        peer.send(ok);
        closed.set_value(peer.is_closed());
    });
    admit(provider);
    EXPECT_EQ(outcome(get(provider.url())), "reply 200");
    context.restart();
    context.run_for(5s);  // returns when the reaper has nothing left
    auto result = closed.get_future();
    ASSERT_EQ(result.wait_for(5s), std::future_status::ready);
    EXPECT_TRUE(result.get());
}

TEST_F(ClientTest, reads_every_framing) {
    const string chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\nT: t\r\n\r\n";
    for (const string& reply :
         {string("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"), chunked,
          string("HTTP/1.1 200 OK\r\n\r\nabc"), string("HTTP/1.0 200 OK\r\n\r\nabc"),
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + chunked}) {
        ScriptedProvider provider([&](Peer& peer, int) {
            peer.request();
            for (const char c : reply) peer.send(string(1, c));
        });
        options.admitted = {{"127.0.0.1", provider.port}};
        auto fresh = make_http_client(context, options);
        OutboundRequest request;
        request.method = "GET";
        request.url = provider.url();
        auto pending = asio::co_spawn(context, fresh->call(std::move(request)), asio::use_future);
        const CallResult result = finish(pending);
        ASSERT_TRUE(result) << outcome(result) << reply;
        EXPECT_EQ(result->body, "abc") << reply;
        EXPECT_EQ(result->status, 200);
    }
}

TEST_F(ClientTest, a_reply_without_body_ends_with_its_head) {
    ScriptedProvider provider([](Peer& peer, int) {
        for (string request = peer.request(); !request.empty(); request = peer.request())
            peer.send(request.starts_with("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"
                                                  : "HTTP/1.1 204 No Content\r\n\r\n");
    });
    admit(provider);
    OutboundRequest head;
    head.method = "HEAD";
    head.url = provider.url();
    EXPECT_EQ(outcome(call(std::move(head))), "reply 200");
    EXPECT_EQ(outcome(get(provider.url())), "reply 204");
    EXPECT_EQ(provider.connections, 1);
}

TEST_F(ClientTest, follows_no_redirect) {
    ScriptedProvider provider(
        always("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));
    admit(provider);
    EXPECT_EQ(outcome(get(provider.url())), "reply 302");
    EXPECT_EQ(provider.connections, 1);
}

TEST_F(ClientTest, sends_and_receives_large_bodies) {
    string received;
    const string large(3'000'000, 'x');
    ScriptedProvider provider([&](Peer& peer, int) {
        received = peer.request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(large.size()) + "\r\n\r\n" + large);
    });
    admit(provider);
    OutboundRequest request = post(provider.url(), large);
    request.max_reply_bytes = large.size();
    const CallResult result = call(std::move(request));
    ASSERT_TRUE(result) << outcome(result);
    EXPECT_TRUE(result->body == large);
    EXPECT_TRUE(received.ends_with(large));
}

TEST_F(ClientTest, never_has_more_connections_to_a_host_than_allowed) {
    options.connections_per_host = 2;
    std::atomic<int> open{0}, most{0};
    ScriptedProvider provider([&](Peer& peer, int) {
        while (!peer.request().empty()) {
            most = std::max<int>(most, ++open);
            std::this_thread::sleep_for(50ms);
            --open;
            peer.send(ok);
        }
    });
    admit(provider);
    std::vector<std::future<CallResult>> results;
    for (int i = 0; i < 6; ++i) results.push_back(start(post(provider.url(), "b")));
    for (auto& result : results) EXPECT_EQ(outcome(finish(result)), "reply 200");
    EXPECT_EQ(most, 2);
    EXPECT_EQ(provider.connections, 2);
}

TEST_F(ClientTest, a_client_may_be_destroyed_while_it_calls) {
    ScriptedProvider provider([](Peer& peer, int) {
        peer.request();
        std::this_thread::sleep_for(100ms);
        peer.send(ok);
    });
    options.admitted = {{"127.0.0.1", provider.port}};
    auto short_lived = make_http_client(context, options);
    OutboundRequest request = post(provider.url(), "b");
    auto result = asio::co_spawn(context, short_lived->call(std::move(request)), asio::use_future);
    context.poll();
    short_lived.reset();
    EXPECT_EQ(outcome(finish(result)), "reply 200");
}

}  // namespace
}  // namespace tenon::net
