#include "http/message.hpp"

#include <gtest/gtest.h>

#include "http/reply_head.hpp"

namespace tenon::http {
namespace {

TEST(MessageTest, finds_headers_whatever_their_case) {
    Request request;
    request.headers = {{"Content-Type", "a"}, {"X", "1"}, {"x", "2"}};
    EXPECT_EQ(request.header("content-type"), "a");
    EXPECT_EQ(request.header("X"), "1");
    EXPECT_EQ(request.count("X"), 2U);
    EXPECT_EQ(request.header("absent"), "");
    EXPECT_EQ(request.count("absent"), 0U);
}

TEST(MessageTest, setting_a_header_replaces_it) {
    Response response;
    response.set("A", "1");
    response.set("a", "2");
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers[0].second, "2");
}

TEST(MessageTest, only_printable_headers_and_final_statuses_may_be_written) {
    const auto writable = [](int status, const char* name, std::string value) {
        Response response;
        response.status = status;
        response.headers.emplace_back(name, std::move(value));
        return is_writable(response);
    };
    EXPECT_TRUE(writable(200, "X-A", "tab\t and \xc3\xa4"));
    EXPECT_FALSE(writable(200, "X-A", "a\nb"));
    EXPECT_FALSE(writable(200, "X-A", "a\rb"));
    EXPECT_FALSE(writable(200, "X-A", std::string("a\0b", 3)));
    EXPECT_FALSE(writable(200, "X A", "b"));
    EXPECT_FALSE(writable(200, "", "b"));
    EXPECT_FALSE(writable(199, "X-A", "b"));
    EXPECT_FALSE(writable(600, "X-A", "b"));
}

TEST(MessageTest, the_date_is_in_the_fixed_form) {
    DateText date;
    EXPECT_EQ(date.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(date.at(784111778), "Sun, 06 Nov 1994 08:49:38 GMT");
    EXPECT_EQ(date.at(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(MessageTest, a_chunk_carries_its_size_in_hexadecimal) {
    std::string chunk(255, 'x');
    frame_chunk(chunk);
    EXPECT_EQ(chunk, "ff\r\n" + std::string(255, 'x') + "\r\n");
}

}  // namespace
}  // namespace tenon::http
