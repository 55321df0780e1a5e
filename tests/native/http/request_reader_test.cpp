#include "http/request_reader.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace tenon::http {
namespace {

using Step = RequestReader::Step;
using std::string;

/// Reads `text` from an exact-size copy, `piece` bytes at a time; the last step.
Step read(RequestReader& reader, const string& text, std::size_t piece, std::size_t body_limit = 1000) {
    reader.begin();
    string unread;
    Step step = Step::more;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t count = std::min(piece, text.size() - at);
        unread.append(text, at, count);
        at += count;
        for (;;) {
            std::vector<char> exact(unread.begin(), unread.end());
            std::size_t used = 0;
            step = reader.feed({exact.data(), exact.size()}, used);
            unread.erase(0, used);
            if (step == Step::head && reader.limit_body(body_limit)) continue;
            if (step == Step::head) step = Step::refused;
            break;
        }
        if (step != Step::more) break;
    }
    return step;
}

Step read_whole(const string& text) {
    RequestReader reader(8192);
    return read(reader, text, text.size());
}

const string host = "Host: x\r\n";

TEST(RequestReaderTest, reads_the_same_request_whatever_its_pieces) {
    const string text =
        "\r\nPOST /p/q?r=%20s HTTP/1.1\r\nHost: h\r\nX-A:  b \r\nx-a: c\r\nContent-Length: 4\r\n\r\nbody";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        RequestReader reader(8192);
        ASSERT_EQ(read(reader, text, piece), Step::complete) << piece;
        const Request& request = reader.request();
        EXPECT_EQ(request.method, "POST");
        EXPECT_EQ(request.target, "/p/q?r=%20s");
        EXPECT_EQ(request.path, "/p/q");
        EXPECT_EQ(request.query, "r=%20s");
        EXPECT_EQ(request.header("X-a"), "b");
        EXPECT_EQ(request.count("x-A"), 2U);
        EXPECT_EQ(request.body, "body");
        EXPECT_TRUE(reader.keep_alive());
    }
}

TEST(RequestReaderTest, refuses_every_ambiguous_framing) {
    const std::vector<string> framings = {
        "Content-Length: 4\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4, 4\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: -4\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length: 4 \r\n Content-Length: 4\r\n",
        "Content-Length:\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: \x0b"
        "chunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "Content-Length : 4\r\n",
    };
    for (const string& framing : framings) {
        EXPECT_EQ(read_whole("POST / HTTP/1.1\r\n" + host + framing + "\r\nbody"), Step::refused) << framing;
    }
    EXPECT_EQ(read_whole("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), Step::refused);
}

TEST(RequestReaderTest, refuses_what_a_proxy_could_read_otherwise) {
    const std::vector<string> requests = {
        "GET / HTTP/1.1\r\n\r\n",                        // no Host
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",  // two
        "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",       // bare LF
        "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n",       // bare CR
        string("GET / HTTP/1.1\r\nHost: a\r\nX: a") + '\0' + "b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX\x01: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n",
        "get / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",  // folded lines
        "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\tz\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n \r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  // a TLS client
    };
    for (const string& request : requests) EXPECT_EQ(read_whole(request), Step::refused) << request;
}

TEST(RequestReaderTest, refuses_targets_that_are_no_path) {
    for (const char* target : {"a", "a/b", "*", "x:80", "ftp://h/", "http://", "http:///p", "http://u@h/",
                               "http://:80/", "/a#b", "/a\xc3\xa4", "//\x7f", "?"})
        EXPECT_EQ(read_whole(string("GET ") + target + " HTTP/1.1\r\n" + host + "\r\n"), Step::refused)
            << target;
}

TEST(RequestReaderTest, takes_the_host_from_an_absolute_target) {
    RequestReader reader(8192);
    const string text = "GET HTTP://Example.com:81?q=1 HTTP/1.1\r\nHost: other\r\n\r\n";
    ASSERT_EQ(read(reader, text, text.size()), Step::complete);
    EXPECT_EQ(reader.request().header("host"), "Example.com:81");
    EXPECT_EQ(reader.request().path, "/");
    EXPECT_EQ(reader.request().query, "q=1");
    RequestReader options(8192);
    ASSERT_EQ(read(options, "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 100), Step::complete);
    EXPECT_EQ(options.request().path, "*");
}

TEST(RequestReaderTest, refuses_broken_chunks) {
    const string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const char* body :
         {"g\r\nx\r\n0\r\n\r\n", "-1\r\nx\r\n0\r\n\r\n", "1\r\nxy\r\n0\r\n\r\n", "\r\n\r\n",
          "ffffffffffffffff1\r\nx\r\n0\r\n\r\n", "1\nx\r\n0\r\n\r\n", "0x1\r\nx\r\n0\r\n\r\n"})
        EXPECT_EQ(read_whole(head + body), Step::refused) << body;
    EXPECT_EQ(read_whole(head + "1;" + string(9000, 'e')), Step::refused) << "an extension without end";
    EXPECT_EQ(read_whole(head + "0\r\nT: " + string(9000, 'e')), Step::refused) << "a trailer without end";
    EXPECT_EQ(read_whole(head + "5\r\nab"), Step::more) << "merely incomplete";
}

TEST(RequestReaderTest, trailers_are_no_headers) {
    RequestReader reader(8192);
    const string text =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nAuthorization: "
        "late\r\n\r\n";
    ASSERT_EQ(read(reader, text, 1), Step::complete);
    EXPECT_EQ(reader.request().count("authorization"), 0U);
    EXPECT_EQ(reader.request().body, "x");
}

TEST(RequestReaderTest, gives_the_reason_for_a_refusal) {
    RequestReader reader(100);
    EXPECT_EQ(read(reader, "GET /" + string(200, 'a') + " HTTP/1.1\r\n\r\n", 7), Step::refused);
    EXPECT_EQ(reader.refusal().code, Errc::header_too_large);
    RequestReader large(8192);
    EXPECT_EQ(read(large, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n", 1, 5), Step::refused);
    EXPECT_EQ(large.refusal().code, Errc::body_too_large);
    EXPECT_EQ(read(large, "nonsense\r\n\r\n", 1), Step::refused);
    EXPECT_EQ(large.refusal().code, Errc::malformed_request);
}

}  // namespace
}  // namespace tenon::http
