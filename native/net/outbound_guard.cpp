#include "net/outbound_guard.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace tenon::net {
namespace {

struct Range4 {
    std::uint32_t start;
    int prefix;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    return a << 24 | b << 16 | c << 8 | d;
}

// IANA's special-purpose registry (RFC 6890 and its successors), and one address of a cloud that looks
// public.
constexpr std::array refused4{
    Range4{ip(0, 0, 0, 0), 8},         // this network
    Range4{ip(10, 0, 0, 0), 8},        // private
    Range4{ip(100, 64, 0, 0), 10},     // shared, CGNAT
    Range4{ip(127, 0, 0, 0), 8},       // loopback
    Range4{ip(168, 63, 129, 16), 32},  // a cloud's host agent
    Range4{ip(169, 254, 0, 0), 16},    // link-local; 169.254.169.254 is metadata
    Range4{ip(172, 16, 0, 0), 12},     // private
    Range4{ip(192, 0, 0, 0), 24},      // protocol assignments
    Range4{ip(192, 0, 2, 0), 24},      // documentation
    Range4{ip(192, 31, 196, 0), 24},   // AS112
    Range4{ip(192, 52, 193, 0), 24},   // AMT
    Range4{ip(192, 88, 99, 0), 24},    // 6to4 relays
    Range4{ip(192, 168, 0, 0), 16},    // private
    Range4{ip(192, 175, 48, 0), 24},   // AS112
    Range4{ip(198, 18, 0, 0), 15},     // benchmarking
    Range4{ip(198, 51, 100, 0), 24},   // documentation
    Range4{ip(203, 0, 113, 0), 24},    // documentation
    Range4{ip(224, 0, 0, 0), 4},       // multicast
    Range4{ip(240, 0, 0, 0), 4},       // reserved, broadcast
};

bool is_public4(std::uint32_t address) {
    return std::none_of(refused4.begin(), refused4.end(), [&](const Range4& range) {
        const int shift = 32 - range.prefix;
        return (address >> shift) == (range.start >> shift);
    });
}

using Bytes6 = asio::ip::address_v6::bytes_type;

std::uint32_t embedded(const Bytes6& bytes, std::size_t at) {
    return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool starts_with(const Bytes6& bytes, std::initializer_list<unsigned char> prefix) {
    return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_public6(const Bytes6& bytes) {
    if (starts_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}))
        return is_public4(embedded(bytes, 12));
    if (starts_with(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_public4(embedded(bytes, 12));
    if ((bytes[0] & 0xe0) != 0x20) return false;  // global unicast is 2000::/3; all else is refused
    if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02) return false;     // 2001::/23, Teredo too
    if (starts_with(bytes, {0x20, 0x01, 0x0d, 0xb8})) return false;                // documentation
    if (starts_with(bytes, {0x20, 0x02})) return is_public4(embedded(bytes, 2));   // 6to4
    if (starts_with(bytes, {0x3f, 0xff}) && (bytes[2] & 0xf0) == 0) return false;  // documentation
    return !starts_with(bytes, {0x26, 0x20, 0x00, 0x4f, 0x80, 0x00});              // AS112
}

}  // namespace

bool is_public(const asio::ip::address& address) {
    if (address.is_v4()) return is_public4(address.to_v4().to_uint());
    const auto v6 = address.to_v6();
    return v6.scope_id() == 0 && is_public6(v6.to_bytes());
}

bool is_web_port(unsigned short port) { return port == 80 || port == 443 || port >= 1024; }

bool may_call(const asio::ip::address& address, std::string_view host, unsigned short port,
              std::span<const Admitted> admitted) {
    for (const Admitted& pair : admitted)
        if (pair.port == port && pair.host == host) return true;
    return is_web_port(port) && is_public(address);
}

}  // namespace tenon::net
