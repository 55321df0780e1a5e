#include "bounded_host.hpp"

#include <cstddef>

namespace tenon::catalogue {

namespace {

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool has_open_alternative(std::string_view pattern) {
    int depth = 0;
    bool in_class = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\')
            ++i;
        else if (in_class)
            in_class = c != ']';
        else if (c == '[')
            in_class = true;
        else if (c == '(')
            ++depth;
        else if (c == ')')
            --depth;
        else if (c == '|' && depth == 0)
            return true;
    }
    return false;
}

/// Only literals, escaped dots, and groups of those, repeated at most once.
bool is_finite(std::string_view host) {
    for (std::size_t i = 0; i < host.size(); ++i) {
        const char c = host[i];
        if (c == '\\') {
            if (i + 1 >= host.size() || host[i + 1] != '.') return false;
            ++i;
        } else if (!is_name_character(c) && c != '(' && c != ')' && c != '?' && c != ':' && c != '|') {
            return false;
        }
    }
    return true;
}

bool has_literal_suffix(std::string_view host) {
    std::size_t dots = 0;
    std::size_t at = host.size();
    while (at > 0) {
        if (at >= 2 && host[at - 1] == '.' && host[at - 2] == '\\') {
            ++dots;
            at -= 2;
        } else if (is_name_character(host[at - 1])) {
            --at;
        } else {
            break;
        }
    }
    return dots >= 2;
}

bool is_bounded(std::string_view host) {
    return !host.empty() && (is_finite(host) || has_literal_suffix(host));
}

}  // namespace

bool is_bounded_host(std::string_view pattern) {
    if (pattern.size() < 3 || pattern.front() != '^' || pattern.back() != '$') return false;
    if (has_open_alternative(pattern)) return false;
    return is_bounded(pattern.substr(1, pattern.size() - 2));
}

bool is_bounded_url(std::string_view pattern) {
    constexpr std::string_view start = "^https://";
    if (pattern.rfind(start, 0) != 0 || pattern.back() != '$' || has_open_alternative(pattern)) return false;
    const std::string_view rest = pattern.substr(start.size());
    const std::size_t slash = rest.find('/');
    return slash != std::string_view::npos && is_bounded(rest.substr(0, slash));
}

}  // namespace tenon::catalogue
