#pragma once
// Where this server is reached: the public URL decides which Host and Origin are ours, what the session
// cookie is called, and how links begin. Nothing a client sends is ever used to build a URL.

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "tenon/base/result.hpp"

namespace tenon::auth {

class Site {
public:
    /// `public_url`: `http(s)://host[:port][/path]`, no query. Error: malformed_request.
    [[nodiscard]] static Result<Site> create(std::string_view public_url);

    /// Without trailing slash.
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] bool is_secure() const { return is_secure_; }
    /// `__Host-tenon_session` where the site is https, else `tenon_session`.
    [[nodiscard]] std::string_view cookie_name() const;
    /// True for exactly one Host header that names the public URL's host and port, or loopback with any port
    /// (DNS rebinding: another name that resolves to us is refused).
    [[nodiscard]] bool is_host_allowed(const http::Request& request) const;
    /// True if the browser says that the request comes from our own pages: `Sec-Fetch-Site: same-origin`, or
    /// without that header an `Origin` equal to the public URL's or to the allowed Host.
    [[nodiscard]] bool is_same_origin(const http::Request& request) const;

private:
    std::string url_, origin_, host_;  // host_ with its port unless it is the scheme's default
    bool is_secure_ = false;
};

/// True for `localhost`, 127.0.0.0/8 and `::1` (in brackets or not), without a port.
[[nodiscard]] bool is_loopback_host(std::string_view host);

}  // namespace tenon::auth
