#pragma once
// Reading what the command line names, and answering line by line.

#include <functional>
#include <string>
#include <string_view>

#include "tenon/base/result.hpp"

namespace tenon::cli {

/// What a command ends with (CONTRACT): done, the answer is no, bad usage or input, the environment failed.
enum Exit : int { done = 0, answer_is_no = 1, bad_input = 2, environment_failed = 3 };

/// The whole file; `-` is standard input. Error: unavailable (field = the path).
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// Calls `answer` for every line that is not empty and writes what it returns as one line, in the same order.
/// The exit code is done when every line was answered.
[[nodiscard]] int answer_lines(const std::string& path,
                               const std::function<std::string(std::string_view line)>& answer);

/// One line on standard output.
void print(std::string_view line);
/// `tenon: <text>` on standard error; returns `code`.
int complain(Exit code, std::string_view text);
/// The same for an error, with its field in front.
int complain(Exit code, const Error& error);

}  // namespace tenon::cli
