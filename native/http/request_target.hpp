#pragma once
// The request target (RFC 9112 3.2): origin form, absolute form, and `*` for OPTIONS.

#include "http/message.hpp"

namespace tenon::http {

/// Sets path and query from `request.target`. For the absolute form the Host header is replaced by the
/// target's authority, as RFC 9112 3.2.2 wants. False for anything else: authority form, a fragment, a
/// character outside visible ASCII, an empty host, userinfo.
[[nodiscard]] bool read_target(Request& request);

}  // namespace tenon::http
