#pragma once
// Bytes received and not yet used by the reader. Small while a connection is idle, since there may be
// thousands.

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <string_view>
#include <vector>

namespace tenon::http {

class InputBuffer {
public:
    static constexpr std::size_t idle_bytes = 4096, largest_read = 65'536;

    InputBuffer() : bytes_(idle_bytes) {}

    [[nodiscard]] std::string_view view() const { return {bytes_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t count) {
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    /// Room for the next read, never empty. `expected`: bytes known to come; 0 if unknown.
    [[nodiscard]] boost::asio::mutable_buffer prepare(std::size_t expected) {
        if (begin_ > 0) {
            std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_),
                      bytes_.begin() + static_cast<std::ptrdiff_t>(end_), bytes_.begin());
            end_ -= begin_;
            begin_ = 0;
        }
        const std::size_t wanted = std::max(end_ + 1, std::min(expected, largest_read));
        if (bytes_.size() < wanted) bytes_.resize(std::max(wanted, bytes_.size() * 2));
        return {bytes_.data() + end_, bytes_.size() - end_};
    }
    void commit(std::size_t count) { end_ += count; }
    /// Gives memory back between two requests.
    void shrink() {
        if (bytes_.size() == idle_bytes || end_ - begin_ > idle_bytes) return;
        std::vector<char> smaller(idle_bytes);
        std::copy_n(bytes_.data() + begin_, end_ - begin_, smaller.data());
        end_ -= begin_;
        begin_ = 0;
        bytes_.swap(smaller);
    }

private:
    std::vector<char> bytes_;
    std::size_t begin_ = 0, end_ = 0;
};

}  // namespace tenon::http
