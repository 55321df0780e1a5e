#include "encoding.hpp"

#include "tenon/base/bytes.hpp"

namespace tenon::webhook {

std::string encode(Encoding encoding, std::string bytes) {
    switch (encoding) {
        case Encoding::hex:
            return bytes::to_hex(bytes);
        case Encoding::base64:
            return bytes::to_base64(bytes);
        case Encoding::base64url:
            return bytes::to_base64url(bytes);
        case Encoding::raw:
        case Encoding::text:
            break;
    }
    return bytes;
}

std::optional<std::string> decode(Encoding encoding, std::string_view text) {
    switch (encoding) {
        case Encoding::hex:
            return bytes::from_hex(text);
        case Encoding::base64:
            return bytes::from_base64(text);
        case Encoding::base64url:
            return bytes::from_base64url(text);
        case Encoding::raw:
        case Encoding::text:
            break;
    }
    return std::string(text);
}

}  // namespace tenon::webhook
