#pragma once
// When an execution is tried again: exponential backoff with full jitter, what the provider asked for, one
// refresh after a refused credential, and an end. Pure: time and the random fraction are inputs.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tenon/base/error.hpp"
#include "tenon/base/time.hpp"
#include "tenon/execution/reply_class.hpp"

namespace tenon::execution {

/// attempts = 1 + max_retries. Before retry n (1, 2, …) the window is base * 2^(n-1), at most `ceiling`.
struct RetryPolicy {
    std::uint32_t max_retries = 3;  ///< 0 to 5.
    std::chrono::milliseconds base{1'000};
    std::chrono::milliseconds ceiling{60'000};
    std::chrono::milliseconds wait_cap{3'600'000};  ///< A provider's longer wish is cut to this.
};

/// The integration's word on an unknown outcome; `wait` = ask a person.
enum class OnUnknown : std::uint8_t { wait, retry, drop };
/// `wait`, `retry` or `drop`; nothing for another text.
[[nodiscard]] std::optional<OnUnknown> on_unknown_from(std::string_view text);

/// Whether the credential can be renewed without a person.
enum class Refresh : std::uint8_t { impossible, possible, done };

struct Next {
    enum class Kind : std::uint8_t {
        finish,   ///< It worked.
        run,      ///< Again at `at`.
        refresh,  ///< Renew the credential, then again at `at`.
        hold,     ///< Outcome unknown: a person decides.
        drop,     ///< Outcome unknown, and the integration says to leave it so.
        give_up,  ///< To the dead letters.
    };
    Kind kind = Kind::give_up;
    UnixTime at{};  ///< For run and refresh.
    friend bool operator==(const Next&, const Next&) = default;
};

/// `attempts_made`: those that counted, this one included, so at least 1. `fraction`: uniform in [0, 1).
/// A refresh does not use up a retry and happens at most once.
[[nodiscard]] Next next_step(const RetryPolicy& policy, const Classified& outcome,
                             std::uint32_t attempts_made, OnUnknown on_unknown, Refresh refresh,
                             double fraction, UnixTime now);

/// The backoff alone, before retry `retry` (1, 2, …): fraction * window.
[[nodiscard]] std::chrono::milliseconds backoff(const RetryPolicy& policy, std::uint32_t retry,
                                                double fraction);

}  // namespace tenon::execution
