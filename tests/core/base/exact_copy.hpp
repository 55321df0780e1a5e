#pragma once
// Parser inputs as heap blocks of exactly their size, so that AddressSanitizer sees one byte too far.

#include <cstring>
#include <memory>
#include <string_view>

namespace tenon::testing {

class ExactCopy {
public:
    explicit ExactCopy(std::string_view bytes) : size_(bytes.size()), bytes_(new char[bytes.size()]) {
        if (size_ > 0) std::memcpy(bytes_.get(), bytes.data(), size_);
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::size_t size_;
    std::unique_ptr<char[]> bytes_;
};

}  // namespace tenon::testing
