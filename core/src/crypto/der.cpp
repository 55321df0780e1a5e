#include "der.hpp"

namespace tenon::crypto {
namespace {

unsigned char byte(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

}  // namespace

unsigned char Der::next_tag() const { return failed_ || rest_.empty() ? 0 : byte(rest_, 0); }

bool Der::header(std::size_t& header_size, std::size_t& size) {
    constexpr std::size_t most_length_bytes = 3;  // 16 MB: far more than any key or certificate
    if (rest_.size() < 2) return false;
    header_size = 2;
    size = byte(rest_, 1);
    if (size >= 0x80) {
        const std::size_t length_bytes = size - 0x80;
        if (length_bytes == 0 || length_bytes > most_length_bytes || rest_.size() < 2 + length_bytes)
            return false;
        size = 0;
        for (std::size_t i = 0; i < length_bytes; ++i) size = size << 8 | byte(rest_, 2 + i);
        header_size += length_bytes;
        if (size < 0x80 || byte(rest_, 2) == 0) return false;  // a shorter form exists
    }
    return rest_.size() - header_size >= size;
}

std::string_view Der::take_whole(unsigned char tag) {
    std::size_t header_size = 0;
    std::size_t size = 0;
    if (next_tag() != tag || !header(header_size, size)) {
        failed_ = true;
        return {};
    }
    const std::string_view whole = rest_.substr(0, header_size + size);
    rest_.remove_prefix(whole.size());
    return whole;
}

std::string_view Der::take(unsigned char tag) {
    const std::string_view before = rest_;
    std::size_t header_size = 0;
    std::size_t size = 0;
    if (take_whole(tag).empty()) return {};
    Der again(before);
    (void)again.header(header_size, size);
    return before.substr(header_size, size);
}

std::string_view Der::take_unsigned() {
    std::string_view number = take(tag::integer);
    const bool is_padded = number.size() > 1 && byte(number, 0) == 0;
    if (number.empty() || byte(number, 0) >= 0x80 || (is_padded && byte(number, 1) < 0x80)) {
        failed_ = true;
        return {};
    }
    if (byte(number, 0) == 0) number.remove_prefix(1);
    return number;
}

std::string_view Der::take_bits() {
    std::string_view bits = take(tag::bit_string);
    if (bits.empty() || byte(bits, 0) != 0) {
        failed_ = true;
        return {};
    }
    bits.remove_prefix(1);
    return bits;
}

}  // namespace tenon::crypto
