#include "base/log.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "tenon/base/json.hpp"

namespace tenon {
namespace {

std::string line(std::initializer_list<LogField> fields) {
    return log_line(UnixTime{std::chrono::milliseconds(1'700'000'000'123)}, LogLevel::warning, "thing_done",
                    {fields.begin(), fields.size()});
}

TEST(LogTest, writes_one_json_object_with_every_kind_of_field) {
    EXPECT_EQ(line({{"text", "a"}, {"number", 7}, {"negative", -7L}, {"ratio", 0.5}, {"flag", true}}),
              R"({"time":"2023-11-14T22:13:20.123Z","level":"warning","event":"thing_done",)"
              R"("text":"a","number":7,"negative":-7,"ratio":0.5,"flag":true})");
}

TEST(LogTest, a_line_stays_one_line_of_valid_json_whatever_the_bytes) {
    std::string all;
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    all += "\xc3\xa4 \xf0\x9f\x98\x80 \xed\xa0\x80 \"\\";
    const std::string text = line({{"bytes", all}});
    EXPECT_EQ(text.find('\n'), std::string::npos);
    std::string without_nul = text;  // our strict reader refuses U+0000 even escaped
    without_nul.erase(without_nul.find("\\u0000"), 6);
    const auto read = json::read(without_nul);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_NE(read->text_at("bytes").find("\xc3\xa4 \xf0\x9f\x98\x80 "), std::string::npos);
}

TEST(LogTest, long_texts_are_cut) {
    const std::string text = line({{"long", std::string(4097, 'x')}, {"exact", std::string(4096, 'y')}});
    EXPECT_NE(text.find(std::string(4096, 'x') + "...\""), std::string::npos);
    EXPECT_NE(text.find(std::string(4096, 'y') + "\""), std::string::npos);
}

TEST(LogTest, a_secret_can_not_be_a_field) {
    EXPECT_FALSE((std::is_constructible_v<LogField, const char*, Secret>));
    EXPECT_FALSE((std::is_constructible_v<LogField, const char*, const Secret&>));
    EXPECT_TRUE((std::is_constructible_v<LogField, const char*, std::string>));
}

TEST(LogTest, the_stderr_log_leaves_out_what_is_below_its_level) {
    testing::internal::CaptureStderr();
    const auto log = make_stderr_log(LogLevel::warning);
    log->info("quiet");
    log->error("loud", {{"a", 1}});
    const std::string out = testing::internal::GetCapturedStderr();
    EXPECT_EQ(out.find("quiet"), std::string::npos);
    EXPECT_NE(out.find("\"event\":\"loud\",\"a\":1}\n"), std::string::npos) << out;
}

}  // namespace
}  // namespace tenon
