#pragma once
// What an answer, or its absence, means (DESIGN "Effects"). The provider's rules are data; the effect of the
// action and whether a byte was sent decide between "again" and "nobody knows".

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenon/base/error.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/time.hpp"
#include "tenon/catalogue/provider.hpp"

namespace tenon::execution {

using catalogue::ReplyClass;

/// A reply as received. Nothing is owned. Header names in any letter case.
struct Reply {
    int status = 0;
    std::span<const std::pair<std::string, std::string>> headers;
    std::string_view body;
};

struct Classified {
    ReplyClass kind = ReplyClass::permanent;
    std::optional<Errc> code;   ///< Set exactly when kind is not ok.
    std::string provider_code;  ///< Only if it looks like a code: safe to log.
    std::string request_id;     ///< The provider's, likewise.
    std::optional<std::chrono::milliseconds>
        wait;              ///< As the provider asked; set for rate_limited, retry, not_applied.
    json::Object outputs;  ///< Of an ok reply: what the action declares and the reply has.
    std::string detail;    ///< For people; never a part of the body other than provider_code.
};

/// Classifies a reply. Order: the `ok` predicate; the rules, first match; then by status. An ok status whose
/// body can't be read although the rules or the outputs need it is no usable answer. `now`: for waits given
/// as dates. Headers longer than 200 characters are not read as waits; waits are capped at one hour.
[[nodiscard]] Classified classify(const Reply& reply, const catalogue::ReplyRules& rules,
                                  const catalogue::Action& action, UnixTime now);

/// Classifies a call without a reply. `error`: of the client (connect_failed, address_refused,
/// execution_timeout, …).
[[nodiscard]] Classified classify_failure(const Error& error, bool first_byte_sent,
                                          const catalogue::Action& action);

/// The code recorded for a class.
[[nodiscard]] Errc code_of(ReplyClass kind);

}  // namespace tenon::execution
