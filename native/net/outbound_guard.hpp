#pragma once
// May this address be called? Decided on the resolved address, the one that is connected to, so that neither
// a host name nor a second look-up can lead to a machine that only we can reach (SSRF). Pure.

#include <boost/asio/ip/address.hpp>
#include <span>
#include <string_view>

#include "net/http_client.hpp"

namespace tenon::net {

/// True for an address of the public internet. Refused: unspecified, loopback, private, shared (CGNAT),
/// link-local, multicast, broadcast, documentation, benchmarking, reserved, the cloud metadata addresses, and
/// IPv6 forms that carry such an IPv4 address (mapped, 6to4, NAT64) or hide one (compatible, Teredo).
[[nodiscard]] bool is_public(const asio::ip::address& address);

/// Below 1024 only 80 and 443: mail, ssh, DNS and their like listen there and some act on lines of a request.
/// From 1024 on every port, since providers on premises use many.
[[nodiscard]] bool is_web_port(unsigned short port);

/// `host`: as in the URL, lower case, without brackets. A pair in `admitted` is allowed whatever it resolves
/// to; else the address must be public and the port a web port.
[[nodiscard]] bool may_call(const asio::ip::address& address, std::string_view host, unsigned short port,
                            std::span<const Admitted> admitted);

}  // namespace tenon::net
