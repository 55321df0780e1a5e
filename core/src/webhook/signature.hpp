#pragma once
// From the place where a scheme keeps its signatures to decoded entries.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plan.hpp"
#include "request.hpp"
#include "tenon/base/error.hpp"

namespace tenon::webhook {

/// One decoded signature. `source`: index of the header name it came from.
struct SignatureEntry {
    std::string bytes;
    std::size_t source = 0;
};

/// Fills `entries` and the request's signature fields. The reason why there are none: signature_missing,
/// signature_malformed.
[[nodiscard]] std::optional<Errc> read_signatures(Request& request, const Scheme::Plan& plan,
                                                  std::vector<SignatureEntry>& entries);

}  // namespace tenon::webhook
