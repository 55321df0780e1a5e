#include "email_format.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"

namespace tenon::form {
namespace {

bool is_word(char c, UriLetters letters) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (letters == UriLetters::unicode && static_cast<unsigned char>(c) >= 0x80);
}

bool is_label(std::string_view label, UriLetters letters) {
    constexpr std::size_t longest = 63;
    if (label.empty() || label.size() > longest || label.front() == '-' || label.back() == '-') return false;
    // Hyphens in the third and fourth place announce an encoding; only xn-- is one.
    const bool encoded = label.size() >= 4 && label.substr(2, 2) == "--";
    if (encoded && !text::equal_ignoring_case(label.substr(0, 2), "xn")) return false;
    return std::all_of(label.begin(), label.end(), [&](char c) { return is_word(c, letters) || c == '-'; });
}

bool is_quoted_local(std::string_view local, UriLetters letters) {
    if (local.size() < 2 || local.front() != '"' || local.back() != '"') return false;
    local = local.substr(1, local.size() - 2);
    for (std::size_t i = 0; i < local.size(); ++i) {
        if (local[i] == '"' || (local[i] == '\\' && ++i == local.size())) return false;
        const char c = local[i];
        if ((c < 0x20 || c == 0x7F) && !is_word(c, letters)) return false;
    }
    return true;
}

bool is_plain_local(std::string_view local, UriLetters letters) {
    constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~.";
    if (local.empty() || local.front() == '.' || local.back() == '.') return false;
    if (local.find("..") != std::string_view::npos) return false;
    return std::all_of(local.begin(), local.end(), [&](char c) {
        return is_word(c, letters) || marks.find(c) != std::string_view::npos;
    });
}

}  // namespace

bool is_hostname(std::string_view text, UriLetters letters) {
    constexpr std::size_t longest = 253;
    if (text.size() > longest) return false;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find('.', from), text.size());
        if (!is_label(text.substr(from, end - from), letters)) return false;
        from = end + 1;
    }
    return true;
}

bool is_email(std::string_view text, UriLetters letters) {
    constexpr std::size_t longest_local = 64;
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at > longest_local) return false;
    const std::string_view local = text.substr(0, at);
    const std::string_view host = text.substr(at + 1);
    if (!is_plain_local(local, letters) && !is_quoted_local(local, letters)) return false;
    if (host.size() < 2 || host.front() != '[' || host.back() != ']') return is_hostname(host, letters);
    const std::string_view address = host.substr(1, host.size() - 2);
    if (text::equal_ignoring_case(address.substr(0, 5), "IPv6:")) return is_ipv6(address.substr(5));
    return is_ipv4(address);
}

}  // namespace tenon::form
