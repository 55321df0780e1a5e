#pragma once
// Spreadsheets of a played provider: sheets of rows, addressed as `'Title'!A1`, `'Title'!1:1` or
// `'Title'!A1:C5`.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"

namespace tenon::simulator {

/// A parsed range; rows and columns count from 0, `end` is one past the last.
struct Range {
    std::string sheet;
    std::size_t first_row = 0, first_column = 0;
    std::size_t end_row = 0, end_column = 0;  ///< 0 = to the end.

    /// Nothing for what is no range: an apostrophe that is not doubled, a cell without a number, an empty
    /// title.
    [[nodiscard]] static std::optional<Range> parse(std::string_view text);
};

/// What an operation did. Fewer `rows` than given: the sheet is full.
struct Written {
    std::string range;  ///< `'Title'!A2:C2`.
    std::size_t rows = 0, columns = 0, cells = 0;
};

/// Not for two threads at once.
class Tables {
public:
    /// `seed`: `{file: {sheet: [[cell…]…]}}`; a file made twice is replaced.
    void load(const json::Value& seed);

    [[nodiscard]] bool has_file(std::string_view file) const;
    /// Titles in the order of the seed; empty for an unknown file.
    [[nodiscard]] std::vector<std::string> sheets(std::string_view file) const;
    [[nodiscard]] std::vector<std::string> files() const;
    [[nodiscard]] bool has_sheet(std::string_view file, std::string_view sheet) const;

    /// Rows of the range without trailing empty cells and rows.
    [[nodiscard]] json::Array read(std::string_view file, const Range& range) const;
    /// Below the last row that holds anything.
    Written append(std::string_view file, const Range& range, const json::Array& rows);
    /// At the range's first cell; null leaves a cell as it is.
    Written write(std::string_view file, const Range& range, const json::Array& rows);

private:
    struct Sheet {
        std::string title;
        std::vector<std::vector<json::Value>> rows;
    };
    [[nodiscard]] const Sheet* find(std::string_view file, std::string_view sheet) const;
    [[nodiscard]] Sheet* find(std::string_view file, std::string_view sheet);

    std::vector<std::pair<std::string, std::vector<Sheet>>> files_;
};

}  // namespace tenon::simulator
