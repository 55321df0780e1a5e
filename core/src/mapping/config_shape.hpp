#pragma once
// The table form of the integration config's schema. Internal to core/mapping.

#include "tenon/mapping/shape.hpp"

namespace tenon::mapping {

/// Shape of the whole config, aliases already replaced.
[[nodiscard]] const Shape& config_shape();

}  // namespace tenon::mapping
