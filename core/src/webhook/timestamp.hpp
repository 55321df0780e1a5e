#pragma once
// Timestamps of deliveries: reading, writing, and the window around now.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plan.hpp"
#include "request.hpp"
#include "tenon/base/error.hpp"
#include "tenon/base/time.hpp"

namespace tenon::webhook {

/// Strict: one spelling for each format, real dates only.
[[nodiscard]] std::optional<UnixTime> parse_timestamp(std::string_view text, TimeFormat format);
[[nodiscard]] std::string format_timestamp(UnixTime time, TimeFormat format);

struct TimestampReading {
    std::optional<UnixTime> time;
    Errc reason = Errc::timestamp_missing;  ///< Why there is none.
};
[[nodiscard]] TimestampReading read_timestamp(Request& request, const TimestampRule& rule);

/// Symmetric and inclusive unless the rule limits the future side. `tolerance_s` of the config wins.
[[nodiscard]] bool is_inside_window(const TimestampRule& rule, const json::Object& config, UnixTime time,
                                    UnixTime now);

}  // namespace tenon::webhook
