#pragma once
// What `tenon serve` was asked to do, read from flags, TENON_* variables and a file, and checked as far as it
// can be without touching anything.

#include <string>
#include <vector>

#include "base/log.hpp"
#include "tenon/base/result.hpp"

namespace tenon::app {

struct Address {
    std::string host;  ///< IP address without brackets.
    unsigned short port = 0;
    [[nodiscard]] bool is_loopback() const;
    /// `127.0.0.1:80`, `[::1]:80`.
    [[nodiscard]] std::string text() const;
};
/// `ADDR:PORT`, IPv6 in brackets; `localhost` is 127.0.0.1. Error: malformed_request.
[[nodiscard]] Result<Address> read_address(std::string_view text);

/// `--provider-base ID=URL`.
struct ProviderBase {
    std::string provider, url;  ///< URL without trailing slash.
    Address address;            ///< What it admits; the host may be a name.
};
[[nodiscard]] Result<ProviderBase> read_provider_base(std::string_view text);

/// As given.
struct ServeFlags {
    std::string listen = "127.0.0.1:8787", data, public_url;
    std::string root_key_file, root_key_env, root_key_command;
    std::string tls_cert, tls_key, providers, admin_listen, bootstrap_file, page;
    std::string log_level = "info", zones = "/usr/share/zoneinfo";
    std::vector<std::string> provider_bases;
    int threads = 0;
    bool is_unsafe_test = false;
    std::string unsupported;  ///< A flag of the contract that this version has no part for; empty = none.
};

/// Checked.
struct ServeOptions {
    ServeFlags flags;
    Address listen;
    Address admin;  ///< Port and host equal to `listen` where there is one listener.
    bool has_admin = false;
    LogLevel log_level = LogLevel::info;
    std::vector<ProviderBase> bases;
    int threads = 1;
};
/// Errors: malformed_request (field = the flag), not_supported.
[[nodiscard]] Result<ServeOptions> check_flags(ServeFlags flags);

}  // namespace tenon::app
