#pragma once
// Reading DER (X.690): definite, minimal lengths; one-byte tags.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::crypto {

namespace tag {
inline constexpr unsigned char boolean = 0x01;
inline constexpr unsigned char integer = 0x02;
inline constexpr unsigned char bit_string = 0x03;
inline constexpr unsigned char octet_string = 0x04;
inline constexpr unsigned char null = 0x05;
inline constexpr unsigned char oid = 0x06;
inline constexpr unsigned char utc_time = 0x17;
inline constexpr unsigned char generalized_time = 0x18;
inline constexpr unsigned char sequence = 0x30;
inline constexpr unsigned char context_0 = 0xa0;  // constructed
inline constexpr unsigned char context_3 = 0xa3;
}  // namespace tag

/// A run of elements that is read from the front. A failed read sticks: then everything fails, so a caller
/// may read on and ask once.
class Der {
public:
    explicit Der(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return !failed_ && rest_.empty(); }
    /// Tag of the next element; 0 at the end.
    [[nodiscard]] unsigned char next_tag() const;
    /// Contents of the next element, which must have this tag; empty after a failure.
    std::string_view take(unsigned char tag);
    /// The same with the element's own header.
    std::string_view take_whole(unsigned char tag);
    /// An integer that is not negative, without its leading zero.
    std::string_view take_unsigned();
    /// A bit string of whole bytes.
    std::string_view take_bits();
    void fail() { failed_ = true; }

private:
    /// Length of the header of the next element and of its contents.
    bool header(std::size_t& header_size, std::size_t& size);

    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace tenon::crypto
