#include "net/reply_reader.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tenon::net {
namespace {

using Step = ReplyReader::Step;
using std::string;

/// Feeds exact-size copies, `piece` bytes each.
Step feed(ReplyReader& reader, const string& text, std::size_t piece) {
    Step step = Step::more;
    for (std::size_t at = 0; at < text.size() && step == Step::more; at += piece) {
        const string part = text.substr(at, piece);
        const std::vector<char> exact(part.begin(), part.end());
        step = reader.feed({exact.data(), exact.size()});
    }
    return step;
}

TEST(ReplyReaderTest, reads_the_same_reply_whatever_its_pieces) {
    const string text =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2\r\nde\r\n0\r\nX: trailer\r\n\r\n";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        ReplyReader reader(5, false);
        ASSERT_EQ(feed(reader, text, piece), Step::complete) << piece;
        EXPECT_EQ(reader.reply().status, 201);
        EXPECT_EQ(reader.reply().body, "abcde");
        EXPECT_EQ(reader.reply().headers.size(), 2U);
        EXPECT_TRUE(reader.keep_alive());
    }
}

TEST(ReplyReaderTest, bytes_behind_a_reply_spoil_the_connection) {
    ReplyReader reader(100, false);
    EXPECT_EQ(feed(reader, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc", 1000), Step::complete);
    EXPECT_EQ(reader.reply().body, "a");
    EXPECT_FALSE(reader.keep_alive());
}

TEST(ReplyReaderTest, a_header_at_the_limit_passes_and_one_byte_more_does_not) {
    const string start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: ";
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{1'000'000}}) {
        for (const std::size_t extra : {0U, 1U}) {
            ReplyReader reader(0, false);
            const string filler(ReplyReader::header_bytes - start.size() - 4 + extra, 'a');
            EXPECT_EQ(feed(reader, start + filler + "\r\n\r\n", piece),
                      extra == 0 ? Step::complete : Step::too_large);
        }
    }
}

TEST(ReplyReaderTest, many_small_headers_are_counted_together) {
    ReplyReader reader(0, false);
    string text = "HTTP/1.1 200 OK\r\n";
    while (text.size() < 2 * ReplyReader::header_bytes) text += "A: b\r\n";
    EXPECT_EQ(feed(reader, text, 100), Step::too_large);
}

TEST(ReplyReaderTest, interim_replies_without_end_are_malformed) {
    ReplyReader reader(0, false);
    string text;
    for (int i = 0; i < 20; ++i) text += "HTTP/1.1 102 Processing\r\n\r\n";
    EXPECT_EQ(feed(reader, text, 1000), Step::malformed);
}

TEST(ReplyReaderTest, the_end_of_a_connection_completes_only_a_body_without_length) {
    const auto ends_as = [](const string& text) {
        ReplyReader reader(100, false);
        EXPECT_EQ(feed(reader, text, 7), Step::more) << text;
        return reader.end();
    };
    EXPECT_EQ(ends_as("HTTP/1.1 200 OK\r\n\r\nabc"), Step::complete);
    EXPECT_EQ(ends_as("HTTP/1.1 200 OK\r\n\r\n"), Step::complete);
    EXPECT_EQ(ends_as(""), Step::malformed);
    EXPECT_EQ(ends_as("HTTP/1.1 2"), Step::malformed);
    EXPECT_EQ(ends_as("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc"), Step::malformed);
    EXPECT_EQ(ends_as("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), Step::malformed);
    EXPECT_EQ(ends_as("HTTP/1.1 100 Continue\r\n\r\n"), Step::malformed);
}

}  // namespace
}  // namespace tenon::net
