#pragma once
#include "tenon/base/decimal.hpp"

namespace tenon::form {

/// True if `value` is `divisor` times a whole number, exactly. `divisor` is greater than zero.
[[nodiscard]] bool is_multiple_of(const Decimal& value, const Decimal& divisor);

}  // namespace tenon::form
