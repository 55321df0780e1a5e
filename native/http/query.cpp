#include "http/query.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"

namespace tenon::http {
namespace {

int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The piece before the next `separator`, which is removed from `rest` with it.
std::string_view take_piece(std::string_view& rest, char separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view piece = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return piece;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    bool is_plain = true;  // nothing decoded and all ASCII: nothing to check
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (text.size() - i < 3) return std::nullopt;
            const int high = digit_value(text[i + 1]), low = digit_value(text[i + 2]);
            if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
            is_plain = false;
        } else if (c == '+' && plus == Plus::is_space) {
            c = ' ';
        }
        if (c == '\0' || static_cast<unsigned char>(c) >= 0x80) is_plain = false;
        out += c;
    }
    if (!is_plain && (!text::is_utf8(out) || out.find('\0') != std::string::npos)) return std::nullopt;
    return out;
}

Result<Query> Query::parse(std::string_view text) {
    Query query;
    while (!text.empty()) {
        std::string_view value = take_piece(text, '&');
        if (value.empty()) continue;
        auto name = percent_decode(take_piece(value, '='), Plus::is_space);
        auto decoded = percent_decode(value, Plus::is_space);
        if (!name || !decoded) return fail(Errc::malformed_request, "", "the query string has a bad escape");
        if (query.find(*name)) return fail(Errc::malformed_request, *name, "a query parameter occurs twice");
        if (query.parameters_.size() == max_parameters)
            return fail(Errc::malformed_request, "", "too many query parameters");
        query.parameters_.emplace_back(std::move(*name), std::move(*decoded));
    }
    return query;
}

std::optional<std::string_view> Query::find(std::string_view name) const {
    for (const auto& [key, value] : parameters_)
        if (key == name) return std::string_view(value);
    return std::nullopt;
}

std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name) {
    std::optional<std::string_view> found;
    while (!header.empty()) {
        std::string_view value = trim(take_piece(header, ';'));
        if (trim(take_piece(value, '=')) != name) continue;
        if (found) return std::nullopt;
        found = trim(value);
    }
    return found;
}

}  // namespace tenon::http
