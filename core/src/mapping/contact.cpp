#include "tenon/mapping/contact.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"
#include "tenon/mapping/number_text.hpp"

namespace tenon::mapping {
namespace {

constexpr std::size_t email_length = 254;
constexpr std::size_t url_characters = 2000;
constexpr std::size_t host_length = 253;
constexpr unsigned max_port = 65'535;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) { return is_alphanumeric(c) || c == '-'; });
}

/// Number of labels between dots; 0 if one of them is none.
std::size_t count_labels(std::string_view name) {
    std::size_t count = 0;
    for (;;) {
        const std::size_t dot = name.find('.');
        if (!is_label(name.substr(0, dot))) return 0;
        ++count;
        if (dot == name.npos) return count;
        name.remove_prefix(dot + 1);
    }
}

bool is_port(std::string_view digits) {
    if (digits.empty()) return false;
    unsigned port = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return false;
        port = port * 10 + static_cast<unsigned>(c - '0');
        if (port > max_port) return false;
    }
    return true;
}

bool is_ipv4(std::string_view text) {
    int parts = 0;
    for (;;) {
        const std::size_t dot = text.find('.');
        const std::string_view part = text.substr(0, dot);
        unsigned value = 0;
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0')) return false;
        for (const char c : part) {
            if (!is_digit(c)) return false;
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        if (value > 255 || ++parts > 4) return false;
        if (dot == text.npos) return parts == 4;
        text.remove_prefix(dot + 1);
    }
}

/// Groups of one side of `::`, the last one perhaps an IPv4 address; -1 if malformed.
int count_groups(std::string_view text) {
    if (text.empty()) return 0;
    int groups = 0;
    for (;;) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (colon == text.npos && group.find('.') != group.npos) return is_ipv4(group) ? groups + 2 : -1;
        if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex)) return -1;
        ++groups;
        if (colon == text.npos) return groups;
        text.remove_prefix(colon + 1);
    }
}

bool is_ipv6(std::string_view text) {
    const std::size_t gap = text.find("::");
    if (gap == text.npos) return count_groups(text) == 8;
    const std::string_view left = text.substr(0, gap);
    const int before = count_groups(left);
    const int after = count_groups(text.substr(gap + 2));
    return before >= 0 && after >= 0 && left.find('.') == left.npos && before + after <= 7;
}

/// Length of the host at the start of `rest`; 0 if there is none.
std::size_t host_size(std::string_view rest) {
    if (rest.starts_with('[')) {
        const std::size_t close = rest.find(']');
        return close != rest.npos && is_ipv6(rest.substr(1, close - 1)) ? close + 1 : 0;
    }
    const auto starts_host = [](char c) { return is_alphanumeric(c) || is_beyond_ascii(c); };
    if (rest.empty() || !starts_host(rest[0])) return 0;
    std::size_t end = 1;
    while (end < rest.size() && (starts_host(rest[end]) || rest[end] == '.' || rest[end] == '-')) ++end;
    return end;
}

bool is_forbidden_in_url(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos;
}

}  // namespace

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (text.size() > email_length || at == text.npos || at == 0 || at > 64) return false;
    const std::string_view local = text.substr(0, at);
    const bool good_local = std::all_of(local.begin(), local.end(), [](char c) {
        return is_alphanumeric(c) ||
               std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
    });
    return good_local && count_labels(text.substr(at + 1)) >= 2;
}

std::optional<std::string> read_url(std::string_view text) {
    const std::size_t colon = text.find("://");
    if (colon == text.npos || std::any_of(text.begin(), text.end(), is_forbidden_in_url)) return std::nullopt;
    const std::string_view scheme = text.substr(0, colon);
    const bool secure = text::equal_ignoring_case(scheme, "https");
    if (!secure && !text::equal_ignoring_case(scheme, "http")) return std::nullopt;
    if (text.size() > url_characters && text::length(text) > url_characters) return std::nullopt;
    const std::string_view kept = text.substr(colon);
    std::string_view rest = kept.substr(3);
    const std::size_t host = host_size(rest);
    if (host == 0) return std::nullopt;
    rest.remove_prefix(host);
    const std::size_t authority_end = rest.find_first_of("/?#");
    const std::string_view port = rest.substr(0, authority_end);
    if (!port.empty() && (port[0] != ':' || !is_port(port.substr(1)))) return std::nullopt;
    return std::string(secure ? "https" : "http").append(kept);
}

std::optional<std::string> read_phone(std::string_view text) {
    const std::string folded = fold(text);
    std::string digits;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const char c = folded[i];
        if (is_digit(c) || (c == '+' && i == 0))
            digits += c;
        else if (std::string_view(" ()./-").find(c) == std::string_view::npos)
            return std::nullopt;
    }
    const std::size_t count = digits.size() - (digits.starts_with('+') ? 1 : 0);
    if (count < 5 || count > 15) return std::nullopt;
    return digits;
}

bool is_host(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != text.npos && !is_port(text.substr(colon + 1))) return false;
    const std::string_view name = text.substr(0, colon);
    return name.size() <= host_length && count_labels(name) > 0;
}

}  // namespace tenon::mapping
