#pragma once
// Request templates (spec/MAPPING.md 8) before anybody maps with them: a directive that is misspelt would
// otherwise be sent to a provider as data.

#include <string>
#include <vector>

#include "tenon/catalogue/validate.hpp"

namespace tenon::catalogue {

/// Adds a finding for each directive with other members than its own, each pointer that is malformed or
/// starts at no known context, and each `/connection/…` that is no declared variable. `at`: pointer of the
/// request.
void lint_template(const Provider& provider, const json::Value& request, const std::string& at,
                   std::vector<Finding>& findings);

}  // namespace tenon::catalogue
