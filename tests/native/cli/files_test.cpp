#include "cli/files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

namespace tenon::cli {
namespace {

struct Files : testing::Test {
    ~Files() override { std::filesystem::remove(path); }
    std::string path =
        (std::filesystem::temp_directory_path() / ("tenon-lines-" + std::to_string(::getpid()))).string();
    std::vector<std::string> seen;

    int answer(const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
        testing::internal::CaptureStdout();
        const int code = answer_lines(path, [this](std::string_view line) {
            seen.emplace_back(line);
            return "<" + std::string(line) + ">";
        });
        out = testing::internal::GetCapturedStdout();
        return code;
    }
    std::string out;
};

TEST_F(Files, every_line_is_answered_in_order) {
    EXPECT_EQ(answer("a\nb\n"), done);
    EXPECT_EQ(out, "<a>\n<b>\n");
}

TEST_F(Files, the_last_line_needs_no_end_and_empty_ones_do_not_count) {
    EXPECT_EQ(answer("a\n\n\r\nb\r\nc"), done);
    EXPECT_EQ(seen, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(Files, bytes_are_handed_over_as_they_are) {
    answer(std::string("a\0b\xff\n", 5));
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0], std::string("a\0b\xff", 4));
}

TEST_F(Files, a_file_that_is_not_there_is_bad_input) {
    EXPECT_EQ(answer_lines(path + ".none", [](std::string_view) { return std::string(); }), bad_input);
    EXPECT_FALSE(read_file(path + ".none"));
}

}  // namespace
}  // namespace tenon::cli
