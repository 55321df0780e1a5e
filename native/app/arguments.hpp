#pragma once
// The command line. The only file behind it that knows CLI11 is arguments.cpp.

#include <functional>
#include <string>
#include <vector>

#include "app/options.hpp"

namespace tenon::app {

/// Reads `arguments` (without the program's name) and runs the command; answers the exit code. `serve` is
/// called for `tenon serve`.
[[nodiscard]] int run_command(std::vector<std::string> arguments,
                              const std::function<int(ServeFlags flags)>& serve);

}  // namespace tenon::app
