#include "net/url.hpp"

#include <algorithm>
#include <charconv>

#include "tenon/base/text.hpp"

namespace tenon::net {
namespace {

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

bool is_host_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

bool is_ipv6_char(char c) { return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.'; }

// 1 to 65535, digits only.
std::optional<unsigned short> read_port(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value == 0 || value > 65'535)
        return std::nullopt;
    return static_cast<unsigned short>(value);
}

bool read_authority(std::string_view text, Url& url) {
    std::size_t host_end = 0;
    if (text.starts_with('[')) {
        const std::size_t bracket = text.find(']');
        if (bracket == std::string_view::npos) return false;
        url.host = text::lower_ascii(text.substr(1, bracket - 1));
        if (url.host.find(':') == std::string::npos ||
            !std::all_of(url.host.begin(), url.host.end(), is_ipv6_char))
            return false;
        host_end = bracket + 1;
    } else {
        host_end = std::min(text.find(':'), text.size());
        url.host = text::lower_ascii(text.substr(0, host_end));
        if (url.host.empty() || url.host.size() > 253 ||
            !std::all_of(url.host.begin(), url.host.end(), is_host_char))
            return false;
    }
    const std::string_view rest = text.substr(host_end);
    if (rest.empty()) return true;
    if (rest.front() != ':') return false;
    const auto port = read_port(rest.substr(1));
    if (port) url.port = *port;
    return port.has_value();
}

}  // namespace

std::string Url::authority() const {
    std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (is_https ? 443 : 80)) out += ":" + std::to_string(port);
    return out;
}

std::optional<Url> parse_url(std::string_view text) {
    if (!std::all_of(text.begin(), text.end(), is_visible)) return std::nullopt;
    if (text.find('#') != std::string_view::npos) return std::nullopt;
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string scheme = text::lower_ascii(text.substr(0, colon));
    Url url;
    url.is_https = scheme == "https";
    if (!url.is_https && scheme != "http") return std::nullopt;
    url.port = url.is_https ? 443 : 80;
    text.remove_prefix(colon + 3);
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    if (!read_authority(text.substr(0, end), url)) return std::nullopt;
    text.remove_prefix(end);
    url.target = text.starts_with('/') ? std::string(text) : "/" + std::string(text);
    return url;
}

}  // namespace tenon::net
