#pragma once
// What goes wrong next: laid over the following requests, first come first served.

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::simulator {

/// One kind of trouble for `times` requests.
struct Fault {
    enum class Cut : std::uint8_t { none, before, after };

    std::string provider;                       ///< Empty = any.
    int status = 0;                             ///< Answered instead, nothing is done; 0 = none.
    std::optional<std::int64_t> retry_after_s;  ///< Header of that answer (429 when no status is given).
    std::chrono::milliseconds latency{0};       ///< Before anything is done.
    Cut cut = Cut::none;                        ///< before: nothing is done; after: done, but no answer.
    std::string refusal;                        ///< The provider's own refusal of this name; nothing is done.
    bool is_garbage = false;                    ///< Done, but the answer's body is unreadable.
    bool is_slow = false;                       ///< Done; the answer's body comes byte by byte.
    std::uint32_t times = 1;
};

/// Not for two threads at once.
class Faults {
public:
    /// `{"provider"?, "status"?, "retry_after_s"?, "latency_ms"?, "cut"?: "before"|"after", "wrong_token"?:
    /// true, "refusal"?, "garbage"?, "slow_body"?, "times"?}`, closed. Errors: malformed_request (field = the
    /// member).
    [[nodiscard]] Result<void> add(const json::Value& document);
    /// The fault of the next request to this provider; used up by asking.
    [[nodiscard]] std::optional<Fault> take(std::string_view provider);
    void clear() { faults_.clear(); }

private:
    std::deque<Fault> faults_;
};

}  // namespace tenon::simulator
