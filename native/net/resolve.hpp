#pragma once
// Host names to addresses, under a deadline that getaddrinfo(3) itself does not have.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "tenon/base/result.hpp"

namespace tenon::net {

/// All addresses of `host`, in the resolver's order; an IP address is returned as it is. Errors:
/// connect_failed for an unknown host or a resolver that takes longer than until `deadline` (its answer is
/// then ignored).
[[nodiscard]] boost::asio::awaitable<Result<std::vector<boost::asio::ip::address>>> resolve(
    std::string host, std::chrono::steady_clock::time_point deadline);

}  // namespace tenon::net
