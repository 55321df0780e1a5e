#pragma once
// Secret: bytes that must not be seen. Wiped when destroyed, not copyable, and nothing prints it.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tenon {

/// Overwrites `size` bytes in a way the compiler may not leave out.
void wipe(void* bytes, std::size_t size) noexcept;

/// Overwrites the characters of `text` (its whole capacity) and empties it.
void wipe(std::string& text) noexcept;

/// Owns credential bytes. Move-only; the moved-from object holds nothing. There is no operator<< and no
/// conversion: whoever needs the bytes says expose(), which reviewers search for.
class Secret {
public:
    Secret() = default;
    /// Takes over `bytes`; the caller's copies are the caller's to wipe.
    explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe(bytes_);
            bytes_ = other.bytes_;
            wipe(other.bytes_);
        }
        return *this;
    }
    ~Secret() { wipe(bytes_); }

    /// The bytes, valid as long as this object. Never log, never put into an error.
    [[nodiscard]] std::string_view expose() const noexcept { return bytes_; }
    [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
    /// A second owner of the same bytes, for a caller that outlives this one.
    [[nodiscard]] Secret duplicate() const { return Secret(bytes_); }

private:
    std::string bytes_;
};

}  // namespace tenon
