#pragma once
// Deliveries that a verifier at the edge forwards: the whole original request in an envelope, signed as
// Standard Webhooks with the endpoint's edge secret. The envelope's word alone never suffices: what it holds
// is verified again, at the time it was received there.

#include <optional>
#include <string_view>

#include "http/message.hpp"
#include "ingest/receive.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::ingest {

/// Whether `request` says that it is an envelope; it is one only when an edge verifier finds it genuine.
[[nodiscard]] bool is_envelope(const http::Request& request);

struct Forwarded {
    http::Request request;  ///< As it came to the edge; request id and remote address are the envelope's.
    UnixTime received_at;
};

/// Opens an envelope whose signature holds. Errors: check_failed (no envelope, or for another scheme),
/// timestamp_outside_window (received there more than 300 s from `now`).
[[nodiscard]] Result<Forwarded> open_envelope(const http::Request& outer, std::string_view scheme,
                                              UnixTime now);

/// The verifier of envelopes for an endpoint's secrets document; nothing if it has no edge secret. Error:
/// secret_malformed at /edge_secret.
[[nodiscard]] Result<std::optional<webhook::Verifier>> edge_verifier(const Schemes& schemes,
                                                                     std::string_view secrets_document);

}  // namespace tenon::ingest
