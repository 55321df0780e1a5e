#include "tenon/base/secret.hpp"

namespace tenon {

void wipe(void* bytes, std::size_t size) noexcept {
    auto* at = static_cast<volatile unsigned char*>(bytes);
    while (size-- > 0) *at++ = 0;
}

void wipe(std::string& text) noexcept {
    text.resize(text.capacity());  // short strings too: the bytes live inside the object
    wipe(text.data(), text.size());
    text.clear();
}

}  // namespace tenon
