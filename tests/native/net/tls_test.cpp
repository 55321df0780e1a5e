#include <cstdio>
#include <filesystem>

#include "../http/raw_client.hpp"
#include "../http/running_server.hpp"
#include "client_fixture.hpp"

namespace tenon::net {
namespace {

using std::string;

/// A key and a self-signed certificate in a folder of their own.
class Certificate {
public:
    explicit Certificate(const string& names) {
        string pattern = (std::filesystem::temp_directory_path() / "tenon-tls-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        const string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
            "-subj /CN=test -addext subjectAltName=" +
            names + " -keyout " + key() + " -out " + file() + " 2>/dev/null";
        if (std::system(command.c_str()) != 0) ADD_FAILURE() << command;
    }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    ~Certificate() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] string file() const { return folder_ + "/cert.pem"; }
    [[nodiscard]] string key() const { return folder_ + "/key.pem"; }
    [[nodiscard]] http::ServerOptions server() const {
        http::ServerOptions options;
        options.tls_cert_file = file();
        options.tls_key_file = key();
        return options;
    }

private:
    string folder_;
};

class TlsTest : public ClientTest {
protected:
    void allow(unsigned short port) { options.admitted = {{"127.0.0.1", port}, {"localhost", port}}; }
    static string url(const char* host, unsigned short port) {
        return "https://" + string(host) + ":" + std::to_string(port) + "/p";
    }
    http::FunctionApplication application;
};

TEST_F(TlsTest, meets_a_peer_that_it_can_verify_by_name_and_by_address) {
    const Certificate certificate("DNS:localhost,IP:127.0.0.1");
    http::RunningServer server(application, certificate.server());
    options.ca_file = certificate.file();
    allow(server.port);
    for (int i = 0; i < 2; ++i) {
        const CallResult result = get(url("127.0.0.1", server.port));
        ASSERT_TRUE(result) << result.error().error.detail;
        EXPECT_EQ(result->body, "GET /p ");
    }
    EXPECT_EQ(outcome(get(url("localhost", server.port))), "reply 200");
    EXPECT_EQ(outcome(call(post(url("localhost", server.port), string(500'000, 'x')))), "reply 200");
}

TEST_F(TlsTest, sends_nothing_to_a_peer_whose_authority_is_unknown) {
    const Certificate certificate("IP:127.0.0.1"), other("IP:127.0.0.1");
    std::atomic<int> requests{0};
    application.handler = [&requests](http::Request request) {
        ++requests;
        return http::FunctionApplication::echo(std::move(request));
    };
    http::RunningServer server(application, certificate.server());
    allow(server.port);
    EXPECT_EQ(outcome(get(url("127.0.0.1", server.port))), "connect_failed not sent");
    ClientOptions trusting_another = options;
    trusting_another.ca_file = other.file();
    auto second = make_http_client(context, trusting_another);
    OutboundRequest request = post(url("127.0.0.1", server.port), "secret");
    auto pending = asio::co_spawn(context, second->call(std::move(request)), asio::use_future);
    EXPECT_EQ(outcome(finish(pending)), "connect_failed not sent");
    EXPECT_EQ(requests, 0);
}

TEST_F(TlsTest, sends_nothing_to_a_peer_of_another_name) {
    const Certificate certificate("DNS:example.com,IP:127.0.0.2");
    http::RunningServer server(application, certificate.server());
    options.ca_file = certificate.file();
    allow(server.port);
    EXPECT_EQ(outcome(get(url("localhost", server.port))), "connect_failed not sent");
    EXPECT_EQ(outcome(get(url("127.0.0.1", server.port))), "connect_failed not sent");
}

TEST_F(TlsTest, a_silent_peer_does_not_hold_the_handshake) {
    ScriptedProvider provider([](Peer& peer, int) { peer.is_closed(); });
    options.handshake_time = std::chrono::milliseconds(200);
    admit(provider);
    EXPECT_EQ(outcome(get("https://127.0.0.1:" + std::to_string(provider.port) + "/")),
              "connect_failed not sent");
}

TEST_F(TlsTest, the_server_closes_what_does_not_speak_tls_or_says_nothing) {
    const Certificate certificate("IP:127.0.0.1");
    http::ServerOptions opts = certificate.server();
    opts.header_time = std::chrono::milliseconds(300);
    http::RunningServer server(application, opts);
    http::RawClient plain(server.port);
    const string reply = plain.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(reply.find("HTTP/1.1"), string::npos);
    EXPECT_TRUE(http::RawClient(server.port).is_closed());
}

TEST_F(TlsTest, the_server_refuses_a_key_of_another_certificate) {
    const Certificate one("IP:127.0.0.1"), two("IP:127.0.0.1");
    http::ServerOptions opts = one.server();
    opts.tls_key_file = two.key();
    http::Server server(opts, application);
    asio::io_context* contexts[] = {&context};
    const auto started = server.start(contexts);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().field, "tls_key");
}

TEST_F(TlsTest, limits_and_stops_work_under_tls_too) {
    const Certificate certificate("IP:127.0.0.1");
    application.given.body_bytes = 100;
    http::RunningServer server(application, certificate.server());
    options.ca_file = certificate.file();
    allow(server.port);
    EXPECT_EQ(outcome(call(post(url("127.0.0.1", server.port), string(100, 'x')))), "reply 200");
    EXPECT_EQ(outcome(call(post(url("127.0.0.1", server.port), string(101, 'x')))), "reply 413");
    server.stop(std::chrono::seconds(5));
    EXPECT_EQ(outcome(get(url("127.0.0.1", server.port))), "connect_failed not sent");
}

}  // namespace
}  // namespace tenon::net
