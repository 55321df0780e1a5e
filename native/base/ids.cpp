#include "base/ids.hpp"

#include <atomic>
#include <cstring>

#include "base/clock.hpp"

namespace tenon {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool has_hyphen_before(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

// 48 bits of milliseconds and 12 bits of counter, strictly increasing in this process (RFC 9562 6.2, method
// 1: the counter is the high part of what is random otherwise). More than 4096 ids in a millisecond, or a
// clock that jumps back, run ahead of the clock instead of repeating.
std::uint64_t next_tick(UnixTime now) {
    static std::atomic<std::uint64_t> last{0};  // the one order of all ids: can't be anything but shared
    const std::uint64_t wanted = static_cast<std::uint64_t>(now.time_since_epoch().count()) << 12;
    std::uint64_t before = last.load(std::memory_order_relaxed);
    std::uint64_t next = 0;
    do next = wanted > before ? wanted : before + 1;
    while (!last.compare_exchange_weak(before, next, std::memory_order_relaxed));
    return next;
}

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid id;
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < 16; ++byte) {
        if (has_hyphen_before(byte) && text[at++] != '-') return std::nullopt;
        const int high = digit_value(text[at]);
        const int low = digit_value(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        id.bytes[byte] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
    }
    return id;
}

std::string Uuid::text() const {
    std::string out(36, '-');
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < 16; ++byte) {
        if (has_hyphen_before(byte)) ++at;
        out[at++] = hex_digits[bytes[byte] >> 4];
        out[at++] = hex_digits[bytes[byte] & 15];
    }
    return out;
}

Uuid new_uuid(UnixTime now, Random& random) {
    const std::uint64_t tick = next_tick(now);
    Uuid id;
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(tick >> (52 - 8 * i));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | ((tick >> 8) & 0x0f));
    id.bytes[7] = static_cast<std::uint8_t>(tick);
    const std::string noise = random.bytes(8);
    std::memcpy(id.bytes.data() + 8, noise.data(), 8);
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

}  // namespace tenon
