#pragma once
// What every fuzz target has: requirements that count as findings, and a bound on the memory that a piece of
// work may hold. A target defines run(); the driver is libFuzzer (preset fuzz) or replay_main.cpp over the
// kept inputs.

#include <cstddef>
#include <string>
#include <string_view>

namespace tenon::fuzz {

/// One input, a heap block of exactly its size. Must be deterministic.
void run(std::string_view input);

/// Ends the process, naming `what`, when it does not hold.
void require(bool holds, const char* what);
/// The same for two texts that have to be equal; prints both.
void require_equal(std::string_view a, std::string_view b, const char* what);

/// Requires that what is allocated while this object lives, at its peak, stays below
/// `base + per_byte * input bytes`. Not to be nested; threads other than the one at work are counted too.
class MemoryBound {
public:
    MemoryBound(std::size_t input_bytes, std::size_t base, std::size_t per_byte);
    ~MemoryBound();
    MemoryBound(const MemoryBound&) = delete;
    MemoryBound& operator=(const MemoryBound&) = delete;

private:
    std::size_t limit_;
};

inline constexpr std::size_t kilobytes = 1024;

/// Takes the input apart: the text up to the next separator line end, and what follows.
class Parts {
public:
    explicit Parts(std::string_view input) : rest_(input) {}
    /// Up to the next `\n`, which is dropped; everything if there is none.
    std::string_view line();
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

}  // namespace tenon::fuzz
