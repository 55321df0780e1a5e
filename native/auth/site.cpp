#include "auth/site.hpp"

#include <algorithm>

#include "tenon/base/text.hpp"

namespace tenon::auth {
namespace {

struct HostAndPort {
    std::string_view host, port;
};

bool is_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Splits `host[:port]` and `[v6][:port]`; nothing if it is neither.
std::optional<HostAndPort> split(std::string_view text) {
    const auto is_host_character = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    };
    HostAndPort parts;
    std::size_t end = 0;
    if (text.starts_with('[')) {
        end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        ++end;
    } else {
        end = std::min(text.find(':'), text.size());
        if (end == 0 || !std::all_of(text.begin(), text.begin() + static_cast<long>(end), is_host_character))
            return std::nullopt;
    }
    parts.host = text.substr(0, end);
    if (end == text.size()) return parts;
    parts.port = text.substr(end + 1);
    if (text[end] != ':' || parts.port.empty() || parts.port.size() > 5 || !is_digits(parts.port))
        return std::nullopt;
    return parts;
}

std::string without_default_port(const HostAndPort& parts, bool is_secure) {
    std::string host(parts.host);
    if (!parts.port.empty() && parts.port != (is_secure ? "443" : "80")) host.append(":").append(parts.port);
    return host;
}

}  // namespace

bool is_loopback_host(std::string_view host) {
    if (host == "localhost" || host == "[::1]" || host == "::1") return true;
    if (!host.starts_with("127.")) return false;
    const auto dots = std::count(host.begin(), host.end(), '.');
    return dots == 3 &&
           std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

Result<Site> Site::create(std::string_view public_url) {
    const auto refused = [] {
        return fail(Errc::malformed_request, "public-url",
                    "Give the public URL as http(s)://host[:port][/path], without user, query or fragment.");
    };
    Site site;
    std::string_view rest = public_url;
    if (rest.starts_with("https://")) {
        site.is_secure_ = true;
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
    } else {
        return refused();
    }
    if (rest.find_first_of("?#@\\ ") != std::string_view::npos) return refused();
    while (rest.ends_with('/')) rest.remove_suffix(1);
    const auto slash = std::min(rest.find('/'), rest.size());
    const std::string lowered = text::lower_ascii(rest.substr(0, slash));
    const auto parts = split(lowered);
    if (!parts) return refused();
    site.host_ = without_default_port(*parts, site.is_secure_);
    site.origin_ = std::string(site.is_secure_ ? "https://" : "http://").append(site.host_);
    site.url_ = site.origin_ + std::string(rest.substr(slash));
    return site;
}

std::string_view Site::cookie_name() const { return is_secure_ ? "__Host-tenon_session" : "tenon_session"; }

bool Site::is_host_allowed(const http::Request& request) const {
    if (request.count("host") != 1) return false;
    const std::string host = text::lower_ascii(request.header("host"));
    const auto parts = split(host);
    if (!parts) return false;
    return is_loopback_host(parts->host) || host == host_ ||
           without_default_port(*parts, is_secure_) == host_;
}

bool Site::is_same_origin(const http::Request& request) const {
    if (request.count("sec-fetch-site") > 0)
        return request.count("sec-fetch-site") == 1 && request.header("sec-fetch-site") == "same-origin";
    if (request.count("origin") != 1) return false;
    const std::string origin = text::lower_ascii(request.header("origin"));
    if (origin == origin_) return true;
    // Reached over loopback under another name than the public URL: the page came from that same name.
    const std::string own = text::lower_ascii(request.header("host"));
    const auto parts = split(own);
    return request.count("host") == 1 && parts && is_loopback_host(parts->host) &&
           origin == (request.is_tls ? "https://" : "http://") + own;
}

}  // namespace tenon::auth
