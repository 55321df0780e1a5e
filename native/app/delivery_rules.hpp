#pragma once
// From a provider's document to what ingest needs of it (spec/CATALOGUE.md `webhook`).

#include "ingest/receive.hpp"
#include "tenon/catalogue/provider.hpp"

namespace tenon::app {

/// Defaults for a null pointer or a provider without webhooks.
[[nodiscard]] ingest::DeliveryRules delivery_rules(const catalogue::Provider* provider);

}  // namespace tenon::app
