#pragma once
// IMF-fixdate of RFC 9110 5.6.7, the only form a server may send.

#include <optional>
#include <string_view>

#include "tenon/base/time.hpp"

namespace tenon::execution {

/// `Sun, 06 Nov 1994 08:49:37 GMT`; nothing for anything else, a wrong weekday included.
[[nodiscard]] std::optional<UnixTime> from_http_date(std::string_view text);

}  // namespace tenon::execution
