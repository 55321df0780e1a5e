#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

#include "base/clock.hpp"
#include "tenon/base/secret.hpp"

namespace tenon {
namespace {

void fill_from_kernel(char* out, std::size_t count) {
    while (count > 0) {
        const ssize_t got = ::getrandom(out, count, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        out += got;
        count -= static_cast<std::size_t>(got);
    }
}

// One system call for 32 small draws. Bytes given out are wiped, so a core dump holds none of the past.
struct Buffer {
    std::array<char, 512> bytes{};
    std::size_t left = 0;

    void take(char* out, std::size_t count) {
        if (left < count) {
            fill_from_kernel(bytes.data(), bytes.size());
            left = bytes.size();
        }
        char* from = bytes.data() + (left - count);
        std::memcpy(out, from, count);
        wipe(from, count);
        left -= count;
    }
};

class SystemRandom final : public Random {
public:
    std::string bytes(std::size_t count) override {
        std::string out(count, '\0');
        draw(out.data(), count);
        return out;
    }

    double fraction() override {
        std::uint64_t bits = 0;
        draw(reinterpret_cast<char*>(&bits), sizeof bits);
        return static_cast<double>(bits >> 11) * 0x1p-53;  // 53 bits: every value is exact and below 1
    }

private:
    static void draw(char* out, std::size_t count) {
        thread_local Buffer buffer;
        if (count <= 64)
            buffer.take(out, count);
        else
            fill_from_kernel(out, count);
    }
};

}  // namespace

std::unique_ptr<Random> make_system_random() { return std::make_unique<SystemRandom>(); }

}  // namespace tenon
