#include "net/request_text.hpp"

#include <gtest/gtest.h>

namespace tenon::net {
namespace {

Result<std::string> head_of(std::string method, std::vector<std::pair<std::string, std::string>> headers,
                            std::optional<std::string> body = std::nullopt) {
    OutboundRequest request;
    request.method = std::move(method);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return request_head(request, *parse_url("http://h/p"));
}

TEST(RequestTextTest, declares_a_length_where_a_body_is_or_could_be) {
    EXPECT_EQ(*head_of("GET", {}), "GET /p HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\n\r\n");
    EXPECT_EQ(*head_of("POST", {}),
              "POST /p HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(*head_of("DELETE", {}, "abc"),
              "DELETE /p HTTP/1.1\r\nHost: h\r\nAccept-Encoding: identity\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(*head_of("GET", {{"accept-encoding", "br"}}),
              "GET /p HTTP/1.1\r\nHost: h\r\naccept-encoding: br\r\n\r\n");
}

TEST(RequestTextTest, refuses_what_could_end_a_line) {
    for (const std::string& value : {std::string("a\r\nb"), std::string("a\nb"), std::string("a\rb"),
                                     std::string("a\0b", 3), std::string("a\x7f")})
        EXPECT_EQ(head_of("GET", {{"X", value}}).error().code, Errc::malformed_request);
    for (const char* name : {"", "a b", "a:", "a\r\n", "\xc3\xa4"})
        EXPECT_EQ(head_of("GET", {{name, "v"}}).error().code, Errc::malformed_request) << name;
    for (const char* method : {"", "get", "GET /x", "CONNECT", "TRACE", "G\r\n"})
        EXPECT_EQ(head_of(method, {}).error().code, Errc::malformed_request) << method;
    EXPECT_TRUE(head_of("GET", {{"X-Name_1", "tab\t \xc3\xa4"}}));
}

TEST(RequestTextTest, refuses_headers_that_decide_about_framing_or_routing) {
    for (const char* name : {"Host", "host", "Content-Length", "Transfer-Encoding", "Connection", "Expect",
                             "Upgrade", "TE", "Trailer", "Keep-Alive"})
        EXPECT_EQ(head_of("POST", {{name, "v"}}).error().code, Errc::malformed_request) << name;
}

}  // namespace
}  // namespace tenon::net
