// What every backend shares: sizes, the one-shot form and the comparison. The algorithms are the backend's.
#include "tenon/crypto/hash.hpp"

namespace tenon::crypto {

std::size_t size_of(Hash hash) {
    switch (hash) {
        case Hash::sha1:
            return 20;
        case Hash::sha256:
            return 32;
        case Hash::sha384:
            return 48;
        case Hash::sha512:
            return 64;
    }
    return 0;
}

std::string hmac(Hash hash, std::string_view key, std::string_view message) {
    Hmac mac(hash, key);
    mac.begin();
    mac.update(message);
    return mac.finish();
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    // volatile: the compiler may not turn the loop into an early exit.
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(
            difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i])));
    return difference == 0;
}

}  // namespace tenon::crypto
