#pragma once
// Handshakes that do more than answer: the provider's question makes an endpoint active, and may bring its
// key.

#include "ingest/endpoint_cache.hpp"

namespace tenon::ingest {

/// Makes the endpoint active after its first handshake; nothing happens when it is.
asio::awaitable<Result<void>> activate(const Outside& outside, const PreparedEndpoint& endpoint);

/// Seals the key that a handshake brought and makes the endpoint active, in one transaction. Errors:
/// check_failed (there is a key already: a later handshake must not replace it), secret_malformed, store
/// errors.
asio::awaitable<Result<void>> keep_key(const Outside& outside, const PreparedEndpoint& endpoint,
                                       std::string_view key);

}  // namespace tenon::ingest
