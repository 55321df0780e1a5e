#include "simulator/tables.hpp"

#include <algorithm>

namespace tenon::simulator {

namespace {

constexpr std::size_t max_rows = 100'000;

/// Reads `'it''s'` or a plain title up to `!`; moves `text` behind it.
std::optional<std::string> read_title(std::string_view& text) {
    std::string out;
    if (text.empty() || text.front() != '\'') {
        const std::size_t end = std::min(text.find('!'), text.size());
        out = text.substr(0, end);
        text.remove_prefix(end);
        if (out.empty() || out.find('\'') != std::string::npos) return std::nullopt;
        return out;
    }
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] != '\'') {
            out += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '\'') {
            out += '\'';
            ++at;
        } else {
            text.remove_prefix(at + 1);
            return out.empty() ? std::nullopt : std::optional<std::string>(std::move(out));
        }
    }
    return std::nullopt;
}

struct Cell {
    std::optional<std::size_t> column, row;
};

/// `A1`, `A` or `1`.
std::optional<Cell> read_cell(std::string_view text) {
    Cell out;
    std::size_t column = 0, row = 0, at = 0;
    for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at)
        column = column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
    if (at > 3) return std::nullopt;
    if (at > 0) out.column = column - 1;
    const std::size_t digits = text.size() - at;
    if (digits > 7) return std::nullopt;
    for (; at < text.size(); ++at) {
        if (text[at] < '0' || text[at] > '9') return std::nullopt;
        row = row * 10 + static_cast<std::size_t>(text[at] - '0');
    }
    if (digits > 0 && row == 0) return std::nullopt;
    if (digits > 0) out.row = row - 1;
    if (!out.column && !out.row) return std::nullopt;
    return out;
}

std::string column_name(std::size_t column) {
    std::string out;
    for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (left - 1) % 26));
    return out;
}

std::string quoted(std::string_view title) {
    std::string out = "'";
    for (const char c : title) out.append(c == '\'' ? 2 : 1, c);
    return out + "'";
}

bool is_blank(const json::Value& value) {
    return value.is_null() || (value.is_text() && value.as_text().empty());
}

}  // namespace

std::optional<Range> Range::parse(std::string_view text) {
    Range out;
    auto title = read_title(text);
    if (!title) return std::nullopt;
    out.sheet = std::move(*title);
    if (text.empty()) return out;
    if (text.front() != '!') return std::nullopt;
    text.remove_prefix(1);
    const std::size_t colon = text.find(':');
    const auto first = read_cell(text.substr(0, colon));
    if (!first) return std::nullopt;
    out.first_row = first->row.value_or(0);
    out.first_column = first->column.value_or(0);
    if (colon == std::string_view::npos) {
        if (!first->row || !first->column) return std::nullopt;  // `A` alone is no range
        out.end_row = out.first_row + 1;
        out.end_column = out.first_column + 1;
        return out;
    }
    const auto last = read_cell(text.substr(colon + 1));
    if (!last) return std::nullopt;
    if (last->row) out.end_row = *last->row + 1;
    if (last->column) out.end_column = *last->column + 1;
    const bool backwards =
        (last->row && out.end_row <= out.first_row) || (last->column && out.end_column <= out.first_column);
    return backwards ? std::nullopt : std::optional<Range>(std::move(out));
}

void Tables::load(const json::Value& seed) {
    if (!seed.is_object()) return;
    for (const json::Member& file : seed.as_object()) {
        std::vector<Sheet> sheets;
        for (const json::Member& sheet : file.value.as_object()) {
            Sheet loaded{sheet.name, {}};
            for (const json::Value& row : sheet.value.as_array()) loaded.rows.push_back(row.as_array());
            sheets.push_back(std::move(loaded));
        }
        std::erase_if(files_, [&](const auto& each) { return each.first == file.name; });
        files_.emplace_back(file.name, std::move(sheets));
    }
}

std::vector<std::string> Tables::files() const {
    std::vector<std::string> out;
    out.reserve(files_.size());
    for (const auto& [name, sheets] : files_) out.push_back(name);
    return out;
}

bool Tables::has_file(std::string_view file) const {
    return std::any_of(files_.begin(), files_.end(), [&](const auto& each) { return each.first == file; });
}

std::vector<std::string> Tables::sheets(std::string_view file) const {
    std::vector<std::string> out;
    out.reserve(files_.size());
    for (const auto& [name, sheets] : files_)
        if (name == file)
            for (const Sheet& sheet : sheets) out.push_back(sheet.title);
    return out;
}

bool Tables::has_sheet(std::string_view file, std::string_view sheet) const {
    return find(file, sheet) != nullptr;
}

const Tables::Sheet* Tables::find(std::string_view file, std::string_view sheet) const {
    for (const auto& [name, sheets] : files_)
        if (name == file)
            for (const Sheet& each : sheets)
                if (each.title == sheet) return &each;
    return nullptr;
}

Tables::Sheet* Tables::find(std::string_view file, std::string_view sheet) {
    return const_cast<Sheet*>(static_cast<const Tables*>(this)->find(file, sheet));
}

json::Array Tables::read(std::string_view file, const Range& range) const {
    json::Array out;
    const Sheet* sheet = find(file, range.sheet);
    if (sheet == nullptr) return out;
    const std::size_t end =
        range.end_row == 0 ? sheet->rows.size() : std::min(range.end_row, sheet->rows.size());
    for (std::size_t row = range.first_row; row < end; ++row) {
        const auto& cells = sheet->rows[row];
        const std::size_t last =
            range.end_column == 0 ? cells.size() : std::min(range.end_column, cells.size());
        json::Array line;
        for (std::size_t column = range.first_column; column < last; ++column)
            line.push_back(cells[column].is_null() ? json::Value("") : cells[column]);
        while (!line.empty() && is_blank(line.back())) line.pop_back();
        out.emplace_back(std::move(line));
    }
    while (!out.empty() && out.back().as_array().empty()) out.pop_back();
    return out;
}

Written Tables::append(std::string_view file, const Range& range, const json::Array& rows) {
    Range below = range;
    below.end_row = below.end_column = 0;
    const Sheet* sheet = find(file, range.sheet);
    std::size_t used = sheet == nullptr ? 0 : sheet->rows.size();
    while (used > 0 && std::all_of(sheet->rows[used - 1].begin(), sheet->rows[used - 1].end(), is_blank))
        --used;
    below.first_row = std::max(used, range.first_row);
    return write(file, below, rows);
}

Written Tables::write(std::string_view file, const Range& range, const json::Array& rows) {
    Written out;
    Sheet* sheet = find(file, range.sheet);
    if (sheet == nullptr || range.first_row + rows.size() > max_rows) return out;
    for (const json::Value& row : rows) {
        const json::Array& cells = row.as_array();
        const std::size_t at = range.first_row + out.rows++;
        if (sheet->rows.size() <= at) sheet->rows.resize(at + 1);
        auto& line = sheet->rows[at];
        if (line.size() < range.first_column + cells.size()) line.resize(range.first_column + cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].is_null()) continue;
            line[range.first_column + i] = cells[i];
            ++out.cells;
        }
        out.columns = std::max(out.columns, cells.size());
    }
    const std::size_t last = range.first_column + std::max<std::size_t>(out.columns, 1) - 1;
    out.range = quoted(range.sheet) + "!" + column_name(range.first_column) +
                std::to_string(range.first_row + 1) + ":" + column_name(last) +
                std::to_string(range.first_row + std::max<std::size_t>(out.rows, 1));
    return out;
}

}  // namespace tenon::simulator
