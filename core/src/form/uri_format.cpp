#include "uri_format.hpp"

#include <algorithm>

#include "uri.hpp"

namespace tenon::form {
namespace {

constexpr std::string_view unreserved_marks = "-._~";
constexpr std::string_view sub_delimiters = "!$&'()*+,;=";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// Unreserved characters, escapes, sub-delimiters and `more`.
bool consists_of(std::string_view text, std::string_view more, UriLetters letters) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (text.size() - i < 3 || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
            i += 2;
            continue;
        }
        const bool is_unicode = letters == UriLetters::unicode && static_cast<unsigned char>(c) >= 0x80;
        if (!is_unicode && !is_letter(c) && !is_digit(c) && !is_one_of(c, unreserved_marks) &&
            !is_one_of(c, sub_delimiters) && !is_one_of(c, more))
            return false;
    }
    return true;
}

bool is_future_address(std::string_view text) {
    const std::size_t dot = text.find('.');
    return text.size() > 3 && (text[0] == 'v' || text[0] == 'V') && dot != std::string_view::npos &&
           dot > 1 &&
           std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(dot), is_hex) &&
           dot + 1 < text.size() && text.find('%') == std::string_view::npos &&
           consists_of(text.substr(dot + 1), ":", UriLetters::ascii);
}

bool is_authority(std::string_view text, UriLetters letters) {
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        if (!consists_of(text.substr(0, at), ":", letters)) return false;
        text.remove_prefix(at + 1);
    }
    std::string_view port;
    if (!text.empty() && text[0] == '[') {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return false;
        const std::string_view address = text.substr(1, end - 1);
        if (!is_ipv6(address) && !is_future_address(address)) return false;
        port = text.substr(end + 1);
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        if (!consists_of(text.substr(0, colon), "", letters)) return false;
        port = text.substr(colon);
    }
    if (port.empty()) return true;
    return port[0] == ':' && std::all_of(port.begin() + 1, port.end(), is_digit);
}

int hex_groups(std::string_view text) {
    int groups = 0;
    for (std::size_t from = 0; from <= text.size(); ++groups) {
        const std::size_t end = std::min(text.find(':', from), text.size());
        const std::string_view group = text.substr(from, end - from);
        const bool is_last = end == text.size();
        if (is_last && group.find('.') != std::string_view::npos) return is_ipv4(group) ? groups + 2 : -1;
        if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex)) return -1;
        from = end + 1;
    }
    return groups;
}

/// RFC 6570, section 2.3: letters, digits, `_` and escapes, with single dots between.
bool is_variable_name(std::string_view name) {
    bool was_dot = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c == '.' && was_dot) return false;
        was_dot = c == '.';
        if (was_dot || c == '_' || is_letter(c) || is_digit(c)) continue;
        if (c != '%' || name.size() - i < 3 || !is_hex(name[i + 1]) || !is_hex(name[i + 2])) return false;
        i += 2;
    }
    return !was_dot;
}

/// A name with an optional `*` or `:` and a length of 1 to 9999.
bool is_variable(std::string_view text) {
    if (!text.empty() && text.back() == '*') return is_variable_name(text.substr(0, text.size() - 1));
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return is_variable_name(text);
    const std::string_view length = text.substr(colon + 1);
    return is_variable_name(text.substr(0, colon)) && !length.empty() && length.size() <= 4 &&
           length[0] != '0' && std::all_of(length.begin(), length.end(), is_digit);
}

bool is_expression(std::string_view text) {
    if (!text.empty() && is_one_of(text[0], "+#./;?&")) text.remove_prefix(1);
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(',', from), text.size());
        if (!is_variable(text.substr(from, end - from))) return false;
        from = end + 1;
    }
    return true;
}

}  // namespace

bool is_uri_template(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '{') {
            const std::size_t end = text.find('}', i);
            if (end == std::string_view::npos || !is_expression(text.substr(i + 1, end - i - 1)))
                return false;
            i = end;
        } else if (c == '%') {
            if (text.size() - i < 3 || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
            i += 2;
        } else if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || is_one_of(c, "\"<>\\^`|}")) {
            return false;
        }
    }
    return true;
}

bool is_ipv4(std::string_view text) {
    int parts = 0;
    for (std::size_t from = 0; from <= text.size(); ++parts) {
        const std::size_t end = std::min(text.find('.', from), text.size());
        const std::string_view part = text.substr(from, end - from);
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0')) return false;
        int value = 0;
        for (const char c : part) {
            if (!is_digit(c)) return false;
            value = value * 10 + (c - '0');
        }
        if (value > 255) return false;
        from = end + 1;
    }
    return parts == 4;
}

bool is_ipv6(std::string_view text) {
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos) return hex_groups(text) == 8;
    const std::string_view before = text.substr(0, gap);
    const std::string_view behind = text.substr(gap + 2);
    if (before.find('.') != std::string_view::npos) return false;  // an IPv4 part comes last
    const int left = before.empty() ? 0 : hex_groups(before);
    const int right = behind.empty() ? 0 : hex_groups(behind);
    return left >= 0 && right >= 0 && left + right <= 7;
}

bool is_uri(std::string_view text, UriKind kind, UriLetters letters) {
    const Uri uri = split_uri(text);
    if (kind == UriKind::absolute && !uri.scheme) return false;
    if (uri.authority && !is_authority(*uri.authority, letters)) return false;
    if (!consists_of(uri.path, ":@/", letters)) return false;
    // Without a scheme a colon in the first segment would be read as the end of one.
    if (!uri.scheme && !uri.authority &&
        uri.path.substr(0, uri.path.find('/')).find(':') != std::string::npos)
        return false;
    if (uri.query && !consists_of(*uri.query, ":@/?", letters)) return false;
    return !uri.fragment || consists_of(*uri.fragment, ":@/?", letters);
}

}  // namespace tenon::form
