#pragma once
// The outside world as parameters: time and randomness. Tests pass their own.

#include <cstddef>
#include <memory>
#include <string>

#include "tenon/base/time.hpp"

namespace tenon {

/// Threads: any.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual UnixTime now() const = 0;
};

/// Cryptographically strong. Threads: any.
class Random {
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual std::string bytes(std::size_t count) = 0;
    /// Uniform in [0, 1), for jitter.
    [[nodiscard]] virtual double fraction() = 0;
};

[[nodiscard]] std::unique_ptr<Clock> make_system_clock();
/// getrandom(2) behind a small buffer per thread.
[[nodiscard]] std::unique_ptr<Random> make_system_random();

}  // namespace tenon
