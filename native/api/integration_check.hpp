#pragma once
// What an integration must satisfy before it is stored: whatever would fail on every submission fails here,
// with a pointer to the member that is wrong.

#include <optional>
#include <string>

#include "api/call.hpp"

namespace tenon::api {

/// A config that may be stored.
struct CheckedConfig {
    std::string text;  ///< In member order, aliases resolved, zones and facts filled in.
    std::optional<ConnectionId> connection;
    bool is_active = true;
    int execution_order = 1;
};

/// `toolkit` becomes `provider` (lower case) and `action_type` becomes `action`, where the real name is
/// absent.
void rename_aliases(json::Value& config);

/// Errors, as problems with pointers below `/config`: those of the config's own rules; unknown_action; the
/// action's rules for target_config; config_missing, not_found or not_connected for the connection; what the
/// reading steps of the action answered.
asio::awaitable<tl::expected<CheckedConfig, Problem>> check_integration(Call& call, json::Value config);

/// Canonical text of a condition; empty for an absent or null one. Errors (field below `/condition`): those
/// of a JSON Schema.
[[nodiscard]] Result<std::string> check_condition(const json::Value* condition);

}  // namespace tenon::api
