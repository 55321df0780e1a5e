#pragma once
// An OutboundRequest as bytes. Framing headers are ours; nothing a caller gives can end a line.

#include <string>

#include "net/http_client.hpp"
#include "net/url.hpp"

namespace tenon::net {

/// The request's head. Host, Content-Length, Connection and Accept-Encoding (identity, unless given) are
/// added. Errors: malformed_request for a method that is not upper-case letters (or is CONNECT or TRACE), a
/// header name that is no token, a value with CR, LF, NUL or another control character, or a header that is
/// ours to set (Host, Content-Length, Transfer-Encoding, Connection, Expect, Upgrade, TE, Trailer,
/// Keep-Alive).
[[nodiscard]] Result<std::string> request_head(const OutboundRequest& request, const Url& url);

}  // namespace tenon::net
