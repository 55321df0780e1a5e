#pragma once
// TLS as a client: at least 1.2, the peer and its name always verified.

#include <openssl/types.h>

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "tenon/base/result.hpp"

namespace tenon::net {

/// `ca_file`: PEM; empty = the system's. Errors: connect_failed if it can't be read.
[[nodiscard]] Result<std::shared_ptr<boost::asio::ssl::context>> make_client_tls(const std::string& ca_file);

/// Tells a connection whom it must meet: SNI (not for an IP address) and the name or address that the
/// certificate must carry. False if OpenSSL refuses the name.
[[nodiscard]] bool expect_host(SSL* connection, const std::string& host);

}  // namespace tenon::net
