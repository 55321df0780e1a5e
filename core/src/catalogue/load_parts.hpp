#pragma once
// The parts of a provider document that load() puts together.

#include <string_view>

#include "reader.hpp"
#include "tenon/catalogue/provider.hpp"

namespace tenon::catalogue {

[[nodiscard]] Result<ReplyRules> load_reply_rules(const Place& place);
[[nodiscard]] Result<Auth> load_auth(const Place& place);
[[nodiscard]] Result<Action> load_action(const Place& place);
/// The member `pattern`, compiled. Error: provider_invalid.
[[nodiscard]] Result<Pattern> load_pattern(const Place& parent);

}  // namespace tenon::catalogue
