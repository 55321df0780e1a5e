// Over sockets: controls, faults, and the connection that is cut.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "http/server.hpp"
#include "played.hpp"

namespace tenon::simulator {
namespace {

namespace asio = boost::asio;

class SimulatorServeTest : public ::testing::Test {
protected:
    void SetUp() override {
        auto made = make_cast({});
        ASSERT_TRUE(made) << made.error().field;
        cast_ = std::make_unique<Cast>(std::move(*made));
        simulator_ = std::make_unique<Simulator>(std::move(cast_->behaviours), *clock_);
        server_ = std::make_unique<http::Server>(http::ServerOptions{}, *simulator_);
        asio::io_context* const contexts[] = {&context_};
        const auto port = server_->start(contexts);
        ASSERT_TRUE(port) << port.error().detail;
        port_ = *port;
        thread_ = std::thread([this] { context_.run(); });
    }
    void TearDown() override {
        context_.stop();
        if (thread_.joinable()) thread_.join();
    }

    /// Everything the server sends to one request, until it closes.
    std::string send(const std::string& method, const std::string& target, const std::string& headers,
                     const std::string& body) {
        asio::io_context context;
        asio::ip::tcp::socket socket(context);
        socket.connect({asio::ip::make_address("127.0.0.1"), port_});
        asio::write(
            socket,
            asio::buffer(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" +
                         headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
        std::string reply;
        boost::system::error_code ec;
        asio::read(socket, asio::dynamic_buffer(reply), ec);
        return reply;
    }

    std::string post(const std::string& text) {
        return send("POST", "/slack/api/chat.postMessage",
                    "Authorization: Bearer xoxb-1-abc\r\nContent-Type: application/json\r\n",
                    R"({"channel":"C061EG9T2","text":")" + text + R"("})");
    }

    static std::string status(const std::string& reply) { return reply.substr(0, 12); }

    void fault(const std::string& document) {
        ASSERT_EQ(status(send("POST", "/__faults", "Content-Type: application/json\r\n", document)),
                  "HTTP/1.1 200");
    }

    /// The body of `GET /__received`.
    json::Value received() {
        const std::string reply = send("GET", "/__received?provider=slack", "", "");
        return read_json(reply.substr(reply.find("\r\n\r\n") + 4));
    }

private:
    std::unique_ptr<Clock> clock_ = make_system_clock();
    std::unique_ptr<Cast> cast_;
    std::unique_ptr<Simulator> simulator_;
    asio::io_context context_{1};
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
    unsigned short port_ = 0;
};

TEST_F(SimulatorServeTest, records_what_it_received) {
    EXPECT_NE(post("hello").find(R"("ok":true)"), std::string::npos);
    const json::Value list = received();
    ASSERT_EQ(list.as_array().size(), 1U);
    EXPECT_EQ(list.as_array()[0].text_at("path"), "/api/chat.postMessage");
    EXPECT_EQ(list.as_array()[0].text_at("body"), R"({"channel":"C061EG9T2","text":"hello"})");
    EXPECT_EQ(json::resolve(list, "/0/headers/authorization")->as_text(), "Bearer xoxb-1-abc");
    EXPECT_EQ(status(send("DELETE", "/__received", "", "")), "HTTP/1.1 200");
    EXPECT_TRUE(received().as_array().empty());
}

TEST_F(SimulatorServeTest, answers_a_rate_limit_in_the_providers_words) {
    fault(R"({"provider":"slack","status":429,"retry_after_s":7})");
    const std::string reply = post("a");
    EXPECT_EQ(status(reply), "HTTP/1.1 429");
    EXPECT_NE(reply.find("Retry-After: 7\r\n"), std::string::npos) << reply;
    EXPECT_NE(reply.find("ratelimited"), std::string::npos);
    EXPECT_EQ(status(post("b")), "HTTP/1.1 200") << "used up";
}

TEST_F(SimulatorServeTest, cuts_the_connection_before_or_after_the_work) {
    fault(R"({"cut":"before"})");
    EXPECT_EQ(post("a"), "") << "not one byte";
    fault(R"({"cut":"after"})");
    EXPECT_EQ(post("b"), "");
    const json::Value list = received();
    ASSERT_EQ(list.as_array().size(), 2U);
    EXPECT_EQ(*json::resolve(list, "/1/status"), json::Value(Decimal(0)));
}

TEST_F(SimulatorServeTest, an_append_that_was_cut_off_afterwards_was_done) {
    const std::string values =
        "/googlesheets/v4/spreadsheets/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/values/Leads";
    const std::string headers = "Authorization: Bearer ya29.x\r\nContent-Type: application/json\r\n";
    const auto rows = [&] {
        const std::string reply = send("GET", values, "Authorization: Bearer ya29.x\r\n", "");
        return read_json(reply.substr(reply.find("\r\n\r\n") + 4)).find("values")->as_array().size();
    };
    const std::string row = R"({"values":[["Ada"]]})";
    fault(R"({"cut":"before"})");
    send("POST", values + "!A1:append?valueInputOption=RAW", headers, row);
    EXPECT_EQ(rows(), 1U);
    fault(R"({"cut":"after"})");
    send("POST", values + "!A1:append?valueInputOption=RAW", headers, row);
    EXPECT_EQ(rows(), 2U);
}

TEST_F(SimulatorServeTest, answers_garbage_slowly_or_late) {
    fault(R"({"garbage":true})");
    const std::string garbage = post("a");
    EXPECT_EQ(status(garbage), "HTTP/1.1 200");
    EXPECT_FALSE(json::read(garbage.substr(garbage.find("\r\n\r\n") + 4)));
    fault(R"({"latency_ms":300})");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(status(post("b")), "HTTP/1.1 200");
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(300));
    fault(R"({"garbage":true,"slow_body":true})");
    const auto slow = std::chrono::steady_clock::now();
    EXPECT_NE(post("c").find("Transfer-Encoding: chunked"), std::string::npos);
    EXPECT_GE(std::chrono::steady_clock::now() - slow, std::chrono::seconds(2));
}

TEST_F(SimulatorServeTest, refuses_a_token_when_told_so) {
    fault(R"({"provider":"slack","wrong_token":true})");
    EXPECT_NE(post("a").find("invalid_auth"), std::string::npos);
    EXPECT_EQ(status(send("POST", "/__faults", "", R"({"provider":"nobody"})")), "HTTP/1.1 422");
    EXPECT_EQ(status(send("POST", "/__faults", "", "{")), "HTTP/1.1 400");
}

TEST_F(SimulatorServeTest, knows_only_its_providers_and_controls) {
    EXPECT_EQ(status(send("POST", "/nobody/x", "", "")), "HTTP/1.1 404");
    EXPECT_EQ(status(send("GET", "/__what", "", "")), "HTTP/1.1 404");
    EXPECT_EQ(status(send("GET", "/", "", "")), "HTTP/1.1 404");
    EXPECT_NE(send("GET", "/slack/api/unknown.method", "", "").find("unknown_method"), std::string::npos);
}

}  // namespace
}  // namespace tenon::simulator
