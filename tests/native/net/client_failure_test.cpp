#include "client_fixture.hpp"
#include "net/reply_reader.hpp"

namespace tenon::net {
namespace {

using namespace std::chrono_literals;
using std::string;

const string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

ScriptedProvider::Script once(string reply) {
    return [reply = std::move(reply)](Peer& peer, int) {
        peer.request();
        peer.send(reply);
    };
}

TEST_F(ClientTest, refuses_addresses_that_are_not_public_however_they_are_written) {
    ScriptedProvider provider(always(ok));
    const string port = ":" + std::to_string(provider.port) + "/";
    for (const char* host :
         {"127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "0.0.0.0", "[::1]",
          "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::]", "10.0.0.1", "169.254.169.254"})
        EXPECT_EQ(outcome(get("http://" + string(host) + port)), "address_refused not sent") << host;
    EXPECT_EQ(provider.connections, 0);
}

TEST_F(ClientTest, admits_exact_pairs_of_host_and_port_only) {
    ScriptedProvider provider(always(ok)), other(always(ok));
    admit(provider);
    EXPECT_EQ(outcome(get(provider.url())), "reply 200");
    EXPECT_EQ(outcome(get(other.url())), "address_refused not sent");
    EXPECT_EQ(outcome(get("http://localhost:" + std::to_string(provider.port))), "address_refused not sent");
    EXPECT_EQ(other.connections, 0);
}

TEST_F(ClientTest, refuses_requests_that_can_not_be_written_safely) {
    for (const char* url :
         {"", "/x", "ftp://example.com/", "http://u:p@example.com/", "http://example.com/#f",
          "http://exa mple.com/", "http://example.com:0/", "http://example.com/\r\nX: y"})
        EXPECT_EQ(outcome(get(url)), "malformed_request not sent") << url;
    OutboundRequest request = post("http://example.com/", "");
    request.headers = {{"X-A", "b\r\nX-Injected: 1"}};
    EXPECT_EQ(outcome(call(std::move(request))), "malformed_request not sent");
}

TEST_F(ClientTest, says_that_nothing_was_sent_when_nobody_listens) {
    unsigned short port = 0;
    {
        ScriptedProvider gone(always(ok));
        port = gone.port;
    }
    options.admitted = {{"127.0.0.1", port}};
    EXPECT_EQ(outcome(get("http://127.0.0.1:" + std::to_string(port) + "/")), "connect_failed not sent");
}

TEST_F(ClientTest, an_unknown_host_is_a_failed_connection) {
    options.resolve_time = 2s;
    EXPECT_EQ(outcome(get("http://no-such-host.invalid/")), "connect_failed not sent");
}

TEST_F(ClientTest, a_provider_that_stalls_is_given_up_in_time) {
    for (const char* start_of_reply :
         {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"}) {
        ScriptedProvider provider([&](Peer& peer, int) {
            peer.request();
            peer.send(start_of_reply);
            peer.is_closed();  // waits for the client
        });
        options.admitted.push_back({"127.0.0.1", provider.port});
        auto fresh = make_http_client(context, options);
        OutboundRequest request = post(provider.url(), "b");
        request.timeout = 200ms;
        auto pending = asio::co_spawn(context, fresh->call(std::move(request)), asio::use_future);
        const CallResult result = finish(pending);
        EXPECT_EQ(outcome(result), "execution_timeout sent") << start_of_reply;
        ASSERT_FALSE(result);
        EXPECT_GE(result.error().elapsed, 200ms);
    }
}

TEST_F(ClientTest, a_dripping_provider_does_not_stretch_the_deadline) {
    ScriptedProvider provider([](Peer& peer, int) {
        peer.request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        for (int i = 0; i < 100; ++i) {
            peer.send("x");
            std::this_thread::sleep_for(10ms);
        }
    });
    admit(provider);
    OutboundRequest request = post(provider.url(), "b");
    request.timeout = 200ms;
    EXPECT_EQ(outcome(call(std::move(request))), "execution_timeout sent");
}

TEST_F(ClientTest, a_reply_that_is_cut_or_garbage_leaves_the_outcome_unknown) {
    for (const string& reply :
         {string(""), string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"),
          string("HTTP/1.1 200 OK\r\nContent-"),
          string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
          string("SSH-2.0-OpenSSH_9\r\n\r\n"),
          string("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc"),
          string("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
          string("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), string("\0\0\0\0\r\n\r\n", 8)}) {
        ScriptedProvider provider(once(reply));
        options.admitted = {{"127.0.0.1", provider.port}};
        auto fresh = make_http_client(context, options);
        OutboundRequest request = post(provider.url(), "b");
        auto pending = asio::co_spawn(context, fresh->call(std::move(request)), asio::use_future);
        EXPECT_EQ(outcome(finish(pending)), "outcome_unknown sent") << reply;
        EXPECT_EQ(provider.connections, 1) << "nothing is repeated";
    }
}

TEST_F(ClientTest, a_request_that_changes_something_is_never_repeated_on_its_own) {
    ScriptedProvider provider([](Peer& peer, int) {
        peer.request();
        peer.send(ok);
        peer.request();  // the second request is read, then the connection cut
    });
    admit(provider);
    EXPECT_EQ(outcome(call(post(provider.url(), "first"))), "reply 200");
    EXPECT_EQ(outcome(call(post(provider.url(), "second"))), "outcome_unknown sent");
    EXPECT_EQ(provider.connections, 1);
}

TEST_F(ClientTest, a_get_on_a_kept_connection_that_was_cut_is_repeated_once) {
    ScriptedProvider provider([](Peer& peer, int number) {
        peer.request();
        if (number < 2) peer.send(ok);
        if (number == 0) peer.request();
    });
    admit(provider);
    EXPECT_EQ(outcome(get(provider.url())), "reply 200");
    EXPECT_EQ(outcome(get(provider.url())), "reply 200") << "repeated on a second connection";
    EXPECT_EQ(provider.connections, 2);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(outcome(get(provider.url())), "outcome_unknown sent") << "a first try is not repeated";
    EXPECT_EQ(provider.connections, 3);
}

TEST_F(ClientTest, a_reply_at_the_limit_passes_and_one_byte_more_does_not) {
    const auto with_length = [](std::size_t size) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" + string(size, 'x');
    };
    const auto with_chunks = [](std::size_t size) {
        string reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (std::size_t i = 0; i < size; ++i) reply += "1\r\nx\r\n";
        return reply + "0\r\n\r\n";
    };
    const auto until_close = [](std::size_t size) { return "HTTP/1.1 200 OK\r\n\r\n" + string(size, 'x'); };
    const std::vector<std::function<string(std::size_t)>> framings = {with_length, with_chunks, until_close};
    for (std::size_t framing = 0; framing < framings.size(); ++framing) {
        for (const std::size_t size : {100U, 101U}) {
            ScriptedProvider provider(once(framings[framing](size)));
            options.admitted = {{"127.0.0.1", provider.port}};
            auto fresh = make_http_client(context, options);
            OutboundRequest request = post(provider.url(), "b");
            request.max_reply_bytes = 100;
            auto pending = asio::co_spawn(context, fresh->call(std::move(request)), asio::use_future);
            EXPECT_EQ(outcome(finish(pending)), size == 100 ? "reply 200" : "reply_too_large sent")
                << framing;
        }
    }
}

TEST_F(ClientTest, a_header_without_end_is_given_up) {
    ScriptedProvider provider(
        once("HTTP/1.1 200 OK\r\nX: " + string(ReplyReader::header_bytes + 10, 'x') + "\r\n\r\n"));
    admit(provider);
    EXPECT_EQ(outcome(get(provider.url())), "reply_too_large sent");
}

TEST_F(ClientTest, a_provider_that_answers_before_it_has_read_everything_is_heard) {
    ScriptedProvider provider([](Peer& peer, int) {
        peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        std::this_thread::sleep_for(100ms);
        peer.request();
    });
    admit(provider);
    EXPECT_EQ(outcome(call(post(provider.url(), string(200'000, 'x')))), "reply 413");
}

TEST_F(ClientTest, waiting_for_a_free_connection_counts_as_not_sent) {
    options.connections_per_host = 1;
    ScriptedProvider provider([](Peer& peer, int) {
        peer.request();
        std::this_thread::sleep_for(500ms);
        peer.send(ok);
    });
    admit(provider);
    auto first = start(post(provider.url(), "b"));
    OutboundRequest impatient = post(provider.url(), "b");
    impatient.timeout = 100ms;
    auto second = start(std::move(impatient));
    EXPECT_EQ(outcome(finish(second)), "execution_timeout not sent");
    EXPECT_EQ(outcome(finish(first)), "reply 200");
}

}  // namespace
}  // namespace tenon::net
