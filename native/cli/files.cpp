#include "cli/files.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

namespace tenon::cli {

Result<std::string> read_file(const std::string& path) {
    if (path == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(Errc::unavailable, path, "The file can't be read.");
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

int answer_lines(const std::string& path, const std::function<std::string(std::string_view line)>& answer) {
    std::ifstream file;
    if (path != "-") file.open(path, std::ios::binary);
    std::istream& in = path == "-" ? std::cin : file;
    if (!in) return complain(bad_input, Error{Errc::unavailable, path, "The file can't be read."});
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty()) continue;
        print(answer(line));
    }
    if (in.bad()) return complain(environment_failed, "reading failed");
    return std::fflush(stdout) == 0 ? done : environment_failed;
}

void print(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
}

int complain(Exit code, std::string_view text) {
    std::fprintf(stderr, "tenon: %.*s\n", static_cast<int>(text.size()), text.data());
    return code;
}

int complain(Exit code, const Error& error) {
    std::string text = error.field.empty() ? std::string() : error.field + ": ";
    text.append(error.detail.empty() ? row_of(error.code).sentence : std::string_view(error.detail));
    return complain(code, text);
}

}  // namespace tenon::cli
