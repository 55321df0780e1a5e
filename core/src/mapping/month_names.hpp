#pragma once
// The English month names that date formats read and print. Internal to core/mapping.

#include <array>
#include <string_view>

namespace tenon::mapping {

inline constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                            "May",       "June",     "July",     "August",
                                                            "September", "October",  "November", "December"};

}  // namespace tenon::mapping
